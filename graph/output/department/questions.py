"""What to ask a department: from what the network knows of its plans, and from the gaps that the rules find there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from graph.dates import shown_date
from graph.errors import NotFound
from graph.findings.coverage import NONE, emptiness
from graph.findings.rules.chain import Scope, find_gaps, scope_on
from graph.network.build import FACT, Network, Value
from graph.network.time import State
from graph.output.department.words import KNOWN_NAMES, NOTHING, PERIOD, QUESTIONS, SOURCE, UNDATED
from ontology.text import Text

_MOST_QUESTIONS = 5
_MOST_LINES = 56
_LINES_OF_A_PLAN = 3
_OPEN_ENDED = {"fortlaufend"}
_CHAIN = {
    "ended-without-successor": "Nachfolge",
    "no-decision": "Beschluss",
    "no-lead": "Federführung",
    "target-without-indicator": "Kennzahlen",
    "leading-goal-without-steering": "Maßnahmen und Instrumente",
    "goal-without-steering": "Maßnahmen und Instrumente",
}
# facet -> property whose absence is the question
_EMPTY = {
    "Stand": "status",
    "Beginn": "validFrom",
    "Ende": "validTo",
    "Zielgruppen": "targetGroup",
    "Ziele": "pursues",
}
_PROPERTIES = _EMPTY | {
    "Federführung": "leadUnit",
    "Beschluss": "decidedOn",
    "Nachfolge": "replaces",
    "Kennzahlen": "measuredBy",
    "Maßnahmen und Instrumente": "supports",
}
_MOST_SOURCES, _MOST_NAMES, _LONGEST_NAME = 2, 2, 60

Said = tuple[Text, Text, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the facets it is about, what it is called, the sentence."""

    facets: tuple[str, ...]
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One plan on the sheet."""

    id: str
    title: str
    known: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class DepartmentSheet:
    """The sheet: the department, the day, its plans, and the titles that had no room."""

    id: str
    name: str
    day: date
    plans: tuple[PlanPart, ...]
    left_out: tuple[str, ...]


def department_sheet(network: Network, department: str, day: date) -> DepartmentSheet:
    """Return the sheet for the department that an id, a code or a name means.

    Raises NotFound, with what is near, where none or several have that name.
    """
    node = find_department(network, department)
    scope = scope_on(network, day)
    asked = _asked_by_gaps(scope)
    plans, left_out, lines = [], [], 0
    for plan in _plans(scope, node, asked):
        questions = tuple(_questions(scope, plan, asked.get(plan, ())))[:_MOST_QUESTIONS]
        lines += _LINES_OF_A_PLAN + len(questions)
        if lines > _MOST_LINES:
            left_out.append(network.label(plan))
        else:
            plans.append(PlanPart(network.id(plan), network.label(plan), _known(network, plan), questions))
    return DepartmentSheet(network.id(node), name_of(network, node), day, tuple(plans), tuple(left_out))


def find_department(network: Network, text: str) -> str:
    """Return the department that a text means: its id, its code or its name, whatever the case and the blanks.

    Raises NotFound, with what is near, where none or several fit.
    """
    nodes = (*network.of_type("OrganizationalUnit"), *network.of_type("Partner"))
    wanted = _folded(text)
    for names in (_ids, _codes, _names):
        found = [node for node in nodes if wanted in map(_folded, names(network, node))]
        if len(found) == 1:
            return found[0]
        if found:
            break
    raise _no_department(network, text, nodes)


def _no_department(network: Network, text: str, nodes: Iterable[str]) -> NotFound:
    wanted = _folded(text)
    near = [
        n
        for n in nodes
        if any(wanted in _folded(name) for names in (_codes, _names) for name in names(network, n))
    ]
    listed = "; ".join(f"{network.id(node)} ({name_of(network, node)})" for node in near[:5])
    de, en = (f" Ähnlich: {listed}.", f" Similar: {listed}.") if near else ("", "")
    return NotFound(
        f"Keine Dienststelle heißt eindeutig „{text}“. Möglich sind Kennung, Kürzel oder Name.{de}",
        f"No department is unmistakably called “{text}”. Possible are id, code or name.{en}",
    )


def _folded(text: str) -> str:
    return "".join(text.casefold().split())


def _ids(network: Network, node: str) -> list[str]:
    return [network.id(node)]


def _codes(network: Network, node: str) -> list[str]:
    return [value.text for value in network.values(node, "identifier")]


def _names(network: Network, node: str) -> list[str]:
    return [value.text for value in network.values(node, "prefLabel")]


def name_of(network: Network, node: str) -> str:
    """Return code and name of a department."""
    return " ".join([*_codes(network, node)[:1], network.label(node)])


def _asked_by_gaps(scope: Scope) -> dict[str, list[str]]:
    """Return the facets that the chain gaps ask for, by plan."""
    found: dict[str, list[str]] = {}
    for gap in find_gaps(scope, _CHAIN):
        for plan in gap.plans:
            node = scope.network.iri(plan)
            if node and _CHAIN[gap.kind] not in found.setdefault(node, []):
                found[node].append(_CHAIN[gap.kind])
    return found


def _plans(scope: Scope, department: str, asked: dict[str, list[str]]) -> list[str]:
    """Return the plans to talk about: open ones that the department leads, then ended ones without a successor.

    Plans that nobody leads are asked of those who take part in them.
    """
    network = scope.network
    led = {*network.origins(department, "leadUnit")}
    joined = {
        p for p in network.origins(department, "participatingUnit") if not network.targets(p, "leadUnit")
    }
    mine = [plan for plan in sorted(led | joined) if plan in scope.standings]
    open_plans = [plan for plan in mine if scope.standings[plan].is_open]
    ended = [plan for plan in mine if plan not in open_plans and "Nachfolge" in asked.get(plan, ())]
    return [*sorted(open_plans, key=lambda plan: (-len(asked.get(plan, ())), plan)), *ended]


def _questions(scope: Scope, plan: str, gaps: Iterable[str]) -> Iterator[Question]:
    """Yield the questions on a plan; what somebody already denied is not asked again."""
    network = scope.network
    facets = [*gaps, *(facet for facet in _EMPTY if _is_empty(scope, plan, facet))]
    open_facets = [
        facet
        for facet in QUESTIONS
        if facet in facets and emptiness(network, plan, _PROPERTIES[facet]) != NONE
    ]
    period = tuple(facet for facet in open_facets if facet in {"Beginn", "Ende"})
    for facet in open_facets:
        if facet not in period:
            yield Question((facet,), *QUESTIONS[facet])
        elif facet == period[0]:
            name, text = QUESTIONS[facet]
            yield Question(period, name, PERIOD if len(period) > 1 else text)


def _is_empty(scope: Scope, plan: str, facet: str) -> bool:
    network, name = scope.network, _EMPTY[facet]
    if facet == "Ende" and network.value(plan, "status") in _OPEN_ENDED:
        return False
    if facet in {"Ziele", "Zielgruppen"} and scope.standings[plan].state is State.ENDED:
        return False
    return not network.values(plan, name) and not network.targets(plan, name)


def _known(network: Network, plan: str) -> Text:
    """Return what is known of a plan in one line, with the sources that say it and their dates."""
    said = [*_values(network, plan), *_links(network, plan)]
    if not said:
        return NOTHING
    sources = tuple(dict.fromkeys(source for _, _, source in said))
    cited = [_cited(network, source) for source in sources[:_MOST_SOURCES]]
    more = f" (+{len(sources) - _MOST_SOURCES})" if len(sources) > _MOST_SOURCES else ""
    return Text(*(_line(said, cited, lang) + more + "]" for lang in ("de", "en")))


def _line(said: Iterable[Said], cited: Iterable[Text], lang: str) -> str:
    facts = "; ".join(f"{name[lang]} {value[lang]}" for name, value, _ in said)
    return f"{facts} [{SOURCE[lang]}: {'; '.join(text[lang] for text in cited)}"


def _values(network: Network, plan: str) -> Iterator[Said]:
    for name, label in KNOWN_NAMES.items():
        for value in network.values(plan, name)[:2]:
            yield label, _shown(value), value.source


def _links(network: Network, plan: str) -> Iterator[Said]:
    for name, label in KNOWN_NAMES.items():
        links = [link for link in network.links_from(plan, name) if link.modality == FACT]
        if links:
            yield label, _counted(network, [link.target for link in links]), links[0].sources[0]


def _shown(value: Value) -> Text:
    try:
        return shown_date(value.text)
    except ValueError:
        return Text(value.text, value.text)


def _counted(network: Network, targets: list[str]) -> Text:
    names = ", ".join(_short(network.label(target)) for target in targets[:_MOST_NAMES])
    more = len(targets) - _MOST_NAMES
    return Text(
        names + (f" und {more} weitere" if more > 0 else ""),
        names + (f" and {more} more" if more > 0 else ""),
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rpartition(' ')[0]} …"


def _cited(network: Network, source: str) -> Text:
    if source not in network.multigraph:
        name = network.id(source).removeprefix("source/")
        return Text(name, name)
    said = network.value(source, "date")
    day = shown_date(said) if said else UNDATED
    return Text(*(f"{_short(network.label(source))}, {day[lang]}" for lang in ("de", "en")))
