"""How long a text is when it is drawn: so that names are cut, broken and kept apart before anybody sees them.

The widths are those of Liberation Sans, which are those of Arial and Helvetica too: what fits here fits there.
"""

from __future__ import annotations

_WIDTHS = {
    191: "'",
    222: "ijlįĵĺļłſ‘’",
    260: "|¦",
    278: " !,./:;I[\\]ftÌÍÎÏìíîïĨĩĪīĬĭĮİıţŧ\xa0",
    333: "()-`r¡¨²³´·¸¹ŕŗř“”„‹›",
    334: "{}",
    355: '"•ºª',
    400: "*°",
    469: "^",
    500: "JcksvxyzçýÿćĉċčĴķĸśŝşšŷźżž",
    549: "±÷≤≥≈",
    584: "+<=>~¬×−",
    611: "FTZ¿ßøŢŤŦŹŻŽ",
    667: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞĀĂĄĒĔĖĘĚĶŚŜŞŠŶŸ",
    722: "CDHNRUwÇÐÑÙÚÛÜĆĈĊČĎĐĤĦŃŅŇŔŖŘŨŪŬŮŰŲŵẞ",
    778: "GOQÒÓÔÕÖØĜĞĠĢŌŎŐ®©",
    833: "Mm¼½¾",
    889: "%æ",
    944: "WœŴ",
    1000: "ÆŒ—…→←↔@",
}
_WIDTH = {sign: width / 1000 for width, signs in _WIDTHS.items() for sign in signs}
_USUAL = 0.556
_WIDE = 1.0
_FROM_WIDE = "\u1100"
"""From here on signs are mostly as wide as high."""
BOLD = 1.07
"""How much longer a text is in bold, at most."""


def width(text: str, size: float) -> float:
    """Return the length of a text at a size of type.

    >>> round(width("Plan", 10), 2)
    20.01
    """
    return size * sum(_WIDTH.get(sign, _WIDE if sign >= _FROM_WIDE else _USUAL) for sign in text)


def fitted(text: str, room: float, size: float) -> str:
    """Return the text, cut at a word where one is near, so that it fits.

    >>> fitted("Handlungskonzept Wohnen", 120, 12)
    'Handlungskonzept…'
    """
    if width(text, size) <= room:
        return text
    most = len(text)
    while most > 1 and width(text[:most] + "…", size) > room:
        most -= 1
    space = text.rfind(" ", 0, most + 1)
    return text[: space if space > most * 0.6 else most].rstrip(" ,;:.–-") + "…"


def broken(text: str, room: float, size: float, most: int) -> list[str]:
    """Return the text in at most so many lines; the last is cut where more is left.

    >>> broken("Konzept für den Stadtteil Nord", 90, 12, 2)
    ['Konzept für den', 'Stadtteil Nord']
    """
    lines: list[str] = []
    while text and len(lines) < most - 1 and width(text, size) > room:
        line, text = _first(text, room, size)
        lines.append(line)
    return [*lines, fitted(text, room, size)] if text else lines


def _first(text: str, room: float, size: float) -> tuple[str, str]:
    """Return as many words as fit and the rest; a word that is too long for itself is parted."""
    end = len(text)
    while (end := text.rfind(" ", 0, end)) > 0:
        if width(text[:end], size) <= room:
            return text[:end].rstrip(), text[end:].lstrip()
    most = len(text)
    while most > 1 and width(text[:most] + "-", size) > room:
        most -= 1
    return (text[:most] + "-", text[most:]) if most < len(text) else (text, "")
