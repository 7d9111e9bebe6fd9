"""Goals that resemble a text, while a goal is being entered: at most three, with the words in common.

Cosine of TF-IDF over the words of all goals (Salton and Buckley 1988). Words are all it sees: the nearest goal may want the
opposite (*Parkplätze verringern*, *Parkplätze erhöhen*). Where one text wants more and the other less, that is said; a person
decides. No finding rests on this.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import BadRequest, Text
from graph.findings.features import Weighted, idf, unit_row, weighted
from graph.findings.related.text import direction, language_of, names, parts, planning_words, read, stems
from graph.network.build import Network

SHOWN = 3
LEAST_SIMILARITY = 0.2
TELLING = 8
LONGEST = 500
_FEWEST = 2
NOTE = Text(
    "Ein Vorschlag nach gemeinsamen Wörtern. "
    "Ob zwei Ziele dasselbe meinen, entscheidet ein Mensch; kein Hinweis beruht darauf.",
    "A suggestion by shared words. Whether two goals mean the same is for a person to decide; no finding rests on it.",
)
OPPOSITE = Text("Richtung möglicherweise entgegengesetzt", "direction possibly opposite")
NOTHING = Text(
    "Kein erfasstes Ziel teilt mit diesem Text ein Wort, das nicht viele Ziele enthalten.",
    "No recorded goal shares a word with this text that many goals do not hold.",
)


@dataclass(frozen=True, slots=True)
class SimilarGoal:
    """A goal like the text: the plans that pursue it, the words in common, and whether it may want the opposite."""

    goal: str
    plans: tuple[str, ...]
    similarity: float
    words: tuple[str, ...]
    is_opposite: bool


@dataclass(frozen=True)
class GoalWords:
    """The words of many goals, read once for many texts: of one network, or of several cities."""

    goals: tuple[str, ...]
    texts: tuple[str, ...]
    plans: Mapping[str, tuple[str, ...]]
    language: str
    said: Weighted
    weight: dict[str, float]
    count: Counter[str]
    names: dict[str, str]


def read_goals(network: Network) -> GoalWords:
    """Return the words of all goals of a network."""
    goals = network.of_type("Goal")
    plans = {goal: network.origins(goal, "pursues") for goal in goals}
    return read_texts({goal: network.label(goal) for goal in goals}, plans)


def read_texts(said: Mapping[str, str], plans: Mapping[str, tuple[str, ...]]) -> GoalWords:
    """Return the words of goals by what each is called; ``plans`` are those that pursue it, where that is to be told."""
    texts = list(said.values())
    language = language_of(texts)
    rows = read(texts, language)
    weight = idf(rows)
    return GoalWords(
        goals=tuple(said),
        texts=tuple(texts),
        plans=plans,
        language=language,
        said=weighted([_unit(row, weight) for row in rows]),
        weight=weight,
        count=Counter(stem for row in rows for stem in set(row)),
        names=names(texts, language),
    )


def _unit(row: list[str], weight: dict[str, float]) -> dict[str, float]:
    return unit_row({stem: times * weight[stem] for stem, times in Counter(row).items() if stem in weight})


def similar_goals(words: GoalWords, text: str, most: int = SHOWN) -> tuple[SimilarGoal, ...]:
    """Return at most ``most`` goals that share a telling word with ``text``, the most similar first."""
    query = _query(words, text)
    number = {name: index for index, name in enumerate(words.said.names)}
    asked = {number[stem]: weight for stem, weight in query.items()}
    found = []
    for place in words.said.holding(asked):
        held = dict(zip(words.said.rows[place].tolist(), words.said.weights[place].tolist(), strict=True))
        products = {feature: asked[feature] * held[feature] for feature in asked.keys() & held.keys()}
        similarity = round(math.fsum(products.values()), 6)
        telling = _telling(words, products)
        if similarity >= LEAST_SIMILARITY and telling:
            found.append((-similarity, words.goals[place], telling, words.texts[place]))
    return tuple(_found(words, text, *entry) for entry in sorted(found)[:most])


def checked_text(text: str) -> str:
    """Return a text without spaces around it.

    Raises BadRequest where it is too long for a goal.
    """
    if len(text) > LONGEST:
        raise BadRequest(
            f"Der Text hat {len(text)} Zeichen; für ein Ziel genügen {LONGEST}.",
            f"The text has {len(text)} characters; {LONGEST} are enough for a goal.",
        )
    return text.strip()


def _query(words: GoalWords, text: str) -> dict[str, float]:
    """Return the weighted stems of a text that some goal says; a compound counts with its parts."""
    known = frozenset(words.weight)
    said = [stem for stem, _ in stems(text[:LONGEST], words.language)]
    if words.language == "de":
        said = [part for stem in said for part in (stem, *parts(stem, known))]
    return _unit(said, words.weight)


def _telling(words: GoalWords, products: dict[int, float]) -> tuple[str, ...]:
    """Return the words in common that name something and that few goals say, those that count most first.

    One word of planning itself (*Ziel*, *Raum*) tells nothing alone. A word that stands in another is left out.
    """
    order = sorted(products, key=lambda feature: (-products[feature], words.said.names[feature]))
    few = max(_FEWEST, len(words.goals) // TELLING)
    shared = (words.said.names[feature] for feature in order)
    told = [stem for stem in shared if stem in words.names and words.count[stem] <= few]
    if len(told) < _FEWEST and planning_words(words.language).issuperset(told):
        return ()
    return tuple(
        words.names[stem] for stem in told if not any(stem != other and stem in other for other in told)
    )


def _found(
    words: GoalWords, text: str, distance: float, goal: str, telling: tuple[str, ...], said: str
) -> SimilarGoal:
    ways = direction(text, words.language) * direction(said, words.language)
    return SimilarGoal(goal, words.plans.get(goal, ()), -distance, telling, ways < 0)


def similar_goals_json(network: Network, text: str, found: tuple[SimilarGoal, ...]) -> dict[str, Any]:
    """Return similar goals with what they are, and what they are not, as one document."""
    return {
        "text": text,
        "note": NOTE.document(),
        "nothing": None if found else NOTHING.document(),
        "goals": [
            {
                "id": network.id(entry.goal),
                "label": network.label(entry.goal),
                "plans": [{"id": network.id(plan), "label": network.label(plan)} for plan in entry.plans],
                "similarity": entry.similarity,
                "words": list(entry.words),
                "opposite": entry.is_opposite,
            }
            for entry in found
        ],
    }
