"""A question as an address clicks it together: class, conditions, columns, groups; its tree, sentence and SPARQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from api.pages.building.lines import MOST_VALUES, Line, conditions_of, read_line
from api.pages.building.query import COUNT, MODES, Column, Tree, query_text
from api.pages.building.stock import BETWEEN, is_known, trail_of
from api.wanted import check_choice
from api.wording.question_texts import QUESTION_TEXTS
from graph.errors import BadRequest, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from api.pages.building.query import Mode
    from api.pages.building.stock import ClassChoice, Trail
    from api.pages.frame.call import Call

MOST_CONDITIONS = 6
MOST_COLUMNS = 8
MOST_GROUPS = 2
LONGEST_VALUE = 400


@dataclass(frozen=True, slots=True)
class Built:
    """A question: the class, its lines, the columns or groups of the answer, and what of the address did not fit."""

    chosen: ClassChoice
    lines: tuple[Line, ...]
    columns: tuple[Trail, ...]
    groups: tuple[Trail, ...]
    any_of: bool
    dropped: tuple[str, ...] = ()

    @property
    def tree(self) -> Tree:
        """The abstract query."""
        return Tree(
            self.chosen.iri,
            conditions_of(self.lines),
            self.any_of,
            () if self.groups else tuple(Column(one.variable, one.path) for one in self.columns),
            tuple(one.group for one in self.groups),
        )

    def without(self, line: Line | None) -> Tree:
        """Return what the other lines ask for: what can be chosen in a line gives an answer with them."""
        return Tree(self.chosen.iri, () if self.any_of else conditions_of(self.lines, line))

    @property
    def sentence(self) -> Text:
        """The question in words."""
        return Text(self._sentence("de"), self._sentence("en"))

    def _sentence(self, lang: str) -> str:
        texts = QUESTION_TEXTS
        said = [words[lang] for line in self.lines if (words := line.said())]
        rest = texts["builder.or" if self.any_of else "builder.and"][lang].join(said)
        many = self.chosen.many[lang] if lang == "de" else self.chosen.many[lang].lower()
        by = texts["builder.and"][lang].join(
            texts["builder.quoted"][lang].format(name=one.named[lang]) for one in self.groups
        )
        key = "builder.how_many" if self.groups else "builder.question"
        return texts[key][lang].format(class_=many, rest=f" {rest}" if rest else "", groups=by)

    @property
    def query(self) -> str:
        """The SPARQL, with the sentence above it."""
        lines = [f"# {self.sentence[lang]}".replace("\n", " ").replace("\r", " ") for lang in ("de", "en")]
        return "\n".join([*lines, query_text(self.tree), ""])

    @property
    def heads(self) -> dict[str, Text]:
        """What the columns of the answer are called."""
        named = {
            one.variable: one.named if self.groups else one.label for one in (*self.groups, *self.columns)
        }
        labels = {f"{one.variable}Label": one.named for one in self.groups}
        return {
            "thing": self.chosen.many,
            "thingLabel": self.chosen.many,
            COUNT: QUESTION_TEXTS["builder.number"],
            **named,
            **labels,
        }

    @property
    def address(self) -> str:
        """The address of this question, without what is empty."""
        given: list[tuple[str, str]] = [("class", self.chosen.name)]
        if self.any_of:
            given.append(("join", "or"))
        for line in self.lines:
            given += [(f"r{line.number}", line.trail.key), (f"m{line.number}", line.mode)]
            given += [(f"v{line.number}", key) for key in self._kept(line)]
        given += [("g", one.key) for one in self.groups]
        given += [("col", one.key) for one in self.columns]
        return f"/builder?{urlencode(given)}"

    def _kept(self, line: Line) -> Sequence[str]:
        if not line.needs_value:
            return ()
        if line.is_list and not line.open and not line.problems:
            return [key for key, _ in line.taken]
        return line.typed


def read_built(
    call: Call, chosen: ClassChoice, join: str, columns: Sequence[str], groups: Sequence[str]
) -> Built:
    """Return what the address says; what things of the class do not have is dropped and named.

    Raises BadRequest for what there is not at all, and for more than a question can hold.
    """
    dropped: list[str] = []

    def trails(what: Text, keys: Iterable[str], most: int) -> tuple[Trail, ...]:
        wanted = [_checked(what, key) for key in dict.fromkeys(keys) if key]
        found = {key: trail_of(call, chosen.iri, key) for key in wanted}
        dropped.extend(key for key, trail in found.items() if trail is None)
        return _at_most(what, [trail for trail in found.values() if trail], most)

    shown = trails(Text("Die Spalte", "column"), columns, MOST_COLUMNS)
    counted = trails(Text("Die Gruppe", "group"), groups, MOST_GROUPS)
    lines = [line for n in range(1, MOST_CONDITIONS + 1) if (line := _line(call, chosen, n, dropped))]
    return Built(chosen, tuple(lines), shown, counted, join == "or", tuple(dropped))


def _checked(what: Text, key: str) -> str:
    if not is_known(key):
        check_choice(what, [key], ())
    return key


def _at_most(what: Text, found: Sequence[Trail], most: int) -> tuple[Trail, ...]:
    if len(found) > most:
        raise BadRequest(
            f"{what.de}: höchstens {most}; gewählt sind {len(found)}.",
            f"{what.en}: at most {most}; {len(found)} are chosen.",
        )
    return tuple(found)


def _line(call: Call, chosen: ClassChoice, number: int, dropped: list[str]) -> Line | None:
    given = call.request.query_params
    key = BETWEEN.join(part for part in given.getlist(f"r{number}") if part)
    if not key:
        return None
    _checked(Text("Die Angabe", "detail"), key)
    mode = given.get(f"m{number}", "")
    check_choice(Text("Die Art", "way"), [mode] if mode else [], MODES)
    trail = trail_of(call, chosen.iri, key) or _shorter(call, chosen, key)
    if trail is None:
        dropped.append(key)
        return None
    typed = dict.fromkeys(one.strip() for one in given.getlist(f"v{number}") if one.strip())
    if given.get(f"t{number}", trail.key) != trail.key:
        mode, typed = "", {}  # another detail was chosen: what was said of the one before says nothing
    if len(typed) > MOST_VALUES or any(len(one) > LONGEST_VALUE for one in typed):
        raise BadRequest(
            f"Höchstens {MOST_VALUES} Werte mit je {LONGEST_VALUE} Zeichen in einer Bedingung.",
            f"At most {MOST_VALUES} values of {LONGEST_VALUE} characters in one condition.",
        )
    return read_line(call, chosen.iri, number, trail, cast("Mode", mode) if mode else None, tuple(typed))


def _shorter(call: Call, chosen: ClassChoice, key: str) -> Trail | None:
    """Return the part of a trail that fits: whoever changes its first step has not yet chosen the next."""
    parts = key.split(BETWEEN)
    for length in range(len(parts) - 1, 0, -1):
        trail = trail_of(call, chosen.iri, BETWEEN.join(parts[:length]))
        if trail is not None:
            return trail
    return None
