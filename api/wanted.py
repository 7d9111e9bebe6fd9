"""What people ask for by word: a day, bands, one of several choices, an id; and the sentence where there is none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from graph.dates import named_day
from graph.errors import BadRequest, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.errors import Text

ALL_BANDS = "alle"
USUAL_BANDS = ("stark", "mittel")


def check_choice(what: Text, wanted: Iterable[str], known: Iterable[str]) -> None:
    """Refuse the first wanted word that is not known, and say which are; ``what`` names them ("Die Regel", "rule")."""
    choice = tuple(known)
    for word in wanted:
        if word not in choice:
            raise BadRequest(
                f"{what.de} „{word}“ gibt es nicht; möglich sind: {', '.join(choice)}.",
                f"There is no {what.en} “{word}”; possible are: {', '.join(choice)}.",
            )


def not_found(local: str, known: Iterable[str]) -> NotFound:
    """Return the error for an id that does not exist, naming the nearest that do."""
    from difflib import get_close_matches

    near = get_close_matches(local, list(known), n=3, cutoff=0.5)
    de, en = (f" Ähnlich: {', '.join(near)}.", f" Similar: {', '.join(near)}.") if near else ("", "")
    return NotFound(f"„{local}“ ist nicht erfasst.{de}", f"“{local}” is not recorded.{en}")


def wanted_bands(word: str | None) -> tuple[str, ...]:
    """Return the bands that a word from the command line or the address means.

    >>> wanted_bands("alle")
    ('stark', 'mittel', 'schwach')

    Raises BadRequest where it is none.
    """
    bands = ("stark", "mittel", "schwach")
    if not word:
        return USUAL_BANDS
    if word == ALL_BANDS:
        return bands
    if word not in bands:
        choice = ", ".join((*bands, ALL_BANDS))
        raise BadRequest(
            f"Das Band „{word}“ gibt es nicht; möglich sind {choice}.",
            f"There is no band “{word}”; possible are {choice}.",
        )
    return (word,)


def wanted_day(text: str | None) -> date:
    """Return the day that a text names, today where it is empty.

    Raises BadRequest where it is no day.
    """
    if not text:
        return date.today()  # noqa: DTZ011 - the day in the meeting room, not in UTC
    return named_day(text)
