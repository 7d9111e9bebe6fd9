"""The whole sheet as SVG: title, day, what the lens tells, the drawing, its legend, and what is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from graph.output.drawing.document import said_in
from graph.output.drawing.texts import TEXTS
from graph.output.paper.boxes import boxes_body, capital
from graph.output.paper.dots import dots_body, placed_names
from graph.output.paper.marks import (
    ACCENT,
    DASHES,
    FONT,
    GOLD,
    PAPER,
    SOFT,
    Body,
    box,
    clean,
    line_along,
    number,
    shape_at,
    text_at,
)
from graph.output.paper.measure import broken, width
from graph.output.paper.rows import areas_body, bars_body, shares_body

if TYPE_CHECKING:
    from graph.output.drawing.document import Document, KindColumn

MARGIN = 36.0
TITLE, TEXT = 28.0, 16.0
LEAST = 1000.0
SAID = 4
"""So many sentences of a lens stand above the drawing; the page has all."""
LOOSE = "net"
STAYED = "#c8d2da"

_SHEET = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}"'
    ' width="{width}" height="{height}" font-family="{font}" role="img" lang="{lang}">'
    "<title>{title}</title><desc>{reason}</desc>\n{body}\n</svg>\n"
)


def as_svg(document: Document, lang: str) -> bytes:
    """Return the sheet as an SVG file."""
    body = drawing(document, lang)
    wide = max(body.width, LEAST)
    x = body.left - (wide - body.width) / 2
    head = _head(document, lang, x, wide)
    foot = _foot(document, lang, x, wide)
    top, bottom = body.top - head.height, body.top + body.height + foot.height
    frame = Body([], x - MARGIN, top - MARGIN, wide + 2 * MARGIN, bottom - top + 2 * MARGIN)
    paper = box(frame.left, frame.top, frame.width, frame.height, PAPER)
    marks = [paper, *_moved(head, top), *body.marks, *_moved(foot, body.top + body.height)]
    return _written(document, lang, frame, marks)


def bare_svg(document: Document, lang: str) -> bytes:
    """Return the drawing with its legend alone, for a page that has the words beside it."""
    body = drawing(document, lang)
    x, wide = body.left, max(body.width, LEAST)
    legend = _legend(document, lang, x, wide)
    frame = Body([], x, body.top, wide, body.height + legend.height)
    return _written(document, lang, frame, [*body.marks, *_moved(legend, body.top + body.height)])


def drawing(document: Document, lang: str) -> Body:
    """Return the drawing of the document's lens."""
    if document["shares"] is not None:
        return shares_body(document, lang)
    if document["areas"] is not None:
        return areas_body(document, lang)
    if document["axis"]:
        return bars_body(document, lang)
    return dots_body(document) if document["lens"] == LOOSE else boxes_body(document, lang)


def unnamed(document: Document) -> int:
    """Return how many nodes of a net found no room for their name."""
    return len(document["nodes"]["id"]) - len(placed_names(document)) if document["lens"] == LOOSE else 0


def left_out(document: Document, lang: str) -> str:
    """Return what is not shown, and how many names of a net found no room."""
    said, missing = said_in(document["limits"]["reason"], lang), unnamed(document)
    if not missing:
        return said
    german = f" {missing} Namen finden hier keinen Platz; die Tabelle und die Seite nennen sie."
    english = f" {missing} names find no room here; the table and the page name them."
    return said + (english if lang == "en" else german)


def day_line(document: Document, lang: str) -> str:
    """Return the day of the picture as people write it, nothing where none was asked for."""
    day = document["as_of"]
    if not day:
        return ""
    return f"As of {day}" if lang == "en" else f"Stand {'.'.join(reversed(day.split('-')))}"


def _written(document: Document, lang: str, frame: Body, marks: list[Markup]) -> bytes:
    return _SHEET.format(
        left=number(frame.left),
        top=number(frame.top),
        width=number(frame.width),
        height=number(frame.height),
        font=FONT,
        lang="en" if lang == "en" else "de",
        title=clean(said_in(document["title"], lang)),
        reason=clean(left_out(document, lang)),
        body=Markup("\n").join(marks),
    ).encode()


