"""Tie what sheets name to plans: goals and measures to the plans of this workbook, plans to those of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from graph.errors import Text
from graph.intake.sheets.known import Known
from graph.intake.sheets.records.log import Log
from graph.intake.sheets.review import Record
from graph.intake.sheets.wording.empties import empty_kind
from graph.intake.sheets.wording.folding import compact
from graph.intake.sheets.wording.titles import NEAR, nearness, titled

_WORTH_ASKING = 85.0
_MOST_ASKED = 2_000  # plans beyond which nothing near is looked for in the graph


class PlanNames:
    """The plans of a workbook and of the graph by title and abbreviation; a name of two plans means neither."""

    def __init__(self, plans: Iterable[Record], known: Known) -> None:
        self.titles: dict[str, str] = {}
        names: defaultdict[str, set[str]] = defaultdict(set)
        for plan in plans:
            title = plan.text("title")
            self._add(names, title, title)
            if plan.text("abbreviation"):
                names[compact(plan.text("abbreviation"))].add(title)
        for thing in known.plans:
            for name in thing.names:
                self._add(names, name, thing.names[0])
        aliases = known.corrections.aliases.get("plans", {})
        by_id = {thing.id: thing.names[0] for thing in known.plans if thing.names}
        self.names = {name: next(iter(titles)) for name, titles in names.items() if name and len(titles) == 1}
        self.names |= {compact(alias): by_id.get(meant, meant) for alias, meant in aliases.items()}

    def _add(self, names: defaultdict[str, set[str]], name: str, title: str) -> None:
        for key in {compact(name), compact(titled(name).title)}:
            same = {held for held in names[key] if compact(held) == compact(title)}
            if not same:
                names[key].add(title)

    def meant(self, text: str) -> str:
        """Return the title of the plan that a text names; empty where it names none or several."""
        return self.names.get(compact(text)) or self.names.get(compact(titled(text).title)) or ""

    def guess(self, text: str) -> str:
        """Return the title that is nearest to a text; empty where none is near."""
        found = process.extractOne(
            compact(text), self.names.keys(), scorer=fuzz.ratio, score_cutoff=_WORTH_ASKING
        )
        return self.names[found[0]] if found else ""


def link_to_plans(record: Record, names: PlanNames, log: Log) -> None:
    """Write the plans that a goal, measure or instrument names with the titles of the inventory; ask where it has none."""
    for field in ("plan", "plans"):
        texts = [text for text in record.items(field) if not empty_kind(text)]
        if not texts:
            continue
        meant = [names.meant(text) or _asked(text, record, names, log) for text in texts]
        record.values[field] = meant if field == "plans" else (meant[0] if len(meant) == 1 else meant)


def _asked(text: str, record: Record, names: PlanNames, log: Log) -> str:
    guess = names.guess(text)
    sentence = Text(
        f"„{text}“ steht in keiner Übersicht der Planwerke. Welches Planwerk ist gemeint?",
        f"“{text}” is in no inventory of plans. Which plan is meant?",
    )
    return log.ask("plan", (text,), sentence, record.where, guess, (guess,) if guess else ()) or text


def link_to_known(plans: list[Record], known: Known, log: Log) -> None:
    """Give plans the id of the plan of the graph with the same title; ask about those that are nearly the same."""
    if not known.plans and not known.corrections.aliases.get("plans"):
        return
    by_title: dict[str, str] = {}
    titles: dict[str, str] = {}
    for thing in known.plans:
        for name in thing.names:
            by_title.setdefault(compact(name), thing.id)
            by_title.setdefault(compact(titled(name).title), thing.id)
        titles[thing.id] = thing.names[0] if thing.names else thing.id
    aliases = {compact(name): meant for name, meant in known.corrections.aliases.get("plans", {}).items()}
    for plan in plans:
        title = plan.text("title")
        keys = (compact(title), compact(titled(title).title))
        plan.id = next((found for key in keys if (found := aliases.get(key) or by_title.get(key))), plan.id)
        if not plan.id and titles and len(plans) <= _MOST_ASKED:
            _ask_known(plan, titles, log)


def _ask_known(plan: Record, titles: dict[str, str], log: Log) -> None:
    title = plan.text("title")
    found = process.extractOne(title, titles, scorer=fuzz.ratio, score_cutoff=_WORTH_ASKING)
    if found is None or nearness(title, found[0]) < NEAR:
        return
    text = Text(
        f"Ist „{title}“ das schon bekannte Planwerk „{found[0]}“?",
        f"Is “{title}” the plan “{found[0]}” that is known already?",
    )
    answer = log.ask("same-plan", (title, found[0]), text, plan.where, found[2], (found[2], "different"))
    plan.id = answer if answer and answer != "different" else plan.id
