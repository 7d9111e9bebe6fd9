"""rdflib's own engine behind a pipe: load N-Quads, then answer one question after the other in a child that can end.

Questions that name no GRAPH are asked of a plain merged graph, which is the faster of the two for rdflib; the others of
a dataset whose default graph is the union. The child of a question answers it as often as asked; an alarm ends it when
its time is over. DISTINCT aggregates skip what is not bound, as rdflib's COUNT does, where it would give up otherwise.

A line on standard input is a question (``text``, ``bindings``, ``seconds``), ``again`` or ``next``; a line on standard
output is the answer.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
from time import perf_counter
from typing import Any

import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.aggregates import Accumulator
from rdflib.plugins.sparql.sparql import FrozenBindings, NotBoundError
from rdflib.query import ResultRow

from benchmarks.measuring.answers import Row, row_of
from ontology.rdf import flattened

_MEMORY = 8 * 2**30
_TOLD = 3


def main(path: str) -> None:
    """Load a file and answer until standard input ends."""
    _skip_unbound()
    begin = perf_counter()
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format="nquads")
    loaded = perf_counter() - begin
    merged = flattened(dataset)
    gc.freeze()
    _tell({"loaded": loaded, "triples": len(merged)})
    for line in sys.stdin:
        question = json.loads(line)
        _in_child(dataset if "GRAPH" in question["text"] else merged, question)


def _skip_unbound() -> None:
    """Let every DISTINCT aggregate skip rows without a value, as COUNT does."""
    given = Accumulator.use_row

    def use_row(self: Accumulator, row: FrozenBindings) -> bool:
        try:
            return given(self, row)
        except NotBoundError:
            return False

    Accumulator.use_row = use_row  # type: ignore[method-assign]


def _in_child(triples: rdflib.Graph, question: dict[str, Any]) -> None:
    """Answer in a child, and say how it ended unless it has said so."""
    child = os.fork()
    if child == 0:
        told = False
        try:
            told = _answer(triples, question)
        finally:
            os._exit(_TOLD if told else 0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == -signal.SIGALRM:
        _tell({"stopped": question["seconds"]})
    elif status != _TOLD:
        _tell({"failed": f"ended with status {status}"} if status else {"next": True})


def _answer(triples: rdflib.Graph, question: dict[str, Any]) -> bool:
    """Answer as often as asked; return whether it failed and said so."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    bindings = {name: _term(*term) for name, term in question["bindings"].items()}
    gc.disable()
    while True:
        signal.setitimer(signal.ITIMER_REAL, question["seconds"])
        try:
            timed = _timed(triples, question["text"], bindings)
            signal.setitimer(signal.ITIMER_REAL, 0)  # else it could end this process in the middle of a line
            _tell(timed)
        except Exception as error:  # noqa: BLE001 - whatever the engine raises is its answer
            _tell({"failed": f"{type(error).__name__}: {error}"[:200]})
            return True
        if sys.stdin.readline().strip() != "again":
            return False


def _timed(triples: rdflib.Graph, text: str, bindings: dict[str, rdflib.term.Identifier]) -> dict[str, Any]:
    begin = perf_counter()
    prepared = prepareQuery(text)
    parsed = perf_counter()
    found = triples.query(prepared, initBindings=bindings)
    rows = [row.asdict() for row in found if isinstance(row, ResultRow)]
    end = perf_counter()
    return {"parse": parsed - begin, "seconds": end - begin, "rows": sorted(_row(row) for row in rows)}


def _row(row: dict[str, Any]) -> Row:
    return row_of((name, str(term), _datatype(term)) for name, term in row.items())


def _datatype(term: Any) -> str | None:
    return str(term.datatype) if isinstance(term, rdflib.Literal) and term.datatype else None


def _term(kind: str, value: str, lang: str | None, datatype: str | None) -> rdflib.term.Identifier:
    if kind == "iri":
        return rdflib.URIRef(value)
    return rdflib.Literal(value, lang=lang, datatype=rdflib.URIRef(datatype) if datatype else None)


def _tell(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