def _moved(part: Body, y: float) -> list[Markup]:
    """Return the marks of a part, moved down to ``y``."""
    return [Markup('<g transform="translate(0 {})">').format(number(y)), *part.marks, Markup("</g>")]


def _head(document: Document, lang: str, x: float, wide: float) -> Body:
    """Return title, day and sentences."""
    marks, y = [], 0.0
    for line in broken(said_in(document["title"], lang), wide / 1.1, TITLE, 2):
        y += TITLE * 1.2
        marks.append(text_at(x, y - 6, line, TITLE, bold=True))
    said = [day_line(document, lang), *(said_in(words, lang) for words in document["said"][:SAID])]
    for sentence in filter(None, said):
        for line in broken(sentence, wide, TEXT, 3):
            y += TEXT * 1.35
            marks.append(text_at(x, y, line, TEXT, SOFT))
    return Body(marks, x, 0, wide, y + 28)


def _foot(document: Document, lang: str, x: float, wide: float) -> Body:
    """Return the legend and what is not shown."""
    legend = _legend(document, lang, x, wide)
    marks, y = list(legend.marks), legend.height
    for line in broken(left_out(document, lang), wide, TEXT, 4):
        y += TEXT * 1.35
        marks.append(text_at(x, y, line, TEXT, SOFT))
    return Body(marks, x, 0, wide, y)


def _legend(document: Document, lang: str, x: float, wide: float) -> Body:
    """Return the kinds with their counts, the lines that occur, and the signs of a comparison, in as many rows as needed."""
    if document["shares"] is not None or document["areas"] is not None:
        return Body([], x, 0, wide, 0)
    entries = [
        *_kinds(document, lang),
        *_periods(document, lang),
        *_changes(document, lang),
        *_lines(document, lang),
    ]
    marks, at, y = [], x, 34.0
    for mark, text in entries:
        long = 34 + width(text, TEXT) + 26
        if at > x and at + long > x + wide:
            at, y = x, y + 26
        marks += [Markup('<g transform="translate({} {})">').format(number(at), number(y)), mark]
        marks += [text_at(34, 0, text, TEXT), Markup("</g>")]
        at += long
    return Body(marks, x, 0, wide, y + 14)


def _kinds(document: Document, lang: str) -> list[tuple[Markup, str]]:
    def entry(kind: KindColumn) -> tuple[Markup, str]:
        mark = shape_at(16, -5, 7, kind["shape"], kind["colour"])
        return mark, f"{capital(said_in(kind['label'], lang))} {kind['shown']}"

    return [entry(kind) for kind in document["types"] if kind["shown"]]


def _periods(document: Document, lang: str) -> list[tuple[Markup, str]]:
    """Return what the colours of the bars and the line of the day say."""
    if not document["axis"]:
        return []
    said = (
        (box(2, -11, 28, 13, ACCENT, round_by=3), TEXTS["period"]),
        (box(2, -11, 28, 13, GOLD, round_by=3), TEXTS["last_year"]),
        (line_along("M16-14V4", ACCENT, 2, dash="6 4"), TEXTS["as_of"]),
    )
    return [(mark, text[lang]) for mark, text in said]


def _changes(document: Document, lang: str) -> list[tuple[Markup, str]]:
    if not document["changes"]:
        return []
    signs = ((1, "+ neu", "+ new"), (-1, "− gilt nicht mehr", "− no longer in force"))
    return [(shape_at(16, -5, 7, "dot", STAYED, sign), en if lang == "en" else de) for sign, de, en in signs]


def _lines(document: Document, lang: str) -> list[tuple[Markup, str]]:
    used = sorted({*document["edges"]["modality"]}) if not document["axis"] else []
    return [
        (line_along("M2-5H30", dash=DASHES[said]), said_in(document["modalities"][said], lang))
        for said in used
    ]
