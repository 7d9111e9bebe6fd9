"""What was found in a workbook, in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ontology.text import Text

if TYPE_CHECKING:
    from graph.intake.sheets.review import Review

#: Names for one and for many of each kind that is counted.
_COUNTED: Mapping[str, tuple[Text, Text]] = {
    "plans": (Text("Planwerk", "plan"), Text("Planwerke", "plans")),
    "goals": (Text("Ziel", "goal"), Text("Ziele", "goals")),
    "measures": (Text("Maßnahme", "measure"), Text("Maßnahmen", "measures")),
    "instruments": (Text("Steuerungsinstrument", "instrument"), Text("Steuerungsinstrumente", "instruments")),
    "departments": (
        Text("Dienststelle der Legende", "unit of the legend"),
        Text("Dienststellen der Legende", "units of the legend"),
    ),
    "questions": (Text("Frage", "question"), Text("Fragen", "questions")),
    "duplicates": (Text("Doppelung", "duplicate"), Text("Doppelungen", "duplicates")),
    "problems": (Text("Hinweis", "note"), Text("Hinweise", "notes")),
}
_ALWAYS = frozenset({"plans", "questions"})


def counted(review: Review) -> dict[str, int]:
    """Return how many records of each kind, questions, duplicates and notes there are."""
    kinds: dict[str, int] = {kind: len(records) for kind, records in review.records.items()}
    return {
        **kinds,
        "questions": len(review.questions),
        "duplicates": len(review.duplicates),
        "problems": len(review.problems),
    }


def found_text(review: Review) -> Text:
    """Return what was found, in one line."""
    said = []
    for kind, number in counted(review).items():
        one, many = _COUNTED[kind]
        if number or kind in _ALWAYS:
            word = one if number == 1 else many
            said.append(Text(f"{number} {word.de}", f"{number} {word.en}"))
    return Text(", ".join(text.de for text in said), ", ".join(text.en for text in said))
