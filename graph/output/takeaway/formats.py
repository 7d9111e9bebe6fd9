"""The formats that a picture is taken along in, by the suffix of a file, and what the file is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from graph.errors import BadRequest
from graph.output.drawing.document import document_bytes, said_in
from graph.output.paper.sheet import as_svg
from graph.output.paper.typeset import as_pdf, as_png
from graph.output.takeaway.exchange import as_gexf, as_graphml
from graph.output.takeaway.picture import picture_html
from graph.output.takeaway.twin import as_csv, as_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from graph.output.drawing.document import Document

LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "–": " "})
LONGEST_NAME = 90


def write_picture(document: Document, out: Path, lang: str = "de") -> None:
    """Write the document in the format that the suffix of ``out`` names; BadRequest where there is none."""
    writer = WRITERS.get(out.suffix.lower())
    if writer is None:
        raise unknown_suffix(out.suffix.lower())
    out.write_bytes(writer(document, lang))


WRITERS: Mapping[str, Callable[[Document, str], bytes]] = {
    ".html": lambda document, lang: picture_html(document, lang).encode(),
    ".json": lambda document, _: document_bytes(document),
    ".svg": as_svg,
    ".pdf": as_pdf,
    ".png": as_png,
    ".graphml": as_graphml,
    ".gexf": as_gexf,
    ".csv": as_csv,
    ".xlsx": as_xlsx,
}


def file_name(document: Document, suffix: str, lang: str) -> str:
    """Return what a file of the picture is called: its title and its day, in letters that every system takes."""
    title = said_in(document["title"], lang).casefold().translate(LETTERS)
    words = re.findall("[a-z0-9]+", normalize("NFKD", title).encode("ascii", "ignore").decode())
    return "-".join(filter(None, ["-".join(words)[:LONGEST_NAME].strip("-"), document["as_of"]])) + suffix


def unknown_suffix(suffix: str) -> BadRequest:
    """Return the error for a format that there is not, naming those there are."""
    known = ", ".join(WRITERS)
    return BadRequest(
        f"Bilder mit der Endung „{suffix}“ gibt es nicht. Möglich sind {known}.",
        f"There are no pictures with the suffix “{suffix}”. Possible are {known}.",
    )
