"""Collect what has to be asked or said; a question that a person answered before is not asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.errors import Text
from graph.intake.sheets.review import Problem, Question, Severity, Spot, Where, question_id


class Log:
    """Questions and problems in the order they came up, each question once."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.questions: dict[str, Question] = {}
        self.problems: list[Problem] = []

    def ask(
        self,
        kind: str,
        about: Iterable[str],
        text: Text,
        where: Where | Spot,
        guess: str = "",
        choices: Iterable[str] = (),
    ) -> str | None:
        """Return the answer that was given before, else note the question; ``about`` is what it hangs on, never a place."""
        known = question_id(kind, *about)
        answer = self.answers.get(known)
        if answer is not None:
            return str(answer)
        self.questions.setdefault(known, Question(known, kind, text, guess, tuple(choices), _told(where)))
        return None

    def say(self, severity: Severity, code: str, text: Text, where: Where | Spot) -> None:
        """Note a problem."""
        self.problems.append(Problem(severity, code, text, _told(where)))


def _told(where: Where | Spot) -> Where:
    return where if isinstance(where, Where) else Where.at(*where)
