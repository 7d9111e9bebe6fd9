"""The picture on paper: what a reader of SVG, PDF and PNG finds of each lens, whole and the same each time."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from graph.output.lenses.view import View
from graph.output.paper.dots import placed_names
from graph.output.paper.measure import broken, fitted, width
from graph.output.paper.sheet import drawing
from graph.output.paper.typeset import TYPE
from graph.output.takeaway.formats import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.workspace import Workspace
    from graph.output.drawing.document import Document

DAY = date(2026, 1, 1)
VIEWS = {
    "lanes": View(as_of=DAY),
    "ego": View(as_of=DAY, focus="p-sep3"),
    "ways": View(as_of=DAY, focus="p-sep3", to="p-kjfp4"),
    "shared": View(as_of=DAY, lens="shared"),
    "net": View(as_of=DAY, lens="net"),
    "compare": View(as_of=DAY, since=date(2017, 12, 7)),
    "time": View(as_of=DAY, lens="time"),
    "areas": View(as_of=DAY, lens="areas"),
}
SVG = "{http://www.w3.org/2000/svg}"
lenses = pytest.mark.parametrize("lens", sorted(VIEWS))
signs = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.fixture(scope="module")
def look(aachen: Workspace) -> Callable[[str], Document]:
    """A function that gives the document of a lens."""
    return lambda lens: aachen.drawing(VIEWS[lens])


def made(document: Document, suffix: str, lang: str = "de") -> bytes:
    return WRITERS[suffix](document, lang)


def said(svg: bytes) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]


def pdf_of(document: Document, lang: str = "de") -> PdfReader:
    return PdfReader(BytesIO(made(document, ".pdf", lang)))


@lenses
@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_the_same_picture_is_the_same_file(look: Callable[[str], Document], lens: str, suffix: str):
    assert made(look(lens), suffix) == made(look(lens), suffix)


@lenses
def test_a_drawing_says_its_title_its_day_and_what_is_not_shown(look: Callable[[str], Document], lens: str):
    document = look(lens)
    text = " ".join(said(made(document, ".svg")))
    for sentence in (document["title"]["de"], "Stand 01.01.2026", document["limits"]["reason"]["de"]):
        assert sentence in text


@lenses
def test_nothing_is_drawn_outside_the_sheet(look: Callable[[str], Document], lens: str):
    root = ET.fromstring(made(look(lens), ".svg"))
    left, top, wide, high = map(float, root.attrib["viewBox"].split())
    for text in root.findall(f"{SVG}g/{SVG}text") + root.findall(f"{SVG}text"):
        x, size = float(text.attrib["x"]), float(text.attrib["font-size"])
        long = width(text.text or "", size)
        start = x - long * {"middle": 0.5, "end": 1}.get(text.attrib.get("text-anchor", ""), 0)
        assert left <= start
        assert start + long <= left + wide + 1
    assert high > 0 < wide
    assert top < 0 or lens in {"time", "shared", "areas"}


@pytest.mark.parametrize("lens", ["lanes", "ego", "ways", "net", "compare"])
def test_every_node_is_drawn_under_its_full_name(look: Callable[[str], Document], lens: str):
    document = look(lens)
    titles = [title.text for title in ET.fromstring(made(document, ".svg")).iterfind(f"{SVG}g/{SVG}title")]
    assert titles == document["nodes"]["label"]


def test_names_of_the_net_touch_no_other_and_nine_of_ten_find_room(look: Callable[[str], Document]):
    document = look("net")
    boxes = [name.box for name in placed_names(document).values()]
    touching = [(a, b) for place, a in enumerate(boxes) for b in boxes[place + 1 :] if a.touches(b)]
    assert touching == []
    assert len(boxes) >= 0.9 * len(document["nodes"]["id"])
    missing = len(document["nodes"]["id"]) - len(boxes)
    assert f"{missing} Namen finden hier keinen Platz" in " ".join(said(made(document, ".svg")))


def test_a_comparison_marks_what_came_and_went_by_sign_and_outline(look: Callable[[str], Document]):
    document, svg = look("compare"), made(look("compare"), ".svg")
    new, gone = document["changes"].count(1), document["changes"].count(-1)
    assert new > 0 < gone
    assert sum(text.startswith("+ ") for text in said(svg)) == new + 1
    assert sum(text.startswith("− ") for text in said(svg)) == gone + 1
    assert svg.count(b'stroke-dasharray=".5 .35"') == gone + 1


def test_the_line_of_time_has_years_a_row_for_each_plan_and_the_day(look: Callable[[str], Document]):
    document = look("time")
    text = said(made(document, ".svg"))
    assert {"1990", "2025", "2050"} <= set(text)
    assert text.count("Zeitraum nicht erfasst") == 15
    assert made(document, ".svg").count(b"<title>") == len(document["nodes"]["id"]) + 1


def test_a_shared_concept_is_a_row_with_its_count(look: Callable[[str], Document]):
    text = said(made(look("shared"), ".svg"))
    assert "Kinder- und Jugendförderung" in text
    assert "4 von 63 Planwerken" in text


@pytest.mark.parametrize(("lang", "day"), [("de", "Stand 01.01.2026"), ("en", "As of 2026-01-01")])
@lenses
def test_a_pdf_has_a_title_a_language_tags_and_text_that_can_be_found(
    look: Callable[[str], Document], lens: str, lang: str, day: str
):
    document = look(lens)
    pdf = pdf_of(document, lang)
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    assert all(
        sentence in text for sentence in (document["title"][lang], day, document["limits"]["reason"][lang])
    )
    root = pdf.root_object
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (lang, True)
    assert pdf.metadata is not None
    assert pdf.metadata.title == document["title"][lang]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_a_pdf_is_landscape_and_a_table_takes_the_smaller_page(look: Callable[[str], Document]):
    pages = {lens: pdf_of(look(lens)).pages for lens in VIEWS}
    sizes = {
        lens: (round(found[0].mediabox.width), round(found[0].mediabox.height))
        for lens, found in pages.items()
    }
    assert sizes["lanes"] == sizes["net"] == (1191, 842)
    assert sizes["time"] == sizes["shared"] == (842, 595)
    assert [lens for lens, found in pages.items() if len(found) > 1] == ["time", "areas"]


def test_a_png_is_wide_enough_for_a_projector_and_below_thirty_megapixels(look: Callable[[str], Document]):
    for lens in VIEWS:
        png = made(look(lens), ".png")
        wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        assert png.startswith(b"\x89PNG")
        assert wide >= 1500
        assert wide * high <= 31_000_000


@given(signs, st.floats(10, 400), st.integers(1, 4))
def test_a_broken_text_keeps_to_its_room_and_its_lines(text: str, room: float, most: int):
    lines = broken(text, room, 12, most)
    assert len(lines) <= most
    assert all(width(line, 12) <= max(room, width("W…", 12) + 12) for line in lines)


@given(signs)
def test_a_text_that_fits_is_left_as_it_is(text: str):
    assert fitted(text, width(text, 12), 12) == text


def test_wide_neighbourhoods_are_printed_on_the_page_that_keeps_their_names_above_six_and_a_half_points(
    aachen: Workspace,
):
    pages = set()
    for focus in ("p-sep3", "dep-fb61", "tg-alle"):
        document = aachen.drawing(View(as_of=DAY, focus=focus))
        body = drawing(document, "de")
        page = PdfReader(BytesIO(WRITERS[".pdf"](document, "de"))).pages[0].mediabox
        wide, high = float(page.width) - 80, float(page.height) - 170
        assert TYPE * min(wide / body.width, high / body.height) >= 6.5
        pages.add(page.width > page.height)
    assert pages == {True, False}
