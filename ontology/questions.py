"""The ready-made questions: SPARQL files with a head that says what they ask, of what, and what comes back.

One file per question, ``questions/<name>.rq``. Its first lines are comments, one entry each::

    # title@de: …            # title@en: …
    # description@de: …      # description@en: …
    # group: time
    # param: asOf | date | today | Stichtag | As of
    # columns: plan, planLabel, asOf

A parameter is a variable of the query, put in as a term and never as text; without a value and a default it stays
free, and then the question is asked of everything. Oxigraph puts a term in only for variables that SELECT names, so each
parameter is a column; one that only repeats what was put in stands last. ``planLabel`` is what people read for ``plan``.

>>> load_questions()["q18-in-force-on-a-day"].title.en
'What was in force on a day?'
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from ontology.terms import CV, DCAT, ORG, PW, XSD
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).with_name("questions")

GROUPS: Mapping[str, Text] = MappingProxyType(
    {
        "inventory": Text("Bestand", "Inventory"),
        "overlap": Text("Überschneidungen", "Overlaps"),
        "gap": Text("Lücken", "Gaps"),
        "time": Text("Geltung und Zeit", "Validity and time"),
        "evidence": Text("Belege", "Evidence"),
        "space": Text("Räume", "Space"),
        "data": Text("Daten", "Data"),
        "duties": Text("Pflichten", "Duties"),
        "bodies": Text("Gremien", "Bodies"),
    }
)
"""What questions are sorted by."""

THINGS: Mapping[str, str] = MappingProxyType(
    {
        "area": PW.Area,
        "body": PW.Body,
        "dataset": DCAT.Dataset,
        "department": ORG.OrganizationalUnit,
        "event": CV.PublicEvent,
        "goal": PW.Goal,
        "instrument": PW.SteeringInstrument,
        "paper": PW.CouncilPaper,
        "partner": PW.Partner,
        "plan": PW.Plan,
        "series": PW.PlanSeries,
        "source": PW.Source,
        "target-group": PW.TargetGroup,
        "topic": PW.Topic,
    }
)
"""The types of parameters that name a thing, with its class: a form offers what the store holds of it."""

VALUES = ("date", "integer", "text")
"""The types of parameters that hold a value."""

_TODAY = "today"
_ENTRY = re.compile(r"#\s*([a-z]+(?:@de|@en)?):\s*(.*)")
_ONCE = ("title@de", "title@en", "description@de", "description@en", "group", "columns")
_IRI = re.compile(r"""[^\s<>"{}|\\^`]+""")


class UnfitArgumentError(ValueError):
    """A value that a parameter cannot take; ``text`` says why, in both languages."""

    def __init__(self, de: str, en: str) -> None:
        super().__init__(de)
        self.text = Text(de, en)


class Argument(NamedTuple):
    """The term that is put in for a parameter."""

    kind: Literal["iri", "literal"]
    value: str
    lang: str | None = None
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that whoever asks can fill, with what stands for it if nobody does.

    ``type`` is one of VALUES or THINGS, ``label`` what people call it.
    """

    name: str
    type: str
    default: str | None
    label: Text

    @property
    def class_(self) -> str | None:
        """The class of the things it can name, or nothing where it holds a value."""
        return THINGS.get(self.type)

    def term(self, value: str | None, base: str) -> Argument | None:
        """Return the term for what was typed, or for the default; None where the variable stays free.

        Raises UnfitArgumentError where the type does not fit.
        """
        text = (value or self.default or "").strip()
        if not text:
            return None
        if self.class_:
            return Argument("iri", self._iri(text, base))
        return _VALUE_READERS[self.type](self, text)

    def _iri(self, text: str, base: str) -> str:
        if not _IRI.fullmatch(text):
            raise self._unfit(text, "eine Kennung wie p-sep3", "an id such as p-sep3")
        return text if text.startswith(("http://", "https://")) else base + text

    def _date(self, text: str) -> Argument:
        try:
            day = date.today() if text == _TODAY else date.fromisoformat(text)  # noqa: DTZ011 - the day in the room
        except ValueError:
            raise self._unfit(text, "ein Tag wie 2026-01-31", "a day such as 2026-01-31") from None
        return Argument("literal", day.isoformat(), datatype=XSD.date)

    def _integer(self, text: str) -> Argument:
        try:
            return Argument("literal", str(int(text)), datatype=XSD.integer)
        except ValueError:
            raise self._unfit(text, "eine ganze Zahl", "a whole number") from None

    def _text(self, text: str) -> Argument:
        return Argument("literal", text)

    def _unfit(self, text: str, de: str, en: str) -> UnfitArgumentError:
        return UnfitArgumentError(
            f"„{text}“ passt nicht zu „{self.label.de}“ ({self.name}); nötig ist {de}.",
            f"“{text}” does not fit “{self.label.en}” ({self.name}); it takes {en}.",
        )


_VALUE_READERS = {"date": Parameter._date, "integer": Parameter._integer, "text": Parameter._text}  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class Question:
    """A question: what it asks, of what, the columns of its answer, and the SPARQL."""

    name: str
    title: Text
    description: Text
    group: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    text: str

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns up to the parameters at their end, which only repeat what was put in."""
        given = {parameter.name for parameter in self.parameters}
        last = max(place for place, column in enumerate(self.columns) if column not in given)
        return self.columns[: last + 1]


@cache
def load_questions() -> Mapping[str, Question]:
    """Return the shipped questions by name, in the order of their names."""
    return MappingProxyType({path.stem: read_question(path) for path in sorted(FOLDER.glob("*.rq"))})


def read_question(path: Path) -> Question:
    """Return the question in a file.

    Raises ValueError, naming the file, where the head lacks an entry or says what nobody can read.
    """
    text = path.read_text("utf-8")
    try:
        head = _read_head(text)
        return Question(
            name=path.stem,
            title=Text(*head["title@de"], *head["title@en"]),
            description=Text(*head["description@de"], *head["description@en"]),
            group=_read_group(head["group"][0]),
            parameters=tuple(map(_read_parameter, head["param"])),
            columns=tuple(column.strip() for column in head["columns"][0].split(",")),
            text=text,
        )
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _read_head(text: str) -> Mapping[str, list[str]]:
    """Return the entries of the comment lines at the top."""
    head: defaultdict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        entry = _ENTRY.fullmatch(line)
        if not entry or entry[1] not in (*_ONCE, "param"):
            raise ValueError(f"not an entry: {line}")
        head[entry[1]].append(entry[2])
    for name in _ONCE:
        if len(head[name]) != 1 or not head[name][0]:
            raise ValueError(f"needs one line “# {name}: …”")
    return head


def _read_group(name: str) -> str:
    """Return a group that exists."""
    if name not in GROUPS:
        raise ValueError(f"no group: {name}")
    return name


def _read_parameter(entry: str) -> Parameter:
    """Return the parameter that a line of the head describes."""
    name, kind, default, de, en = (part.strip() for part in entry.split("|"))
    if kind not in THINGS and kind not in VALUES:
        raise ValueError(f"no type of parameter: {kind}")
    return Parameter(name, kind, default or None, Text(de, en))
