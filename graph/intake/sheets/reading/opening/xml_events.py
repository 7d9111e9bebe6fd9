"""XML as a stream of events or as a small tree, by local names, and never with a document type.

Workbooks have no document type; without one there are no entities, so no small file can grow large here
(the format's standard, ISO/IEC 29500-2, forbids it too). The same names stand for both editions of the format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

from graph.errors import IntakeError
from graph.intake.sheets.reading.opening.refusals import damaged, suspicious

_ENCODINGS: Final = {"utf-8", "utf-16", "us-ascii", "iso-8859-1"}
_DEEPEST: Final = 200
_LONGEST_TEXT: Final = 1 << 18

Start = Callable[[str, Mapping[str, str]], Any]


class LocalNames(dict[str, str]):
    """From "address name" to "name", each worked out once.

    >>> LocalNames()["http://example.org c"]
    'c'
    """

    def __missing__(self, name: str) -> str:
        """Work a name out."""
        self[name] = local = name.rpartition(" ")[2]
        return local


def parse(
    part: str,
    chunks: Iterable[bytes],
    start: Start,
    end: Callable[[str], Any],
    text: Callable[[str], Any],
) -> None:
    """Send the events of a part; names come as "address name"; raise IntakeError where it is no XML."""
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = _LONGEST_TEXT
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_document_type(part)
    parser.XmlDeclHandler = lambda _version, encoding, _alone: _check_encoding(part, encoding)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise _broken(part, error) from error


def tree(part: str, chunks: Iterable[bytes]) -> Element:
    """Return a part as a tree whose elements and attributes have local names."""
    builder, names = TreeBuilder(), LocalNames()
    depth = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise suspicious(f"„{part}“ ist zu tief verschachtelt", f"“{part}” is nested too deeply")
        builder.start(names[name], {names[key]: value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(names[name])

    parse(part, chunks, start, end, builder.data)
    return builder.close()


def _check_encoding(part: str, encoding: str | None) -> None:
    if (encoding or "utf-8").casefold() not in _ENCODINGS:
        raise damaged(
            f"„{part}“ hat eine unbekannte Kodierung „{str(encoding)[:20]}“",
            f"“{part}” has an unknown encoding “{str(encoding)[:20]}”",
        )


def _refuse_document_type(part: str) -> NoReturn:
    raise suspicious(
        f"„{part}“ erklärt eigene Zeichen (DOCTYPE), wie es keine Tabellenkalkulation tut",
        f"“{part}” declares entities of its own (DOCTYPE), as no spreadsheet program does",
    )


def _broken(part: str, error: ExpatError) -> IntakeError:
    return damaged(
        f"„{part}“ ist ab Zeile {error.lineno} kein gültiges XML",
        f"“{part}” is no valid XML from line {error.lineno} on",
    )
