"""The few marks that a drawing is made of: texts, lines, bars and the shapes of kinds, as SVG that is always well formed."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup, escape

from graph.output.drawing.texts import SHAPES
from graph.output.takeaway.exchange import UNPRINTABLE

PAPER, INK, SOFT, RULE, ACCENT = "#ffffff", "#17212b", "#51616f", "#8796a3", "#0b5563"
FAINT, GOLD = "#dfe5ea", "#e69f00"
DASHES = ("", "7 5", "2 5")
FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"

_TEXT = Markup('<text x="{x}" y="{y}" font-size="{size}" fill="{fill}"{more}>{text}</text>')
_PATH = Markup('<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width}"{more}/>')
_RECT = Markup('<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{more}/>')
_SHAPE = Markup(
    '<path transform="translate({x} {y}) scale({r})" d="{d}" fill="{fill}" stroke="{ink}" stroke-width="{width}"{more}/>'
)
_NAMED = Markup("<g><title>{title}</title>{body}</g>")


class Body(NamedTuple):
    """A drawing without title and legend: its marks, and the box that holds them."""

    marks: list[Markup]
    left: float
    top: float
    width: float
    height: float


def clean(text: str) -> Markup:
    """Return the text as it may stand in XML."""
    return escape(UNPRINTABLE.sub("\ufffd", text))


def number(value: float) -> str:
    """Return a number as short as SVG takes it.

    >>> number(12.04), number(-0.04)
    ('12', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def text_at(
    x: float, y: float, text: str, size: float = 15, fill: str = INK, *, bold: bool = False, anchor: str = ""
) -> Markup:
    """Return a text whose line stands on ``y``."""
    more = Markup(' font-weight="700"') if bold else Markup("")
    more += Markup(' text-anchor="{}"').format(anchor) if anchor else Markup("")
    return _TEXT.format(x=number(x), y=number(y), size=number(size), fill=fill, more=more, text=clean(text))


def line_along(
    path: str, stroke: str = RULE, width: float = 1, *, dash: str = "", faint: bool = False
) -> Markup:
    """Return a line along a path."""
    more = Markup(' stroke-dasharray="{}"').format(dash) if dash else Markup("")
    more += Markup(' stroke-opacity=".55"') if faint else Markup("")
    return _PATH.format(d=path, stroke=stroke, width=number(width), more=more)


def box(x: float, y: float, width: float, height: float, fill: str, *, round_by: float = 0) -> Markup:
    """Return a filled box."""
    more = Markup(' rx="{}"').format(number(round_by)) if round_by else Markup("")
    return _RECT.format(
        x=number(x), y=number(y), width=number(max(width, 0)), height=number(height), fill=fill, more=more
    )


def shape_at(x: float, y: float, r: float, shape: str, fill: str, change: int = 0) -> Markup:
    """Return the shape of a kind; what is gone is hollow and dashed, what is new has a heavy outline."""
    more = Markup(' stroke-dasharray=".5 .35"') if change < 0 else Markup("")
    return _SHAPE.format(
        x=number(x),
        y=number(y),
        r=number(r),
        d=SHAPES[shape],
        fill=PAPER if change < 0 else fill,
        ink=INK,
        width=".34" if change > 0 else ".17",
        more=more,
    )


def named(title: str, *marks: Markup) -> Markup:
    """Return marks that belong together, with the full name of what they show."""
    return _NAMED.format(title=clean(title), body=Markup("").join(marks))
