"""Similar plans to look at beside a plan, and why: the ranking of ``related_plans``, with grounds a person can judge.

A suggestion by words and concepts, never a finding. Left out are other editions, predecessors, successors, wholes and
parts of the plan, plans that have ended on the day, and plans that share nothing telling: a concept tells where at most
a third of all plans have it, a word where at most an eighth do, where it names something, and where it is no word of
planning itself, no part of the name of an area that most plans cover. What is shown shares two such grounds, or one
concept that at most a tenth of the plans have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from graph.errors import Text
from graph.findings.finding import Shared
from graph.findings.related.related_plans import matter_of, related_plans
from graph.findings.related.relatedness import Relatedness
from graph.findings.related.text import language_of, names, planning_words, read, stems
from graph.findings.rules.overlap import same_work
from graph.findings.similarity import weights
from graph.network.build import Network
from graph.network.incidence import Incidence, read_incidence
from graph.network.time import standing

SHOWN = 3
LOOKED_AT = 10
TELLING_CONCEPT, TELLING_WORD, RARE_CONCEPT = 3, 8, 10
_FEWEST = 2
_MOST_WORDS = 5
NOTE = Text(
    "Ein Vorschlag nach gemeinsamen Begriffen und Wörtern, kein Hinweis: Ob sich die Planwerke überschneiden, sagt er nicht.",
    "A suggestion by shared concepts and words, not a finding: it does not say whether the plans overlap.",
)
LEFT_OUT = Text(
    "Nicht gezeigt werden andere Ausgaben derselben Reihe, Vorgänger, Nachfolger, Teile und beendete Planwerke; nicht "
    "gezählt werden Begriffe und Wörter, die viele Planwerke haben.",
    "Not shown are other editions of the same series, predecessors, successors, parts and plans that have ended; not "
    "counted are concepts and words that many plans have.",
)
NOTHING = Text(
    "Von den nächstliegenden Planwerken teilt keines mit diesem genug, das nicht auch viele andere haben.",
    "None of the nearest plans shares enough with this one that many others do not have as well.",
)


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word that two plans say, and how many of all plans say it."""

    word: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A similar plan with what it shares: telling concepts, the rarest first, then telling words."""

    plan: str
    score: float
    shared: tuple[Shared, ...]
    words: tuple[SharedWord, ...]


@dataclass(frozen=True)
class Grounds:
    """All plans of a network, ranked, with the concepts and words that can tell why two are similar."""

    network: Network
    ranking: Relatedness
    incidence: Incidence
    weight: tuple[float, ...]
    count: Counter[int]
    said: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    said_by: Counter[str]

    @property
    def total(self) -> int:
        """How many plans there are."""
        return len(self.incidence.plans)

    def tells(self, count: int, part: int) -> bool:
        """Whether something that ``count`` plans have is had by at most one in ``part`` of all, or by two."""
        return count <= max(_FEWEST, self.total // part)

    def suffices(self, entry: Suggestion) -> bool:
        """Whether what two plans share is enough to show them: two grounds, or one rare concept."""
        rare = any(self.tells(shared.count, RARE_CONCEPT) for shared in entry.shared)
        return rare or len(entry.shared) + len(entry.words) >= _FEWEST


def read_grounds(network: Network) -> Grounds:
    """Return the ranking of all plans and what each says and names, read once for many questions."""
    plans = network.of_type("Plan")
    incidence = read_incidence(network, plans)
    texts = ["\n".join(matter_of(network, plan)) for plan in incidence.plans]
    language = language_of(texts)
    said = [frozenset(row) for row in read(texts, language)]
    dull = planning_words(language) | _wide_areas(network, incidence, language)
    written = names(texts, language)
    return Grounds(
        network=network,
        ranking=related_plans(network, plans),
        incidence=incidence,
        weight=tuple(weights(incidence)),
        count=Counter(concept for row in incidence.closed for concept in row),
        said=dict(zip(incidence.plans, said, strict=True)),
        names={stem: word for stem, word in written.items() if stem not in dull},
        said_by=Counter(stem for row in said for stem in row),
    )


def _wide_areas(network: Network, incidence: Incidence, language: str) -> frozenset[str]:
    """Return the words in the names of areas that more than a third of the plans cover."""
    count = Counter(concept for row in incidence.closed for concept in row)
    wide = (
        network.label(incidence.concepts[concept])
        for concept, times in count.items()
        if incidence.facet[concept] == "area" and times * TELLING_CONCEPT > len(incidence.plans)
    )
    return frozenset(stem for label in wide for stem, _ in stems(label, language))


def suggestions(grounds: Grounds, plan: str, day: date, most: int = SHOWN) -> tuple[Suggestion, ...]:
    """Return at most ``most`` similar plans that are open on ``day``, best first: of the ten best ranked, those that tell."""
    network = grounds.network
    ranked = (
        near
        for near in grounds.ranking.neighbours(plan, grounds.total)
        if near.score > 0
        and not same_work(network, plan, near.key)
        and standing(network, near.key, day).is_open
    )
    found = (
        Suggestion(near.key, near.score, _concepts(grounds, plan, near.key), _words(grounds, plan, near.key))
        for near in islice(ranked, max(LOOKED_AT, most))
    )
    return tuple(islice(filter(grounds.suffices, found), most))


def _concepts(grounds: Grounds, a: str, b: str) -> tuple[Shared, ...]:
    """Return the telling concepts that two plans share, the rarest first."""
    incidence, network = grounds.incidence, grounds.network
    number = grounds.ranking.number
    ours, theirs = (set(incidence.closed[number[plan]]) for plan in (a, b))
    told = [
        c for c in ours & theirs if grounds.weight[c] > 0 and grounds.tells(grounds.count[c], TELLING_CONCEPT)
    ]
    return tuple(
        Shared(
            id=network.id(incidence.concepts[concept]),
            label=network.label(incidence.concepts[concept]),
            facet=incidence.facet[concept],
            count=grounds.count[concept],
            of=grounds.total,
            weight=grounds.weight[concept],
        )
        for concept in sorted(told, key=lambda c: (grounds.count[c], incidence.concepts[c]))
    )


def _words(grounds: Grounds, a: str, b: str) -> tuple[SharedWord, ...]:
    """Return the telling words that both plans say, those that count most first; no word that stands in another."""
    shared: list[str] = []
    for stem in _telling(grounds, a, b):
        if len(shared) < _MOST_WORDS and not any(stem in other or other in stem for other in shared):
            shared.append(stem)
    return tuple(SharedWord(grounds.names[stem], grounds.said_by[stem], grounds.total) for stem in shared)


def _telling(grounds: Grounds, a: str, b: str) -> Iterator[str]:
    number = grounds.ranking.number
    both = grounds.said[a] & grounds.said[b]
    for stem, _ in grounds.ranking.said.shared(number[a], number[b]):
        if stem in both and stem in grounds.names and grounds.tells(grounds.said_by[stem], TELLING_WORD):
            yield stem


def suggestions_json(grounds: Grounds, found: tuple[Suggestion, ...]) -> dict[str, Any]:
    """Return suggestions with what they are, and what they are not, as one document."""
    network = grounds.network
    return {
        "note": NOTE.document(),
        "left_out": LEFT_OUT.document(),
        "nothing": None if found else NOTHING.document(),
        "of": grounds.total,
        "plans": [
            {
                "id": network.id(entry.plan),
                "label": network.label(entry.plan),
                "departments": [network.id(unit) for unit in network.targets(entry.plan, "leadUnit")],
                "score": round(entry.score, 6),
                "shared": [
                    {"id": s.id, "label": s.label, "facet": s.facet, "count": s.count, "of": s.of}
                    for s in entry.shared
                ],
                "words": [{"word": w.word, "count": w.count, "of": w.of} for w in entry.words],
            }
            for entry in found
        ],
    }
