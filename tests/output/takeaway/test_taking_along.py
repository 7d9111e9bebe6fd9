"""What people take along from the page: each format whole, named, kept, and read back by other programs."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import networkx as nx
import openpyxl
import pytest

from api.cli import main
from graph.errors import BadRequest
from graph.network.build import build_network
from graph.output.drawing.network_json import network_document, table_rows
from graph.output.lenses.view import View
from graph.output.takeaway.formats import WRITERS, file_name
from graph.statement import Statement
from ontology.terms import PW, RDF, SKOS
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from api.workspace import Workspace
    from graph.output.drawing.document import Document

DAY = date(2026, 1, 1)
BASE = "https://example.org/id/"
HEAVY = {"png": b"\x89PNG", "pdf": b"%PDF-", "xlsx": b"PK", "svg": b"<svg", "html": b"<!doctype"}


def plan_called(label: str) -> Document:
    """Return the document of one plan."""
    said = [
        Statement(BASE + "p-a", RDF.type, PW.Plan, "s"),
        Statement(BASE + "p-a", SKOS.prefLabel, label, "s", "string", "de"),
    ]
    return network_document(build_network(said, BASE), load_vocabulary())


@pytest.mark.parametrize("label", ["=1+1", "+49 241", "-Plan", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_name_that_looks_like_a_formula_stays_text(label: str):
    document = plan_called(label)
    sheet = openpyxl.load_workbook(BytesIO(WRITERS[".xlsx"](document, "de"))).worksheets[0]
    assert (sheet["C2"].value, sheet["C2"].data_type) == (label, "s")
    row = list(csv.reader(StringIO(WRITERS[".csv"](document, "de").decode())))[1]
    assert row[2] == "'" + label


def test_the_table_has_a_row_for_each_node_with_its_links_in_sentences(aachen: Workspace):
    document = aachen.drawing(View(as_of=DAY))
    rows = list(csv.DictReader(StringIO(WRITERS[".csv"](document, "de").decode())))
    twin = table_rows(document)
    assert [row["Kennung"] for row in rows] == [row.id for row in twin] == document["nodes"]["id"]
    assert [row["Verbindungen"].splitlines() for row in rows] == [
        [s.de for s in row.sentences] for row in twin
    ]
    assert all(row["Adresse"].endswith(row["Kennung"]) for row in rows)
    assert {row["Art"] for row in rows} == {"Dienststelle", "Planwerk", "Zielgruppe", "Steuerungsinstrument"}


def test_the_workbook_says_what_it_shows_and_what_not(aachen: Workspace):
    document = aachen.drawing(View(as_of=DAY))
    book = openpyxl.load_workbook(BytesIO(WRITERS[".xlsx"](document, "en")))
    assert book.sheetnames == ["Table", "About this table"]
    about = [cell.value for (cell,) in book.worksheets[1].iter_rows()]
    assert about == [
        document["title"]["en"], document["limits"]["reason"]["en"], "2026-01-01", document["permalink"],
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".graphml", ".gexf"])
def test_the_same_selection_is_the_same_file(aachen: Workspace, suffix: str):
    document = aachen.drawing(View(as_of=DAY, focus="p-sep3"))
    assert WRITERS[suffix](document, "de") == WRITERS[suffix](document, "de")


def test_other_programs_find_name_kind_colour_and_place_of_each_node(aachen: Workspace):
    document = aachen.drawing(View(as_of=DAY, focus="p-sep3"))
    nodes = document["nodes"]
    place = nodes["id"].index("p-sep3")
    colour = document["types"][nodes["type"][place]]["colour"]
    yed = nx.read_graphml(BytesIO(WRITERS[".graphml"](document, "de")), force_multigraph=True).nodes["p-sep3"]
    assert (yed["label"], yed["kind"]) == (nodes["label"][place], "Planwerk")
    assert (yed["colour"], yed["x"], yed["y"]) == (colour, nodes["x"][place], nodes["y"][place])
    gephi = nx.read_gexf(BytesIO(WRITERS[".gexf"](document, "de"))).nodes["p-sep3"]
    assert (gephi["label"], gephi["kind"]) == (nodes["label"][place], "Planwerk")
    assert tuple(gephi["viz"]["color"][part] for part in "rgb") == tuple(bytes.fromhex(colour[1:]))
    assert gephi["viz"]["position"]["x"] == nodes["x"][place]


def test_a_file_is_named_by_its_title_and_day_in_plain_letters(aachen: Workspace):
    document = aachen.drawing(View(as_of=DAY, focus="dep-fb36"))
    assert file_name(document, ".pdf", "de") == "umgebung-fachbereich-umwelt-2026-01-01.pdf"
    document = aachen.drawing(View(as_of=DAY, lens="shared"))
    assert file_name(document, ".svg", "de") == "ueberschneidung-was-diese-planwerke-teilen-2026-01-01.svg"


@pytest.mark.parametrize("suffix", sorted(HEAVY))
def test_the_page_gives_its_picture_as_a_file_that_is_not_sent_twice(client: httpx.Client, suffix: str):
    address = f"/graph/picture.{suffix}?focus=p-sep3&as_of=2026-01-01"
    given = client.get(address)
    assert given.status_code == 200
    assert given.content.lstrip().startswith(HEAVY[suffix])
    name = f"umgebung-dritter-sozialentwicklungsplan-integrierte-analyse-der-60-lebensraeume-2020-2026-01-01.{suffix}"
    assert given.headers["content-disposition"] == f'attachment; filename="{name}"'
    again = client.get(address, headers={"If-None-Match": given.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_page_names_each_format_with_its_own_parameters(client: httpx.Client):
    page = client.get("/graph?lens=time&as_of=2026-01-01&department=dep-fb36").text
    for suffix in ("svg", "png", "pdf", "graphml", "gexf", "csv", "xlsx"):
        assert (
            f'href="/graph/picture.{suffix}?lens=time&amp;as_of=2026-01-01&amp;department=dep-fb36"' in page
        )


def test_a_format_that_there_is_not_is_refused_with_those_there_are(client: httpx.Client):
    refused = client.get("/graph/picture.bmp", headers={"Accept": "application/json"})
    assert refused.status_code == 400
    assert ".pdf" in json.dumps(refused.json())


@pytest.mark.parametrize("suffix", ["pdf", "png", "svg", "csv", "xlsx"])
def test_the_command_writes_the_same_file_as_the_page_gives(
    aachen: Workspace, client: httpx.Client, tmp_path: Path, suffix: str
):
    out = tmp_path / f"bild.{suffix}"
    store = ["--store", str(aachen.settings.folder), "--quiet"]
    view = ["--lens", "lanes", "--aggregate", "topic", "--as-of", "2026-01-01"]
    assert main([*store, "picture", str(out), *view]) == 0
    assert out.read_bytes() == client.get(f"/graph/picture.{suffix}?aggregate=topic&as_of=2026-01-01").content


def test_without_the_extra_pdf_is_refused_in_a_sentence_and_svg_is_not(
    aachen: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "typst", None)
    document = aachen.drawing(View(as_of=DAY, focus="p-sep3"))
    with pytest.raises(BadRequest, match=r"planwerk\[print\]"):
        WRITERS[".pdf"](document, "de")
    assert WRITERS[".svg"](document, "de").startswith(b"<svg")
