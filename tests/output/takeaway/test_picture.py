from __future__ import annotations

import json
import re
import subprocess
import sys
import zlib
from base64 import b64decode, b64encode
from datetime import date
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from graph.errors import BadRequest
from graph.network.build import build_network
from graph.output.drawing.network_json import document_bytes, network_document, table_rows
from graph.output.drawing.selection import open_on
from graph.output.drawing.texts import SHAPES, TEXTS
from graph.output.takeaway.formats import write_picture
from graph.output.takeaway.picture import graph_assets, graph_fragment, picture_html, script_json
from graph.output.takeaway.pyvis_network import PlanwerkNetwork
from graph.statement import Statement
from ontology.terms import PW, RDF, SKOS
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from api.workspace import Workspace
    from graph.output.drawing.network_json import Document

BASE = "https://example.org/id/"
VOCABULARY = load_vocabulary()
EVERY_KIND = (
    "Plan", "OrganizationalUnit", "TargetGroup", "SteeringInstrument", "Goal", "Measure", "Topic", "Area", "Partner", "Indicator"
)  # fmt: skip
EVIL = "</script><script>alert(1)</script><b title=\"x\" onload='y'>&amp;\u2028"


def two_plans(label: str = "Dritter Sozialentwicklungsplan") -> Document:
    """Return the document of two plans, of which one is called ``label`` and replaces the other."""
    said = [Statement(BASE + plan, RDF.type, PW.Plan, "s1") for plan in ("p-neu", "p-alt")]
    said += [
        Statement(BASE + "p-neu", SKOS.prefLabel, label, "s1", "string", "de"),
        Statement(BASE + "p-alt", SKOS.prefLabel, "Zweiter Plan", "s1", "string", "de"),
        Statement(BASE + "p-neu", "http://purl.org/dc/terms/replaces", BASE + "p-alt", "s1"),
    ]
    return network_document(build_network(said, BASE), VOCABULARY)


@pytest.fixture(scope="module")
def meeting(aachen: Workspace) -> Document:
    """The document of the meeting file: Aachen's open plans on the reference day."""
    network, day = aachen.network(), date(2026, 1, 1)
    return network_document(network, VOCABULARY, as_of=day, wanted=open_on(network, day))


def embedded(page: str, name: str) -> dict[str, object]:
    """Return JSON that stands in a page, or is packed in it."""
    if name == "pw-data":
        (data,) = re.findall(
            '<script type="text/plain" class="pw-packed" data-as="pw-data">(.*?)</script>', page
        )
        return json.loads(unpacked(data))
    (text,) = re.findall(f'<script type="application/json" class="{name}">(.*?)</script>', page)
    return json.loads(text)


def unpacked(text: str) -> str:
    return zlib.decompress(b64decode(text)).decode()


def packed_scripts(page: str) -> list[str]:
    return [
        unpacked(text)
        for text in re.findall('<script type="text/plain" class="pw-packed">(.*?)</script>', page)
    ]


def elements(page: str) -> list[str]:
    """Return the elements of a page and the names of their attributes, in order."""
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, facts: found.append(f"{tag} {[name for name, _ in facts]}")  # type: ignore[method-assign]
    parser.feed(page)
    return found


def test_the_file_is_the_same_text_for_the_same_document():
    assert picture_html(two_plans()) == picture_html(two_plans())


def test_the_meeting_file_of_aachen_stays_below_600_kilobytes_and_all_of_it_below_700(
    meeting: Document, aachen: Workspace
):
    everything = network_document(aachen.network(), VOCABULARY, kinds=[*EVERY_KIND], limit=1000)
    assert len(meeting["nodes"]["id"]) == 200
    assert len(picture_html(meeting).encode()) < 340_000
    assert len(everything["nodes"]["id"]) > 600
    assert len(picture_html(everything).encode()) < 520_000


def test_a_file_can_be_read_without_script_and_says_each_link_once(meeting: Document):
    page = picture_html(meeting)
    said = [sentence.de for row in table_rows(meeting) for sentence in row.sentences]
    rows = re.findall(r'<th scope="row" lang="de" dir="auto">(.*?)</th><td>(\d+)</td>', page)
    assert [(unescape(name), int(links)) for name, links in rows] == [
        (row.label, len(row.sentences)) for row in table_rows(meeting)
    ]
    assert page.count("<li>") == len(meeting["edges"]["source"]) == len(said) / 2
    assert "Jede Verbindung steht bei dem Eintrag, von dem sie ausgeht." in page


def test_a_browser_that_cannot_unpack_is_told_so_and_not_before(meeting: Document):
    assert re.search('<p class="pw-old" role="alert" hidden>.*Firefox 113.*</p>', picture_html(meeting))


def test_the_policy_names_exactly_the_scripts_and_the_sheet_of_the_file():
    page = picture_html(two_plans())
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    parts = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL) + packed_scripts(page)
    hashes = {b64encode(sha256(part.encode()).digest()).decode() for part in parts}
    assert len(parts) == 4
    assert set(re.findall("sha256-([^&]+)&#39;", policy)) == hashes
    assert policy.startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy


def test_no_element_of_the_file_refers_to_another_file():
    page = re.sub(r"<script[^>]*>.*?</script>", "", picture_html(two_plans()), flags=re.DOTALL)
    assert re.findall(r"\b(?:src|href|action|srcset|url)\s*[=(]", page) == []
    assert not any("sourceMappingURL=" in script for script in packed_scripts(picture_html(two_plans())))


def test_a_label_that_looks_like_markup_stays_text_everywhere():
    page = picture_html(two_plans(EVIL))
    assert elements(page) == elements(picture_html(two_plans()))
    assert EVIL in embedded(page, "pw-data")["nodes"]["label"]  # type: ignore[index]


