"""Comments on cells, without the names of those who wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from graph.intake.sheets.reading.excel.strings import clean

_THREADED: Final = re.compile(
    r"\[(?:Threaded comment|Kommentarthread)\].*?(?:Comment|Kommentar):\s*", re.DOTALL | re.IGNORECASE
)
_NAME: Final = re.compile(r"[A-ZÄÖÜ][\w'-]+, [A-ZÄÖÜ][\w'. -]+:\n")
_REPLY: Final = re.compile(r"\n\s*(?:Reply|Antwort(?:en)?):\s*", re.IGNORECASE)


def comments_of(comments: Element) -> Iterator[tuple[str, str]]:
    """Yield place and text of each comment of a part, old or threaded; the author's name in front is left out."""
    authors = ["".join(author.itertext()).strip() for author in comments.findall("authors/author")]
    for comment in comments.iter("comment"):
        number = comment.get("authorId", "")
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        text = comment.find("text")
        if text is not None:
            yield comment.get("ref", ""), without_author(_text_of(text), author)
    for comment in comments.iter("threadedComment"):
        yield comment.get("ref", ""), clean("".join(comment.itertext())).strip()


def _text_of(text: Element) -> str:
    """Return the text of all runs, without reading aids."""
    own = [child for child in text if child.tag in {"t", "r"}]
    pieces = (piece.text or "" for child in own for piece in child.iter("t"))
    return clean("".join(pieces))


def without_author(text: str, author: str) -> str:
    r"""Return a comment without the author's name that Excel puts in front, and without its notice about threads.

    >>> without_author("Meier, Eva:\nNeu seit Mai", "Meier, Eva")
    'Neu seit Mai'
    """
    text = _REPLY.sub("\n", _THREADED.sub("", text)).strip()
    if author and text.startswith(author):
        rest = text[len(author) :].lstrip()
        text = rest[1:].lstrip() if rest.startswith(":") else text
    return _NAME.sub("", text)


def joined(said: str, further: str) -> str:
    """Return both comments.

    >>> joined("", "neu")
    'neu'
    """
    return f"{said}\n{further}" if said else further
