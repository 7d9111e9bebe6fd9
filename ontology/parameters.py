"""What can be put into a ready-made question: values and things, read from what people type, written as SPARQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from ontology.terms import CV, DCAT, ORG, PW, XSD
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

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

TODAY = "today"
_IRI = re.compile(r"""[^\s<>"{}|\\^`]+""")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


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
            day = date.today() if text == TODAY else date.fromisoformat(text)  # noqa: DTZ011 - the day in the room
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


def written(kind: str, value: str, lang: str | None = None, datatype: str | None = None) -> str:
    """Return a term as SPARQL writes it; whatever it holds stays inside the term.

    >>> written("literal", "Kita", lang="de")
    '"Kita"@de'
    >>> written("literal", "2024-01-01", datatype=XSD.date)
    '"2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'

    Raises ValueError for an address that SPARQL cannot write.
    """
    if kind == "iri":
        if not _IRI.fullmatch(value):
            raise ValueError(value)
        return f"<{value}>"
    text = f'"{value.translate(_ESCAPES)}"'
    if lang:
        return f"{text}@{lang}"
    return f"{text}^^<{datatype}>" if datatype else text


def read_parameter(entry: str) -> Parameter:
    """Return the parameter that a line of the head describes; raises ValueError where its type does not exist."""
    name, kind, default, de, en = (part.strip() for part in entry.split("|"))
    if kind not in THINGS and kind not in VALUES:
        raise ValueError(f"no type of parameter: {kind}")
    return Parameter(name, kind, default or None, Text(de, en))
