"""Ask: SPARQL queries and ready-made questions."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.commands.asked import DONE, need_data
from api.tables.terminal import Table, say, write_csv, write_json, write_table
from api.workspace import Workspace
from graph.errors import BadRequest, NotFound, reason

if TYPE_CHECKING:
    from graph.store.query.answer import Answer, ResultFormat, Term
    from ontology.questions import Question


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
    return _answer(workspace, asked, query_text(asked))


def query_text(asked: Namespace) -> str:
    """Return the query that was given: itself, in a file, or on standard input."""
    if asked.text is not None:
        return str(asked.text)
    if asked.file == "-":
        return sys.stdin.read()
    path = Path(asked.file)
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise NotFound(
            f"{path} lässt sich nicht lesen ({reason(error).de}).",
            f"{path} cannot be read ({reason(error).en}).",
        ) from None
    except UnicodeDecodeError:
        raise BadRequest(
            f"{path} ist nicht in UTF-8 gespeichert.", f"{path} is not saved in UTF-8."
        ) from None


def result_format(word: str | None) -> ResultFormat | None:
    """Return the format that a word of the command line means; None for tables for people."""
    from graph.store.query.answer import ResultFormat

    return None if word in {"table", None} else ResultFormat[_RESULT_FORMATS[word or "json"]]


def _answer(
    workspace: Workspace,
    asked: Namespace,
    text: str,
    bindings: Mapping[str, Term] | None = None,
    shown: Sequence[str] | None = None,
) -> int:
    answer = workspace.host().query(text, bindings=bindings, accept=result_format(asked.format))
    lang = workspace.settings.lang
    if answer.truncated:
        say(
            {
                "de": f"Die Antwort ist nach {answer.rows} Zeilen abgeschnitten (PLANWERK_QUERY_ROWS).",
                "en": f"The answer is cut after {answer.rows} rows (PLANWERK_QUERY_ROWS).",
            }[lang]
        )
    if asked.format not in {"table", None} or answer.kind == "construct":
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
    """Answer a ready-made question: as a table on the terminal, or as the files that its page offers too."""
    from api.jobs.asking import bindings_of, question, too_wide

    need_data(workspace)
    found = question(asked.name)
    given = _with_ids(workspace, found, dict(pair_of(entry) for entry in asked.param))
    terms = bindings_of(found, given, workspace.settings.base)
    form = _form(asked)
    if wide := too_wide(found, terms, workspace.host()):
        raise BadRequest(wide.de, wide.en)
    if form == "table":
        say(found.title[workspace.settings.lang], quiet=asked.quiet)
        return _answer(workspace, asked, found.text, terms, found.shown)
    return _write_file(workspace, asked, found, terms, form)


def _with_ids(workspace: Workspace, found: Question, given: Mapping[str, str]) -> Mapping[str, str]:
    """Return what was given with an id for every name; values need no look-up."""
    if not any(given.get(parameter.name, "").strip() for parameter in found.parameters if parameter.class_):
        return given
    from api.jobs.naming import with_ids

    return with_ids(workspace, found, given)


def _form(asked: Namespace) -> str:
    """Return the form that was asked for, else the one that the suffix of the file names.

    Raises BadRequest where that is none, or where a table for people would have to go into a file.
    """
    from api.tables.answer_files import SUFFIXES

    suffix = Path(asked.out).suffix.lower().removeprefix(".") if asked.out else ""
    form = str(asked.format or suffix or "table")
    if asked.out and form not in SUFFIXES:
        known = ", ".join(f".{one}" for one in SUFFIXES)
        raise BadRequest(
            f"{asked.out}: als Datei gibt es {known}.", f"{asked.out}: there are files as {known}."
        )
    if form == "xlsx" and not asked.out:
        raise BadRequest(
            "Eine Arbeitsmappe braucht eine Datei: --out antwort.xlsx.",
            "A workbook needs a file: --out answer.xlsx.",
        )
    return form


def _write_file(
    workspace: Workspace, asked: Namespace, found: Question, terms: Mapping[str, Term], form: str
) -> int:
    from api.jobs.asking import sheet_of
    from api.tables.answer_files import as_file
    from graph.store.query.answer import ResultFormat

    lang = workspace.settings.lang
    answer = workspace.host().query(found.text, bindings=terms, accept=ResultFormat.JSON)
    sheet = sheet_of(found, terms, answer, workspace.network(), lang)
    content = as_file(sheet, form, lang)
    if sheet.truncated:
        say(sheet.cut(lang))
    if not asked.out:
        sys.stdout.write(content.decode())
        return DONE
    try:
        Path(asked.out).write_bytes(content)
    except OSError as error:
        raise BadRequest(
            f"{asked.out} lässt sich nicht schreiben ({reason(error).de}).",
            f"{asked.out} cannot be written ({reason(error).en}).",
        ) from None
    said = {"de": f"{asked.out}: {answer.rows} Zeilen", "en": f"{asked.out}: {answer.rows} rows"}
    say(said[lang], quiet=asked.quiet)
    return DONE


def pair_of(entry: str) -> tuple[str, str]:
    """Return name and value of a parameter; raises BadRequest where it has no ``=``."""
    name, equals, value = entry.partition("=")
    if not equals or not name:
        raise BadRequest(
            f"--param {entry!r}: nötig ist die Form name=wert.", f"--param {entry!r}: write it as name=value."
        )
    return name, value


def questions(workspace: Workspace, asked: Namespace) -> int:
    """List the ready-made questions with their parameters, or give them as RDF."""
    from ontology.questions import load_questions

    if asked.format in {"ttl", "jsonld"}:
        from ontology.question_rdf import questions_rdf

        media = {"ttl": "text/turtle", "jsonld": "application/ld+json"}[asked.format]
        site = asked.site.rstrip("/")
        sys.stdout.write(questions_rdf(load_questions().values(), site, media).decode().rstrip("\n") + "\n")
        return DONE
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
