"""Texts of a workbook with their runs: which parts are struck or bold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from graph.intake.sheets.reading.opening.xml_events import LocalNames, parse

_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OFF: Final = {"0", "false"}


class Run(NamedTuple):
    """A part of a text; struck and bold are None where the cell's own look decides."""

    text: str
    struck: bool | None = None
    bold: bool | None = None


Written = str | tuple[Run, ...]


def clean(text: str) -> str:
    r"""Return a text with its escapes resolved and one kind of line break.

    >>> clean("Feder-_x000D_\nführung"), clean("_x005F_x000D_")
    ('Feder-\nführung', '_x000D_')
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = "".join(sign for sign in text if sign >= " " or sign in "\t\n\r")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class TextCollector:
    """Puts together the runs of one text (``si`` or ``is``) from XML events; reading aids for Asian scripts are left out."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._struck: bool | None = None
        self._bold: bool | None = None
        self._pieces: list[str] | None = None
        self._phonetic = False

    def begin(self) -> None:
        """Begin a new text."""
        self._runs = []
        self._struck = self._bold = None
        self._pieces = None
        self._phonetic = False

    def start(self, local: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element in."""
        if local == "t":
            self._pieces = [] if not self._phonetic else None
        elif local == "r":
            self._struck = self._bold = None
        elif local == "rPr":
            self._struck = self._bold = False
        elif local == "strike":
            self._struck = attributes.get("val", "1") not in _OFF
        elif local == "b":
            self._bold = attributes.get("val", "1") not in _OFF
        elif local == "rPh":
            self._phonetic = True

    def data(self, text: str) -> None:
        """Take text in, where it belongs to a run."""
        if self._pieces is not None:
            self._pieces.append(text)

    def end(self, local: str) -> None:
        """Take the end of an element in."""
        if local == "t" and self._pieces is not None:
            self._runs.append(Run(clean("".join(self._pieces)), self._struck, self._bold))
            self._pieces = None
        elif local == "rPh":
            self._phonetic = False

    def result(self) -> Written:
        """Return the text, plain where no run has a look of its own."""
        if len(self._runs) == 1 and self._runs[0].struck is None:
            return self._runs[0].text
        if all(run.struck is None for run in self._runs):
            return "".join(run.text for run in self._runs)
        return tuple(run for run in self._runs if run.text)


def read_strings(part: str, chunks: Iterable[bytes]) -> list[Written]:
    """Return the texts that cells refer to by number."""
    strings: list[Written] = []
    names, collector = LocalNames(), TextCollector()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        local = names[name]
        if local == "si":
            collector.begin()
        else:
            collector.start(local, attributes)

    def end(name: str) -> None:
        local = names[name]
        if local == "si":
            strings.append(collector.result())
        else:
            collector.end(local)

    parse(part, chunks, start, end, collector.data)
    return strings
