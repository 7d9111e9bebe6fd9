"""What people call a thing: which one is meant by an id, a name or some of its words, on a page and on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from api.pages.frame.names import short_name
from api.pages.inventory.search import fold
from api.wording.question_texts import QUESTION_TEXTS
from graph.errors import BadRequest
from graph.network.build import local_name
from ontology.parameters import UnfitArgumentError
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from api.workspace import Workspace
    from graph.network.build import Network
    from ontology.parameters import Parameter
    from ontology.questions import Question

MOST_NAMED = 6
"""So many candidates stand in a sentence."""
_NEAREST = 3
_LEAST_ALIKE = 70
#: What a thing is called beside its name.
_CODES = ("identifier", "altLabel")
_ADDRESS = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that can be meant: its id, what people read, and all that it is called, folded."""

    id: str
    text: Text
    called: frozenset[str]

    def has(self, words: Iterable[str]) -> bool:
        """Tell whether all words stand in one of its names, or in all of them together."""
        every = " ".join(sorted(self.called))
        return all(word in every for word in words)


@dataclass(frozen=True, slots=True)
class Picked:
    """What a typed name means: the id of one thing, or several to choose from; else what is written most alike."""

    label: Text
    name: str
    typed: str
    one: str | None = None
    several: tuple[Named, ...] = ()
    near: tuple[Named, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is called so."""
        return self.one is None and not self.several

    @property
    def problem(self) -> Text:
        """Why no thing can be taken, with the candidates by name and id."""
        said = QUESTION_TEXTS["questions.unknown" if self.is_unknown else "questions.which"]
        return Text(self._with(said, "de"), self._with(said, "en"))

    def _with(self, said: Text, lang: str) -> str:
        named = self.several or self.near
        listed = "; ".join(f"{one.text[lang]} [{one.id}]" for one in named[:MOST_NAMED])
        left = len(named) - MOST_NAMED
        more = f"; {QUESTION_TEXTS['questions.which_more'][lang].format(n=left)}" if left > 0 else ""
        key = "questions.candidates" if self.several else "questions.nearest" if self.near else ""
        tail = " " + QUESTION_TEXTS[key][lang].format(names=listed + more) if key else ""
        return said[lang].format(typed=self.typed, label=self.label[lang]) + tail


def named_things(network: Network, kind: str) -> tuple[Named, ...]:
    """Return every thing of a kind with its names, by name."""
    found = (_named(network, node) for node in network.of_type(kind))
    return tuple(sorted(found, key=lambda one: (one.text.de.casefold(), one.id)))


def _named(network: Network, node: str) -> Named:
    text = short_name(network, node)
    names = [value.text for key in ("prefLabel", *_CODES) for value in network.values(node, key)]
    return Named(network.id(node), text, frozenset(fold(one).strip() for one in (text.de, text.en, *names)))


def pick(parameter: Parameter, typed: str, known: Sequence[Named]) -> Picked:
    """Return which of the known things is meant: the one with this id, else the one so called, else all with its words.

    Nothing is guessed: a name that only looks alike is offered, never taken.
    """
    label, name, folded = parameter.label, parameter.name, fold(typed).strip()
    if typed.startswith(_ADDRESS) or any(typed == one.id for one in known):
        return Picked(label, name, typed, one=typed)
    called = tuple(one for one in known if folded and folded in one.called)
    words = folded.split()
    found = called or (tuple(one for one in known if one.has(words)) if words else ())
    if len(found) == 1:
        return Picked(label, name, typed, one=found[0].id)
    return Picked(label, name, typed, several=found, near=() if found else _nearest(folded, known))


def _nearest(folded: str, known: Sequence[Named]) -> tuple[Named, ...]:
    """Return the things whose names or ids are written most alike."""
    spelt = {
        (place, way): text
        for place, one in enumerate(known)
        for way, text in enumerate((fold(one.text.de), one.id))
    }
    near = process.extract(folded, spelt, scorer=fuzz.WRatio, limit=2 * _NEAREST, score_cutoff=_LEAST_ALIKE)
    places = dict.fromkeys(place for _, _, (place, _) in near)
    return tuple(known[place] for place in places)[:_NEAREST]


def with_ids(workspace: Workspace, asked: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Return what was given with an id for every name.

    An id that the store knows needs no network. Raises BadRequest where a name means several things or none.
    """
    meant = dict(given)
    for parameter in asked.parameters:
        typed = given.get(parameter.name, "").strip()
        if parameter.class_ and typed and not _is_id(workspace, parameter, typed):
            kind = local_name(parameter.class_)
            found = pick(parameter, typed, named_things(workspace.network(), kind))
            if found.one is None:
                raise BadRequest(found.problem.de, found.problem.en)
            meant[parameter.name] = found.one
    return meant


def _is_id(workspace: Workspace, parameter: Parameter, typed: str) -> bool:
    """Tell whether the store holds a thing of the parameter's class under this id, or an address was typed."""
    if typed.startswith(_ADDRESS):
        return True
    try:
        term = parameter.term(typed, workspace.settings.base)
    except UnfitArgumentError:
        return False  # a name with spaces
    return (
        term is not None
        and workspace.host().query(f"ASK {{ <{term.value}> a <{parameter.class_}> }}").holds()
    )