def test_json_in_a_script_cannot_end_it_and_reads_back_the_same():
    text = script_json({"label": EVIL})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"label": EVIL}


def test_the_file_holds_the_document_and_what_pyvis_was_told():
    shown = two_plans()
    data = embedded(picture_html(shown), "pw-data")
    options = data.pop("options")
    assert data == json.loads(document_bytes(shown))
    assert options["physics"] is False  # type: ignore[index]


def test_what_the_lists_of_pyvis_hold_is_what_the_page_shows():
    network = PlanwerkNetwork(two_plans())
    assert [(edge["from"], edge["to"]) for edge in network.edges] == [("p-neu", "p-alt")]
    network.nodes[0]["label"] = "Umbenannt"
    assert "Umbenannt" in embedded(network.generate_html(), "pw-data")["nodes"]["label"]  # type: ignore[index]


def test_writing_a_file_leaves_nothing_else_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    write_picture(two_plans(), tmp_path / "sitzung.html")
    assert [path.name for path in tmp_path.iterdir()] == ["sitzung.html"]


@pytest.mark.parametrize(("lang", "word"), [("de", "Suchen"), ("en", "Search")])
def test_the_file_speaks_both_languages_and_starts_in_the_one_asked_for(lang: str, word: str):
    page = picture_html(two_plans(), lang)
    assert f'<html lang="{lang}">' in page
    assert f'<span data-t="search">{word}</span>' in page
    assert embedded(page, "pw-text")["texts"]["search"] == {"de": "Suchen", "en": "Search"}  # type: ignore[index]


def test_the_fragment_shows_the_table_before_any_script_runs():
    shown = two_plans(EVIL)
    part = graph_fragment(shown, rows=table_rows(shown))
    assert part.count('<th scope="row"') == 2
    assert "<li>ersetzt Zweiter Plan</li>" in part
    calm = two_plans()
    assert elements(part) == elements(graph_fragment(calm, rows=table_rows(calm)))


def test_the_assets_of_a_page_are_the_library_our_scripts_and_our_sheets():
    assets = graph_assets()
    assert list(assets) == ["vis-network.js", "graph.js", "graph.css", "walk.js", "walk.css"]
    assert b"sourceMappingURL=" not in assets["vis-network.js"]
    assert b"http" not in b"".join(text for name, text in assets.items() if name != "vis-network.js")


def test_every_kind_is_drawn_with_a_shape_there_is():
    shapes = {term.shape for term in VOCABULARY.classes.values() if term.drawn_as == "node"}
    assert shapes <= SHAPES.keys()


def test_every_text_is_said_in_both_languages_and_used():
    page = picture_html(two_plans()) + graph_assets()["graph.js"].decode()
    unused = [key for key in TEXTS if f'"{key}"' not in page]
    assert unused == []
    assert all(text.de and text.en for text in TEXTS.values())


def test_pyvis_is_not_imported_before_a_file_is_written():
    code = (
        "import graph.output.takeaway.picture, sys; print('IPython' in sys.modules or 'pyvis' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )


def test_graphml_reads_back_as_the_same_nodes_and_edges(meeting: Document, tmp_path: Path):
    write_picture(meeting, tmp_path / "aachen.graphml")
    read = nx.read_graphml(tmp_path / "aachen.graphml", force_multigraph=True)
    assert list(read) == meeting["nodes"]["id"]
    assert read.number_of_edges() == len(meeting["edges"]["source"])
    assert read.nodes["p-sep3"]["kind"] == "Planwerk"


def test_gexf_reads_back_with_the_positions_of_the_picture(meeting: Document, tmp_path: Path):
    write_picture(meeting, tmp_path / "aachen.gexf")
    read = nx.read_gexf(tmp_path / "aachen.gexf")
    place = meeting["nodes"]["id"].index("p-sep3")
    assert read.nodes["p-sep3"]["viz"]["position"]["x"] == meeting["nodes"]["x"][place]
    assert read.number_of_edges() == len(meeting["edges"]["source"])


def test_svg_draws_every_node_and_edge_and_names_the_picture(meeting: Document, tmp_path: Path):
    write_picture(meeting, tmp_path / "aachen.svg", "en")
    drawn = ET.parse(tmp_path / "aachen.svg").getroot()
    svg = "{http://www.w3.org/2000/svg}"
    assert len(drawn.findall(f"{svg}g/{svg}title")) == 200
    assert drawn.findtext(f"{svg}title") == "How the plans hang together"
    assert len(drawn.findall(f"{svg}path")) == len(meeting["edges"]["source"]) + len(meeting["lanes"])


@pytest.mark.parametrize("suffix", ["svg", "graphml", "gexf"])
def test_no_label_breaks_the_xml(suffix: str, tmp_path: Path):
    write_picture(two_plans(EVIL + "\x00\x0b"), tmp_path / f"bild.{suffix}")
    assert ET.parse(tmp_path / f"bild.{suffix}").getroot() is not None


@pytest.mark.parametrize("suffix", ["html", "svg", "json", "graphml", "gexf"])
def test_the_same_document_gives_the_same_bytes(suffix: str, tmp_path: Path):
    for name in ("eins", "zwei"):
        write_picture(two_plans(), tmp_path / f"{name}.{suffix}")
    assert (tmp_path / f"eins.{suffix}").read_bytes() == (tmp_path / f"zwei.{suffix}").read_bytes()


@pytest.mark.parametrize("name", ["bild.jpg", "bild.bmp", "bild"])
def test_a_format_there_is_not_is_refused_and_nothing_is_written(name: str, tmp_path: Path):
    with pytest.raises(BadRequest) as refused:
        write_picture(two_plans(), tmp_path / name)
    assert ".svg" in refused.value.text.de
    assert list(tmp_path.iterdir()) == []
