"""What the people in the room see at each step: a sentence, what it rests on, and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from graph.errors import PlanwerkError, Text
from graph.findings.decisions import evidence_digest
from graph.findings.rules.registry import BY_ID
from graph.output.drawing.legend import short_name
from graph.output.walks.walk import is_closing
from graph.output.walks.words import FACETS, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from graph.findings.finding import Finding, FindingSet, Shared
    from graph.network.build import Network
    from graph.output.drawing.document import Document
    from graph.output.lenses.view import View
    from graph.output.walks.walk import Step, Walk

MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that plans share: its kind and name, and how many of the plans have it."""

    facet: Text
    label: str
    count: Text


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that stands already."""

    state: str
    reason: str
    role: str
    day: str
    paper: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A note that a meeting took."""

    text: str
    role: str
    day: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it is told in the room."""

    id: str
    kind: Text
    band: str
    sentence: Text
    shared: tuple[Line, ...]
    more: int
    leads: tuple[str, ...]
    plans: bool
    ways: tuple[Text, ...]
    coverage: Text
    sources: tuple[str, ...]
    more_sources: int
    state: str
    changed: bool
    taken: tuple[Taken, ...]
    noted: tuple[Noted, ...]
    evidence: str
    known: str


@dataclass(frozen=True, slots=True)
class Slide:
    """One step on the wall; ``lost`` says why there is no picture or finding any more."""

    number: int
    title: Text
    step: Step
    document: Document | None
    told: Told | None
    closing: bool
    lost: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """A walk made ready: its slides, and the findings that it comes by, each with the first step that shows it.

    ``meetings`` are those whose decisions at this walk are stored already; ``place`` tells inventories apart, so that the
    drafts of one are not taken for those of another.
    """

    walk: Walk
    day: date
    snapshot: str
    slides: tuple[Slide, ...]
    meetings: tuple[str, ...] = ()
    place: str = ""

    @property
    def told(self) -> tuple[tuple[int, Told], ...]:
        """The findings with the number of the first step that shows each."""
        found: dict[str, tuple[int, Told]] = {}
        for slide in self.slides:
            if slide.told:
                found.setdefault(slide.told.id, (slide.number, slide.told))
        return tuple(found.values())


def show_of(walk: Walk, network: Network, found: FindingSet, draw: Callable[[View], Document]) -> Show:
    """Return the walk as slides of a day; what can no longer be shown is said in its place."""
    by_id = {finding.id: finding for finding in found.findings}
    slides = tuple(
        _slide(number, step, network, found, by_id, draw) for number, step in enumerate(walk.steps, start=1)
    )
    place = sha256(network.base.encode()).hexdigest()[:8]
    return Show(walk, found.as_of, found.snapshot, slides, place=place)


def _slide(
    number: int,
    step: Step,
    network: Network,
    found: FindingSet,
    by_id: Mapping[str, Finding],
    draw: Callable[[View], Document],
) -> Slide:
    finding, lost = by_id.get(step.finding), []
    if step.finding and finding is None:
        lost.append(WORDS["gone"])
    told = told_of(network, finding, found.coverage) if finding else None
    document = None
    if not is_closing(step):
        try:
            document = draw(step.view)
        except PlanwerkError as error:  # a thing of the view is no longer recorded
            lost.append(_filled(WORDS["gone_view"], error.text))
    title = step.title or (told.kind if told else Text(**document["title"]) if document else WORDS["gone"])
    return Slide(number, title, step, document, told, is_closing(step), tuple(lost))


def _filled(said: Text, by: Text) -> Text:
    return Text(said.de.format(by.de), said.en.format(by.en))


def told_of(network: Network, finding: Finding, coverage: Mapping[str, Mapping[str, object]]) -> Told:
    """Return a finding as it is told: the rarest shared concepts first, facts of coordination before wishes."""
    looked = coverage[finding.rule.id]["text"]
    assert isinstance(looked, dict)
    sources = tuple(dict.fromkeys(entry.source for entry in finding.evidence))
    wishes = (
        Text(WORDS["wished"].de.format(w.text.de), WORDS["wished"].en.format(w.text.en))
        for w in finding.wished_through
    )
    ways = tuple(dict.fromkeys([*(way.text for way in finding.coordinated_through), *wishes]))
    return Told(
        id=finding.id,
        kind=kind_of(finding),
        band=finding.band,
        sentence=finding.sentence,
        shared=tuple(_line(shared) for shared in finding.shared[:MOST_LINES]),
        more=max(len(finding.shared) - MOST_LINES, 0),
        leads=_leads(network, finding),
        plans=bool(finding.plans),
        ways=ways[:MOST_LINES],
        coverage=Text(looked["de"], looked["en"]),
        sources=tuple(_cited(network, source) for source in sources[:MOST_LINES]),
        more_sources=max(len(sources) - MOST_LINES, 0),
        state=finding.state,
        changed=bool(finding.details.get("evidence_changed")),
        taken=tuple(_taken(entry) for entry in finding.details.get("decisions", ())),
        noted=tuple(
            Noted(entry["note"], entry["role"], entry["date"]) for entry in finding.details.get("notes", ())
        ),
        evidence=evidence_digest(finding),
        known=known_of(finding),
    )


def recorded(finding: Finding) -> list[Mapping[str, str]]:
    """Return the decisions and notes on a finding, each as the store tells it."""
    return [*finding.details.get("decisions", ()), *finding.details.get("notes", ())]


def known_of(finding: Finding) -> str:
    """Return a digest of what is recorded on a finding: another one as soon as somebody records more."""
    return sha256(repr([sorted(entry.items()) for entry in recorded(finding)]).encode()).hexdigest()[:16]


def _line(shared: Shared) -> Line:
    count = Text(f"{shared.count} von {shared.of} Planwerken", f"{shared.count} of {shared.of} plans")
    return Line(FACETS[shared.facet], shared.label, count)


def _leads(network: Network, finding: Finding) -> tuple[str, ...]:
    plans = [node for plan in finding.plans if (node := network.iri(plan))]
    units: Iterable[str] = (unit for plan in plans for unit in network.targets(plan, "leadUnit"))
    return tuple(dict.fromkeys(short_name(network, unit) or network.label(unit) for unit in units))


def _cited(network: Network, source: str) -> str:
    node = network.iri(f"source/{source}")
    if node is None:
        return source
    dated = network.value(node, "date")
    return f"{network.label(node)}, {dated}" if dated else network.label(node)


def _taken(entry: Mapping[str, str]) -> Taken:
    return Taken(entry["state"], entry["reason"], entry["role"], entry["date"], entry["paper"])


def kind_of(finding: Finding) -> Text:
    """Return what a kind of finding is called: its title, after the name of the rule where the title alone says little."""
    name, title = BY_ID[finding.rule.id].name, Text(**finding.details["title"])
    if finding.rule.id != "overlap":
        return title
    return Text(f"{name.de}, {title.de}", f"{name.en}, {title.en}")
