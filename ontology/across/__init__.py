"""The questions asked of several cities together: which cities, which have a plan of a kind, which goals recur.

They are written like all others (``ontology.questions``) and lie in this folder, since one city's store has no answer to them:
they need to know in whose inventory a thing stands (``pw:inInventory``).

>>> load_across_questions()["q91-plans-of-a-kind"].title.en
'Which cities have a plan of this kind?'
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ontology.questions import read_question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ontology.questions import Question

FOLDER = Path(__file__).parent


@cache
def load_across_questions() -> Mapping[str, Question]:
    """Return the shipped questions about several cities by name, in the order of their names."""
    return MappingProxyType({path.stem: read_question(path) for path in sorted(FOLDER.glob("*.rq"))})
