"""Ask: SPARQL queries and ready-made questions."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.commands.asked import DONE, need_data
from api.terminal import Table, say, write_csv, write_json, write_table
from api.workspace import Workspace
from graph.errors import BadRequest, NotFound

if TYPE_CHECKING:
    from graph.store.answer import Answer, Term


_RESULT_FORMATS = {
    "json": "JSON",
    "csv": "CSV",
    "xml": "XML",
    "tsv": "TSV",
    "ttl": "TURTLE",
    "nt": "NTRIPLES",
    "jsonld": "JSONLD",
}


def query(workspace: Workspace, asked: Namespace) -> int:
    """Answer a SPARQL query from a file, from stdin (-) or from the command line."""
    need_data(workspace)
    return _answer(workspace, asked, _query_text(asked))


def _query_text(asked: Namespace) -> str:
    if asked.text is not None:
        return str(asked.text)
    if asked.file == "-":
        return sys.stdin.read()
    path = Path(asked.file)
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise NotFound(
            f"{path} lässt sich nicht lesen ({error.strerror}).", f"{path} cannot be read ({error.strerror})."
        ) from None
    except UnicodeDecodeError:
        raise BadRequest(
            f"{path} ist nicht in UTF-8 gespeichert.", f"{path} is not saved in UTF-8."
        ) from None


def _answer(
    workspace: Workspace,
    asked: Namespace,
    text: str,
    bindings: Mapping[str, Term] | None = None,
    shown: Sequence[str] | None = None,
) -> int:
    from graph.store.answer import ResultFormat

    wanted = None if asked.format == "table" else ResultFormat[_RESULT_FORMATS[asked.format]]
    answer = workspace.host().query(text, bindings=bindings, accept=wanted)
    lang = workspace.settings.lang
    if answer.truncated:
        say(
            {
                "de": f"Die Antwort ist nach {answer.rows} Zeilen abgeschnitten (PLANWERK_QUERY_ROWS).",
                "en": f"The answer is cut after {answer.rows} rows (PLANWERK_QUERY_ROWS).",
            }[lang]
        )
    if asked.format != "table" or answer.kind == "construct":
        sys.stdout.write(answer.body.decode("utf-8").rstrip("\n") + "\n")
    elif answer.kind == "ask":
        sys.stdout.write(
            {"de": "ja\n", "en": "yes\n"}[lang] if answer.holds() else {"de": "nein\n", "en": "no\n"}[lang]
        )
    else:
        write_table(_solutions(answer, workspace.settings.base, shown))
    return DONE


def _solutions(answer: Answer, base: str, wanted: Sequence[str] | None = None) -> Table:
    """Return the rows of an answer; a thing and its label (``plan``, ``planLabel``) share a column."""
    columns = [name for name in answer.columns() if wanted is None or name in wanted]
    labelled = {name for name in columns if f"{name}Label" in columns}
    shown = [name for name in columns if name.removesuffix("Label") not in labelled or name in labelled]
    rows = []
    for row in answer.bindings():
        cells = {name: cell.value.removeprefix(base) for name, cell in row.items()}
        for name in labelled & cells.keys():
            cells[name] = f"{cells.get(f'{name}Label', '')} [{cells[name]}]"
        rows.append([cells.get(name, "") for name in shown])
    return Table(shown, rows)


def ask(workspace: Workspace, asked: Namespace) -> int:
    """Answer a ready-made question."""
    from api.asking import bindings_of, question

    need_data(workspace)
    found = question(asked.name)
    given = dict(_pair(entry) for entry in asked.param)
    if asked.format == "table":
        say(found.title[workspace.settings.lang], quiet=asked.quiet)
    terms = bindings_of(found, given, workspace.settings.base)
    return _answer(workspace, asked, found.text, terms, found.shown)


def _pair(entry: str) -> tuple[str, str]:
    name, equals, value = entry.partition("=")
    if not equals or not name:
        raise BadRequest(
            f"--param {entry!r}: nötig ist die Form name=wert.", f"--param {entry!r}: write it as name=value."
        )
    return name, value


def questions(workspace: Workspace, asked: Namespace) -> int:
    """List the ready-made questions with their parameters."""
    from ontology.questions import load_questions

    lang = workspace.settings.lang
    rows = [
        (q.name, q.group, q.title[lang], ", ".join(parameter.name for parameter in q.parameters))
        for q in load_questions().values()
    ]
    headings = ("name", "group", "title", "parameters")
    if asked.format == "json":
        write_json([dict(zip(headings, row, strict=True)) for row in rows])
    elif asked.format == "csv":
        write_csv(Table(headings, rows))
    else:
        write_table(Table(headings, rows))
    return DONE
