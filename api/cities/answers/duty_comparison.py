"""The duties of several cities beside each other; what is open, what nobody knows and what nobody asked stay apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.cities.federation import UNREADABLE
from api.cities.opened import trouble_of
from graph.errors import Text
from graph.findings.duty.answers import Answer
from graph.findings.duty.ladder import ANSWERS, label_of
from graph.findings.duty.law import MUST, Reach
from ontology.terms import PW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from api.cities.federation import Federation
    from api.cities.register import City
    from api.workspace import Workspace
    from graph.findings.duty.ladder import DutyLadder, Step
    from graph.network.build import Network

NOT_CHECKED, NOT_IN_FORCE, NOT_RECORDED = "not-checked", "not-in-force", "not-recorded"
#: What a duty can be in a city, in the order in which it is told.
SAID: Mapping[str, Text] = {
    **{answer.value: text for answer, text in ANSWERS.items()},
    NOT_CHECKED: Text("nicht beurteilt", "not judged"),
    NOT_IN_FORCE: Text("nicht in Kraft", "not in force"),
    NOT_RECORDED: Text("nicht erfasst", "not recorded"),
}
#: What is told of a city without any duties.
NOTHING = Text(
    "Es sind keine Planungspflichten erfasst; daraus folgt nichts.",
    "No planning duties are recorded; nothing follows from that.",
)
#: What each of these means.
MEANT: Mapping[str, Text] = {
    Answer.FULFILLED.value: Text(
        "Ein Planwerk ist als Erfüllung bestätigt.", "A plan is confirmed as the fulfilment."
    ),
    Answer.PARTLY.value: Text("Ein Planwerk passt zum Teil.", "A plan fits in part."),
    Answer.UNKNOWN.value: Text(
        "Die Pflicht gilt; ob ein Planwerk sie erfüllt, ist nicht erfasst oder nur behauptet.",
        "The duty binds; whether a plan fulfils it is not recorded, or only claimed.",
    ),
    Answer.DRAFT.value: Text("Das genannte Planwerk gilt noch nicht.", "The plan named is not yet in force."),
    Answer.EXPIRED.value: Text(
        "Das genannte Planwerk gilt nicht mehr.", "The plan named is no longer in force."
    ),
    Answer.NO_PLAN.value: Text(
        "Es wurde gefragt, und es gibt kein Planwerk.", "It was asked, and there is no plan."
    ),
    Answer.NOT_OURS.value: Text(
        "Die Pflicht ist übertragen, ihre Bedingung liegt nicht vor, oder sie richtet sich an andere.",
        "The duty was handed over, its condition is not met, or it addresses others.",
    ),
    NOT_CHECKED: Text(
        "Ob die Pflicht die Stadt bindet, ist nicht geprüft: Bedingung oder Adressat fehlen.",
        "Whether the duty binds the city has not been checked: condition or addressee are missing.",
    ),
    NOT_IN_FORCE: Text("Die Norm galt an diesem Tag nicht.", "The norm was not in force on this day."),
    NOT_RECORDED: Text(
        "Die Stadt hat diese Pflicht nicht erfasst; daraus folgt nichts.",
        "The city has not recorded this duty; nothing follows from that.",
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one duty in one city: a word of SAID, why, whether it is a must there, whether the why tells more."""

    code: str
    reason: Text
    is_must: bool = False
    is_told: bool = False


#: What a city tells of each of its duties, by id and name.
Duties = dict[tuple[str, Text], Told]


@dataclass(frozen=True, slots=True)
class ComparedDuty:
    """One duty by its id and name, and what each city tells of it, by the id of the city."""

    id: str
    name: Text
    told: Mapping[str, Told]

    @property
    def counts(self) -> dict[str, int]:
        """Return in how many cities the duty is what, in the order of SAID, zeros left out."""
        codes = [told.code for told in self.told.values()]
        return {code: codes.count(code) for code in SAID if code in codes}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The duties of several cities, those cities whose duties could be read, and why the others could not."""

    day: date
    duties: tuple[ComparedDuty, ...]
    cities: tuple[City, ...]
    left_out: tuple[tuple[City, Text], ...]


def compare_duties(federation: Federation, cities: Iterable[City], day: date) -> Comparison:
    """Return the duties of these cities on a day beside each other; a duty is the same where id and name are the same."""
    gathered: dict[str, Duties] = {}
    read: list[City] = []
    left_out: list[tuple[City, Text]] = []
    for city in cities:
        told = duties_of(federation, city, day)
        if isinstance(told, Text):
            left_out.append((city, told))
        else:
            gathered[city.id] = told
            read.append(city)
    keys = {key: None for one in gathered.values() for key in one}
    silent = Told(NOT_RECORDED, MEANT[NOT_RECORDED])
    duties = [
        ComparedDuty(*key, {city.id: gathered[city.id].get(key, silent) for city in read}) for key in keys
    ]
    duties.sort(key=lambda duty: (duty.name.de.casefold(), duty.id))
    return Comparison(day, tuple(duties), tuple(read), tuple(left_out))


def duties_of(federation: Federation, city: City, day: date) -> Duties | Text:
    """Return what a city tells of its duties on a day, kept while its sources stay the same; or why there is nothing."""
    return federation.keep_of(city, ("duties", day), lambda: _read(federation, city, day))


def _read(federation: Federation, city: City, day: date) -> Duties | Text:
    part = federation.part(city)
    if part.trouble:
        return part.trouble
    if not (part.held and part.held.counts.get(PW.PlanningDuty)):
        return NOTHING
    try:
        with federation.cities.using(city) as workspace:
            return dict(_told_in(workspace, city, day))
    except UNREADABLE as error:
        return trouble_of(error, city)


def _told_in(workspace: Workspace, city: City, day: date) -> Iterator[tuple[tuple[str, Text], Told]]:
    network = workspace.network()
    ladder: DutyLadder = workspace.duties(day, city.body)
    for step in ladder.steps:
        yield _key(network, step.duty), _told(step)
    for law in ladder.not_in_force:
        yield _key(network, law.duty), Told(NOT_IN_FORCE, MEANT[NOT_IN_FORCE])


def _key(network: Network, duty: str) -> tuple[str, Text]:
    return network.id(duty), label_of(network, duty)


def _told(step: Step) -> Told:
    is_open = step.law.reach in {Reach.UNCHECKED, Reach.OPEN}
    must = step.law.reach is Reach.OURS and step.law.norm.modality == MUST
    return Told(NOT_CHECKED if is_open else step.answer.value, step.reason, must, is_told=bool(step.claims))
