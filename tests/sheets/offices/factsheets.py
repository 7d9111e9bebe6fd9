"""Fact sheets: plans as columns beside each other, and a sheet for each plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sheets.city import City, Row, all_ways
from tests.sheets.desk import Desk, Page, Put

BESIDE = ("p-sport24", "p-kjfp3", "p-glp24", "p-spk", "p-ds23")
CARDS = ("p-ikas", "p-bev", "p-wmb25", "p-klp09", "p-vhs23", "p-bsb18")
LINE = "plan|header|goal|other"


def plans_as_columns(city: City) -> Desk:
    """A comparison for the steering group: what is asked stands on the left, each plan has a column."""
    desk = Desk("Steckbriefe_Vergleich.xlsx")
    page = desk.page("Vergleich")
    plans = list(city.plans(*BESIDE))
    page.line("other|header", Put("Steckbriefe der Fachplanungen im Vergleich", bold=True))
    page.blank()
    top = page.line(
        "header|plan|other",
        Put("Merkmal", bold=True),
        *(Put(p["title_de"], bold=True, fill="E2EFDA") for p in plans),
    )
    _beside(page, city, plans)
    page.blank()
    page.line("footnote|other", "Quelle: eigene Erhebung der Geschäftsstelle")
    for plan in plans:
        page.knows(
            plan["title_de"], top, lead=city.lead(plan), row_is_exact=False,
            valid_from=plan["valid_from"], valid_to=plan["valid_to"], decided_on=_day(plan),
            target_groups=city.groups(plan), goals=city.goals(plan), legal_basis=plan["legal_basis"],
        )  # fmt: skip
    return desk


def _day(plan: Row) -> str:
    return plan["adopted_on"]


def _german(day: str) -> str | None:
    return ".".join(reversed(day.split("-"))) or None


def _beside(page: Page, city: City, plans: list[Row]) -> None:
    asked: tuple[tuple[str, Callable[[Row], Any]], ...] = (
        ("Verantwortliche Dienststelle", city.name_of_lead),
        ("Art des Plans", lambda plan: plan["kind"]),
        ("Gültig ab", lambda plan: _german(plan["valid_from"])),
        ("Gültig bis", lambda plan: _german(plan["valid_to"])),
        ("Beschlossen am", lambda plan: _german(plan["adopted_on"])),
        ("Für wen?", lambda plan: "; ".join(city.groups(plan))),
        ("Gesetzliche Grundlage", lambda plan: plan["legal_basis"] or None),
        ("Ziele", lambda plan: "\n".join(f"{n}) {goal}" for n, goal in enumerate(city.goals(plan), 1))),
        ("Ansprechperson", lambda plan: "Fr. Peters" if plan["participating"] else "Hr. Jung"),
    )
    for question, answer in asked:
        page.line(LINE, Put(question, bold=True), *(answer(plan) for plan in plans))


def a_sheet_for_each(city: City) -> Desk:
    """A list of contents and then a filled form for each plan, key on the left, answer on the right."""
    desk = Desk("Planwerke Steckbriefe einzeln.xlsx")
    contents = desk.page("Inhalt")
    contents.line("other|header", Put("Inhaltsverzeichnis", bold=True))
    contents.line("header|other", "Blatt", "Planwerk")
    for number, plan in enumerate(city.plans(*CARDS), 1):
        link = Put(plan["title_de"], link=f"#'SB {number}'!A1")
        contents.line("other|plan|duplicate|legend", f"SB {number}", link)
    for number, plan in enumerate(city.plans(*CARDS), 1):
        _card(desk.page(f"SB {number}", widths={1: 28, 2: 60}), city, plan)
    return desk


def _card(page: Page, city: City, plan: Row) -> None:
    page.line("other|header", Put("STECKBRIEF PLANWERK", bold=True, fill="BDD7EE"))
    page.merge("A1:B1")
    page.blank()
    lead = city.name_of_lead(plan)
    for question, answer in (
        ("Titel des Planwerks:", plan["title_de"]),
        ("Federführendes Amt:", f"{lead} ({city.code_of_lead(plan)})" if lead else None),
        (
            "Mitwirkende:",
            "; ".join(map(city.code, plan["participating"].split(";"))) if plan["participating"] else None,
        ),
        ("Beschlussdatum:", _german(plan["adopted_on"])),
        ("Geltungszeitraum:", _span(plan)),
        ("Zielgruppen:", "\n".join(f"- {group}" for group in city.groups(plan))),
        ("Ziele:", "\n".join(f"• {goal}" for goal in city.goals(plan))),
        ("Rechtsgrundlage:", plan["legal_basis"] or "keine"),
        ("Bearbeitungsstand:", plan["status"]),
        ("Ausgefüllt am:", "14.02.2025"),
        ("Ausgefüllt von:", "M. Krüger"),
    ):
        page.line(LINE, Put(question, bold=True), answer)
    page.knows(
        plan["title_de"], 3, row_is_exact=False,
        lead=(*city.lead(plan), f"{lead} ({city.code_of_lead(plan)})") if lead else (),
        valid_from=plan["valid_from"], valid_to=plan["valid_to"], decided_on=plan["adopted_on"],
        target_groups=city.groups(plan), goals=city.goals(plan), legal_basis=(plan["legal_basis"], "keine"),
    )  # fmt: skip


def _span(plan: Row) -> str | None:
    since, until = _german(plan["valid_from"]), _german(plan["valid_to"])
    return f"{since} – {until}" if until else f"ab {since}" if since else None


def blocks_below_each_other(city: City) -> Desk:
    """One sheet, one block of questions for each plan, an empty row between."""
    desk = Desk("Abfrage_Fachplanungen_Ruecklauf.xlsx")
    page = desk.page("Rücklauf")
    page.line("other|header", Put("Rücklauf der Abfrage Fachplanungen", bold=True))
    for plan in city.plans("p-hdw", "p-eea17", "p-mep17", "p-haaren"):
        page.blank()
        row = page.line(LINE, Put("Name der Planung", bold=True), plan["title_de"])
        page.line(LINE, Put("Zuständig (FB/Eigenbetrieb)", bold=True), city.code_of_lead(plan))
        page.line(LINE, Put("Beginn", bold=True), int(plan["valid_from"]))
        page.line(LINE, Put("Ende", bold=True), int(plan["valid_to"]) if plan["valid_to"] else None)
        page.line(LINE, Put("Zielgruppe", bold=True), "; ".join(city.groups(plan)))
        page.knows(
            plan["title_de"], row, lead=all_ways(city, plan["lead_department"]), row_is_exact=False,
            valid_from=plan["valid_from"], valid_to=plan["valid_to"], target_groups=city.groups(plan),
        )  # fmt: skip
    return desk
