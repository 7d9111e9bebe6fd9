"""What the styles of a workbook say that matters: bold, struck, filled, and how numbers are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from xml.etree.ElementTree import Element

from graph.intake.sheets.reading.shown import GENERAL, Shown, built_in, read_format

_Thing = TypeVar("_Thing")
_OFF: Final = {"0", "false", "none"}
_WHITE: Final = {"FFFFFFFF", "00FFFFFF", "FFFFFF"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks."""

    bold: bool = False
    struck: bool = False
    filled: bool = False
    shown: Shown = GENERAL


PLAIN: Final = Look()


def switched_on(parent: Element | None, name: str) -> bool:
    """Whether an element such as ``<strike/>`` is there and not switched off."""
    found = None if parent is None else parent.find(name)
    return found is not None and found.get("val", "1").casefold() not in _OFF


def read_looks(styles: Element) -> list[Look]:
    """Return the look of each cell format, in the order in which cells name them."""
    fonts = [(switched_on(font, "b"), switched_on(font, "strike")) for font in styles.findall("fonts/font")]
    fills = [_is_filled(fill) for fill in styles.findall("fills/fill")]
    codes = {found.get("numFmtId"): found.get("formatCode", "") for found in styles.findall("numFmts/numFmt")}
    formats: dict[str, Shown] = {}
    looks: list[Look] = []
    for cell_format in styles.findall("cellXfs/xf"):
        number = cell_format.get("numFmtId", "0")
        if number not in formats:
            formats[number] = read_format(codes.get(number) or built_in(_index(number)))
        bold, struck = _at(fonts, cell_format.get("fontId", "0")) or (False, False)
        filled = bool(_at(fills, cell_format.get("fillId", "0")))
        looks.append(Look(bold, struck, filled, formats[number]))
    return looks


def _at(things: Sequence[_Thing], number: str) -> _Thing | None:
    index = _index(number)
    return things[index] if 0 <= index < len(things) else None


def _index(number: str) -> int:
    return int(number) if number.isascii() and number.isdigit() else -1


def _is_filled(fill: Element) -> bool:
    """Whether a fill can be seen: white on white cannot."""
    if fill.find("gradientFill") is not None:
        return True
    pattern = fill.find("patternFill")
    if pattern is None or pattern.get("patternType", "none") == "none":
        return False
    colour = pattern.find("fgColor")
    if colour is None or pattern.get("patternType") != "solid":
        return True
    return colour.get("rgb") not in _WHITE and not (colour.get("theme") == "0" and not colour.get("tint"))
