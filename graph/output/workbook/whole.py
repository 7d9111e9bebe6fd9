"""The whole store as one workbook, and the empty workbook to start from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.intake.sheets.own.cells import Ids
from graph.intake.sheets.own.marks import HIDDEN_SHEET, Marks
from graph.output.said import Said
from graph.output.tables import SaidRow, deliveries, said_rows, source_id
from graph.output.workbook.examples import EXAMPLES, SOURCE
from graph.output.workbook.guide import write_guide
from graph.output.workbook.pages import Page, changed_on_the_way, own_citations, pages
from graph.output.workbook.shown import labels
from graph.output.workbook.words import GUIDE, LISTS
from graph.output.workbook.writing import Writer
from graph.statement import Statement
from ontology.tables import Table, load_tables
from ontology.terms import PW


def write_workbook(
    statements: Iterable[Statement], out: Path, *, base: str, snapshot: str, lang: str
) -> None:
    """Write everything that came as tables into one workbook; the same store always gives the same bytes.

    Raises BadRequest where a cell is longer, or a table has more rows, than a spreadsheet holds.
    """
    said = Said.of(statements, base)
    rows = said_rows(said)
    delivered = _delivered(said)
    sheets = pages(rows, {name for names in delivered.values() for name in names}, lang)
    named = labels({name: [row.cells for row in held] for name, held in rows.items()})
    about = deliveries(said)
    sources = _sources(said, rows)
    ids = Ids({name: frozenset(held) for name, held in named.names.items()})
    exact: dict[tuple[str, str, str, str], str] = {}
    for page in sheets:
        exact |= changed_on_the_way(page, named, ids) | own_citations(page, sources)
    marks = Marks(
        "export",
        lang,
        base,
        snapshot,
        {page.name: page.table.name for page in sheets},
        {home: {**entry, "tables": delivered[home]} for home, entry in about.items()},
        _keys(sheets),
        sources,
        exact,
        {"aside": [GUIDE[lang], LISTS[lang], HIDDEN_SHEET]},
    )
    writer = Writer(out, lang, named)
    write_guide(writer, sheets, (_titled(home, entry, lang) for home, entry in about.items()), template=False)
    for page in sheets:
        writer.page(page, several=len(about) > 1)
    writer.close(marks)


TEMPLATE = "bestand"
_TEMPLATE_ABOUT = {
    "title": {"de": "Bestand der Planwerke", "en": "Inventory of plans"},
    "note": "Aus der Vorlage von Planwerk.",
}
_OWN_SOURCE = {"id": SOURCE, "what": "Eigene Angaben der Sozialplanung", "kind": "Bericht"}


def write_template(out: Path, lang: str) -> None:
    """Write the empty workbook that a city starts from: every sheet of the inventory with one example row."""
    tables = load_tables()
    source = SaidRow(TEMPLATE, "", {c.name: _OWN_SOURCE.get(c.name, "") for c in _table("sources").columns})
    sheets = [_bare(page) for page in pages({"sources": [source]}, (table.name for table in tables), lang)]
    marks = Marks(
        "template",
        lang,
        sheets={page.name: page.table.name for page in sheets},
        deliveries={TEMPLATE: {**_TEMPLATE_ABOUT, "tables": sorted(table.name for table in tables)}},
        more={"aside": [GUIDE[lang], LISTS[lang], HIDDEN_SHEET]},
    )
    writer = Writer(out, lang, labels({}))
    write_guide(writer, sheets, (), template=True)
    writer.offer_ids(sheets)
    for page in sheets:
        writer.page(page, several=False, example=EXAMPLES[page.table.name])
    writer.close(marks)


def _table(name: str) -> Table:
    return next(table for table in load_tables() if table.name == name)


def _bare(page: Page) -> Page:
    """Return a page with the columns that a person fills: none that repeats its source, none that an import fills."""
    kept = [c for c in page.columns if c.kind != "from_source"]
    kept += [c for c in page.table.columns if c.name == "broader" and c not in kept]
    return replace(page, columns=tuple(kept))


def _titled(home: str, about: Mapping[str, Any], lang: str) -> str:
    titles = about.get("title", {})
    title = titles.get(lang) or titles.get("de") or ""
    return ": ".join(filter(None, (home, title)))


def _delivered(said: Said) -> dict[str, list[str]]:
    """Return the tables of each delivery, a table without rows too."""
    found: dict[str, list[str]] = {source_id(home, said.base): [] for home in sorted(said.homes)}
    for table, home in sorted(said.delivered_keys):
        found[source_id(home, said.base)].append(table)
    return found


def _keys(sheets: Iterable[Page]) -> dict[str, dict[str, list[str]]]:
    """Return the row keys by table and delivery."""
    found: dict[str, dict[str, list[str]]] = {}
    for page in sheets:
        held = found.setdefault(page.table.name, {})
        for row in page.rows:
            held.setdefault(row.delivery, []).append(" ".join(row.cells[name] for name in page.table.key))
    return found


def _sources(said: Said, rows: Mapping[str, list[SaidRow]]) -> dict[str, dict[str, str]]:
    """Return how rows cite each source: its date, its address or what stands in place of it."""
    found = {}
    for row in rows.get("sources", ()):
        cited = next(iter(said.values(row.source, PW.citedAs, row.source)), None)
        found[row.cells["id"]] = {
            "source_date": row.cells["date"],
            "source_url": row.cells["url"] if cited is None else cited,
        } | ({} if cited is None else {"cited": cited})
    return found
