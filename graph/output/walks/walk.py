"""What a walk is, and how it is changed: steps are numbered from one, and every change gives a new walk."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING
from unicodedata import normalize

from graph.errors import BadRequest, NotFound, Text
from graph.output.lenses.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
LONGEST_NAME = 60
LONGEST_TITLE = 200
LONGEST_TEXT = 2000
MOST_STEPS = 400
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of a walk: what is shown, which finding it is about, and what to say on it."""

    view: View
    finding: str = ""
    title: Text | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """A named sequence of steps; ``day`` is the day it looks at, None where that is the day on which it is shown."""

    name: str
    title: Text
    steps: tuple[Step, ...] = ()
    day: date | None = None

    def with_step(self, step: Step) -> Walk:
        """Return the walk with one more step: before the closing one where it has one, else at its end.

        Raises BadRequest where it has as many as one meeting could ever come by.
        """
        if len(self.steps) >= MOST_STEPS:
            raise BadRequest(
                f"Der Rundgang „{self.name}“ hat schon {MOST_STEPS} Schritte; mehr fasst er nicht.",
                f"The walk “{self.name}” has {MOST_STEPS} steps already; it holds no more.",
            )
        closing = bool(self.steps) and is_closing(self.steps[-1])
        place = len(self.steps) - closing
        return replace(self, steps=(*self.steps[:place], step, *self.steps[place:]))

    def without(self, number: int) -> Walk:
        """Return the walk without a step; NotFound where it has none of this number."""
        place = self._place(number)
        return replace(self, steps=self.steps[:place] + self.steps[place + 1 :])

    def moved(self, number: int, to: int) -> Walk:
        """Return the walk with a step at another place; NotFound where there is no such place."""
        place, goal = self._place(number), self._place(to)
        others = self.steps[:place] + self.steps[place + 1 :]
        return replace(self, steps=(*others[:goal], self.steps[place], *others[goal:]))

    def noted(self, number: int, text: str) -> Walk:
        """Return the walk with a note on a step in place of the former one; an empty text takes it away."""
        place = self._place(number)
        step = replace(self.steps[place], note=checked_text(text))
        return replace(self, steps=(*self.steps[:place], step, *self.steps[place + 1 :]))

    def place_of(self, step: Step) -> int | None:
        """Return the number of the step that shows the same view and finding, None where there is none."""
        shown = [(held.finding, held.view) for held in self.steps]
        wanted = (step.finding, step.view)
        return shown.index(wanted) + 1 if wanted in shown else None

    def with_notes_of(self, former: Walk | None) -> Walk:
        """Return the walk with what a former one noted on the same findings and views."""
        notes = {(step.finding, step.view): step.note for step in former.steps} if former else {}
        steps = (
            replace(step, note=step.note or notes.get((step.finding, step.view), "")) for step in self.steps
        )
        return replace(self, steps=tuple(steps))

    def step(self, number: int) -> Step:
        """Return a step by its number; NotFound where the walk has none of this number."""
        return self.steps[self._place(number)]

    def _place(self, number: int) -> int:
        if not 1 <= number <= len(self.steps):
            raise NotFound(
                f"Einen Schritt {number} hat der Rundgang „{self.name}“ nicht; er hat {len(self.steps)}.",
                f"The walk “{self.name}” has no step {number}; it has {len(self.steps)}.",
            )
        return number - 1

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings that the walk comes by, once each and in order."""
        return tuple(dict.fromkeys(step.finding for step in self.steps if step.finding))


#: The lens of the closing step: no picture, but the list of what is to be decided.
CLOSING = "list"


def is_closing(step: Step) -> bool:
    """Whether a step is the list of decisions to take."""
    return step.view.lens == CLOSING


def checked_name(name: str) -> str:
    """Return the name of a walk; BadRequest where an address could not carry it.

    >>> checked_name("steuerung-2026")
    'steuerung-2026'
    """
    if not _NAME.fullmatch(name):
        raise BadRequest(
            f"„{name}“ taugt nicht als Name eines Rundgangs: nur a–z, 0–9 und Bindestriche, höchstens 60 Zeichen.",
            f"“{name}” will not do as the name of a walk: only a–z, 0–9 and hyphens, at most 60 characters.",
        )
    return name


def checked_title(text: str) -> str:
    """Return a title on one line; BadRequest where there is none, or it is too long for the wall."""
    title = " ".join(text.split())
    if not title:
        raise BadRequest("Der Rundgang braucht einen Titel.", "The walk needs a title.")
    if len(title) > LONGEST_TITLE:
        raise BadRequest(
            f"Der Titel hat {len(title)} Zeichen; höchstens {LONGEST_TITLE} sind möglich.",
            f"The title has {len(title)} characters; at most {LONGEST_TITLE} are possible.",
        )
    return title


def free_name(title: str, taken: Iterable[str]) -> str:
    """Return a name for a walk of this title that no other has.

    >>> free_name("Steuerungsgruppe im März", ["steuerungsgruppe-im-maerz"])
    'steuerungsgruppe-im-maerz-2'
    """
    plain = normalize("NFKD", title.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = "-".join(re.findall("[a-z0-9]+", plain)) or "rundgang"
    held = set(taken)
    for end in chain([""], map("-{}".format, count(2))):
        name = words[: LONGEST_NAME - len(end)].strip("-") + end
        if name not in held:
            break
    return name


def checked_text(text: str) -> str:
    """Return a text without blanks around it; BadRequest where it is too long to be read out."""
    if len(text.strip()) > LONGEST_TEXT:
        raise BadRequest(
            f"Der Text hat {len(text.strip())} Zeichen; höchstens {LONGEST_TEXT} sind möglich.",
            f"The text has {len(text.strip())} characters; at most {LONGEST_TEXT} are possible.",
        )
    return text.strip()


def walk_called(walks: Mapping[str, Walk], name: str) -> Walk:
    """Return the walk of this name; NotFound, with those there are, where there is none."""
    if name not in walks:
        raise NotFound(
            f"Einen Rundgang „{name}“ gibt es nicht. {_known(walks, 'Vorhanden', 'Es ist noch keiner vorbereitet')}.",
            f"There is no walk “{name}”. {_known(walks, 'There are', 'None is prepared yet')}.",
        )
    return walks[name]


def _known(walks: Iterable[str], some: str, none: str) -> str:
    names = ", ".join(sorted(walks))
    return f"{some}: {names}" if names else none
