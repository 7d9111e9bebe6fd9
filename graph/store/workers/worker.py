"""Inside a worker: evaluate one query after the other on the snapshot, until clock, memory or host end it.

Answers are serialised by Oxigraph here, so that the program only hands bytes on.
"""

from __future__ import annotations

import os
import traceback
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from graph import sandbox
from graph.store.workers import frames
from graph.store.workers.rows import AnswerTooLargeError, Sink, write_rows

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    _Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

Reply = tuple[dict[str, Any], bytes]

_RETIRE_AFTER: Final = 256 * 2**20
_JSON: Final = ox.QueryResultsFormat.JSON.media_type
_TURTLE: Final = ox.RdfFormat.TURTLE.media_type


def serve(store: ox.Store, wire: socket.socket, prefixes: dict[str, str], space: int) -> None:
    """Answer what comes over ``wire`` until the other end is gone, or until a query once needed much memory.

    Queries get their memory above ``space``, the bytes of address space at the start.
    """
    sandbox.keep_freed_memory()
    peak = sandbox.peak_memory()
    while (request := frames.receive(wire)) is not None:
        order = request[0]
        sandbox.start_clock(order["seconds"], space + order["memory"])
        head, body = _answer(store, order, prefixes)
        sandbox.stop_clock()
        frames.send(wire, head, body)
        if sandbox.peak_memory() > peak + _RETIRE_AFTER:
            return


def _answer(store: ox.Store, order: dict[str, Any], prefixes: dict[str, str]) -> Reply:
    """Return the answer, or one word for why there is none; the end of memory is the end of the process."""
    try:
        return _evaluate(store, order, prefixes)
    except SyntaxError as error:
        return {"invalid": str(error)}, b""
    except AnswerTooLargeError:
        return {"stopped": "bytes"}, b""
    except MemoryError:
        os._exit(frames.EXIT_MEMORY)
    except (RuntimeError, OSError, ValueError) as error:
        return {"failed": str(error)}, b""
    except Exception:  # noqa: BLE001 - the outermost one: told to the program, which raises it as a defect
        return {"defect": traceback.format_exc()}, b""


def _evaluate(store: ox.Store, order: dict[str, Any], prefixes: dict[str, str]) -> Reply:
    """Run the query and write its answer in the format ordered, or in JSON or Turtle."""
    try:
        terms = _read_terms(order["bindings"])
        dataset = _read_dataset(order)
    except ValueError as error:
        return {"parameter": str(error)}, b""
    results = store.query(order["text"], base_iri=order["base"], substitutions=terms, **dataset)
    if isinstance(results, ox.QueryTriples):
        return _write_triples(results, order, prefixes)
    if isinstance(results, ox.QueryBoolean):
        return _write_boolean(results, order)
    return _write_solutions(results, order)


def _read_terms(bindings: dict[str, list[Any]]) -> dict[ox.Variable, _Term]:
    """Return what takes the place of variables; ValueError where that is no term."""
    return {ox.Variable(name): _read_term(*term) for name, term in bindings.items()}


def _read_term(kind: str, value: str, lang: str | None, datatype: str | None) -> _Term:
    """Return the term for a variable; ValueError where it is none."""
    if kind == "iri":
        return ox.NamedNode(value)
    if kind != "literal":
        raise ValueError(kind)
    return ox.Literal(value, language=lang, datatype=ox.NamedNode(datatype) if datatype else None)


def _read_dataset(order: dict[str, Any]) -> dict[str, Any]:
    """Return what the query reads: its own FROM, else the graphs asked for, else the union of all."""
    default, named = order["default_graphs"], order["named_graphs"]
    if default or named:
        return {
            "default_graph": [ox.NamedNode(name) for name in default],
            "named_graphs": [ox.NamedNode(name) for name in named],
        }
    return {"use_default_graph_as_union": not order["dataset"]}


def _write_solutions(solutions: ox.QuerySolutions, order: dict[str, Any]) -> Reply:
    """Write the rows of SELECT, at most so many."""
    form = ox.QueryResultsFormat.from_media_type(order["format"] or _JSON)
    if form is None:
        return {"unfit": "select"}, b""
    rows = write_rows(solutions, form, order["rows"], order["bytes"])
    return _reply("select", rows.body, rows.number, rows.truncated, order)


def _write_boolean(result: ox.QueryBoolean, order: dict[str, Any]) -> Reply:
    """Write the answer to ASK."""
    form = ox.QueryResultsFormat.from_media_type(order["format"] or _JSON)
    if form is None:
        return {"unfit": "ask"}, b""
    return _reply("ask", result.serialize(format=form) or b"", 1, False, order)


def _write_triples(triples: ox.QueryTriples, order: dict[str, Any], prefixes: dict[str, str]) -> Reply:
    """Write the triples of CONSTRUCT or DESCRIBE, at most so many."""
    form = ox.RdfFormat.from_media_type(order["format"] or _TURTLE)
    if form is None:
        return {"unfit": "construct"}, b""
    counted = _Counted(triples, order["rows"])
    sink = Sink(order["bytes"])
    ox.serialize(counted, sink, form, prefixes=prefixes)
    return _reply("construct", sink.getvalue(), counted.rows, counted.truncated, order)


def _reply(kind: str, body: bytes, rows: int, truncated: bool, order: dict[str, Any]) -> Reply:
    """Return the answer with its counts, unless it is too large."""
    if len(body) > order["bytes"]:
        raise AnswerTooLargeError
    return {"kind": kind, "rows": rows, "truncated": truncated}, body


class _Counted:
    """Hands on the first triples and notices whether there are more."""

    def __init__(self, triples: ox.QueryTriples, most: int) -> None:
        self.rows = 0
        self.truncated = False
        self._triples = triples
        self._most = most

    def __iter__(self) -> Iterator[ox.Triple]:
        for triple in islice(self._triples, self._most):
            self.rows += 1
            yield triple
        self.truncated = next(self._triples, None) is not None
