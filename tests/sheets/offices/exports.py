"""What comes out of other programs: text with delimiters in three ways, and an open document."""

from __future__ import annotations

from datetime import date

from tests.sheets.city import City, Row
from tests.sheets.desk import Desk, Page, Put

REGISTER = (
    "p-pf21",
    "p-kita24",
    "p-lage21",
    "p-rad22",
    "p-emob25",
    "p-nvp",
    "p-iksk20",
    "p-hap",
    "p-ms30a",
    "p-klp25",
)
BUSINESS = ("p-forst-isek", "p-ik22", "p-kla19", "p-kim", "p-sdg", "p-wmb24", "p-ds19", "p-zent08")
STATISTICS = ("p-jc13", "p-jc18", "p-inksr", "p-sozsr", "p-glpsr", "p-intsr")
CULTURE = ("p-klp09", "p-kubi06", "p-spiel12", "p-hdw", "p-vhslb", "p-vhs23")


def old_register(city: City) -> Desk:
    """A dump of an old database: semicolons, decimal commas, everything in capitals above; a single year as a period may be a question."""
    desk = Desk("PLANREG_EXPORT.csv")
    page = desk.page("PLANREG_EXPORT")
    page.line(
        "header",
        "LFD_NR",
        "BEZEICHNUNG",
        "FF / AMT",
        "ZEITRAUM",
        "KOSTEN IN T€",
        "BESCHLUSS-DATUM",
        "ZIELGRUPPE(N)",
    )
    for number, plan in enumerate(city.plans(*REGISTER), 1):
        span = f"{plan['valid_from']}-{plan['valid_to']}" if plan["valid_to"] else plan["valid_from"]
        day = plan["adopted_on"] if len(plan["adopted_on"]) == 10 else ""
        decided = ".".join(reversed(day.split("-")))
        groups = " / ".join(city.groups(plan))
        page.plan(
            plan["title_de"], number, plan["title_de"], city.code_of_lead(plan), span, 12.5 * number, decided, groups,
            lead=city.lead(plan), valid_from=plan["valid_from"] if plan["valid_to"] else ("", plan["valid_from"]), valid_to=plan["valid_to"], decided_on=day,
            target_groups=city.groups(plan),
        ) if "-" not in plan["valid_from"] else _school_year(page, city, plan, number, groups)  # fmt: skip
    page.line("total", None, "SUMME", None, None, 687.5)
    return desk


def _school_year(page: Page, city: City, plan: Row, number: int, groups: str) -> None:
    span = "01.08.2024 - 31.07.2025"
    page.plan(
        plan["title_de"], number, plan["title_de"], city.code_of_lead(plan), span, 12.5 * number, "", groups,
        lead=city.lead(plan), valid_from="2024-08-01", valid_to="2025-07-31", target_groups=city.groups(plan),
    )  # fmt: skip


def business_tabs(city: City) -> Desk:
    """A table from a project program: tabs, UTF-8 with a mark in front, English dates of machines."""
    desk = Desk("projektliste.csv")
    page = desk.page("projektliste")
    page.line(
        "header",
        "Projekt-ID",
        "Name der Strategie/des Konzepts",
        "Verantwortlich",
        "Startdatum",
        "Enddatum",
        "Phase",
    )
    for number, plan in enumerate(city.plans(*BUSINESS), 4711):
        start, end = plan["valid_from"], plan["valid_to"]
        name = city.name_of_lead(plan)
        page.plan(
            plan["title_de"], number, plan["title_de"], name, start, end, plan["status"],
            lead=city.lead(plan), valid_from=start, valid_to=end, status=("", plan["status"]),
        )  # fmt: skip
    return desk


def region_commas(city: City) -> Desk:
    """A table with commas and quotes from the neighbours, a note above it."""
    desk = Desk("sozialplanung region.csv")
    page = desk.page("sozialplanung region")
    page.line("other|header", "Planungen im Kreis (Auszug)")
    page.line("header", "Titel", "Träger", "Jahr von", "Jahr bis", "Adressaten")
    for plan in city.plans(*STATISTICS):
        page.plan(
            plan["title_de"], plan["title_de"], city.name_of_lead(plan), plan["valid_from"][:4], plan["valid_to"][:4],
            "; ".join(city.groups(plan)), lead=city.lead(plan), valid_from=plan["valid_from"][:4],
            valid_to=plan["valid_to"][:4], target_groups=city.groups(plan),
        )  # fmt: skip
    return desk


def culture_document(city: City) -> Desk:
    """An open document of the culture office: a merged lead, real dates, a remark on a cell."""
    desk = Desk("Kulturplanung.ods")
    page = desk.page("Tabelle1")
    page.line("other|header", "Planungen im Kulturbereich", left=2)
    page.blank()
    page.line(
        "header", "Plan", "federführend", "Beschluss vom", "Wer soll erreicht werden?", "gilt seit", left=2
    )
    days = {"p-kubi06": date(2006, 11, 28), "p-spiel12": date(2012, 4, 26), "p-vhs23": date(2023, 6, 1)}
    for plan in city.plans(*CULTURE):
        lead = (
            Put(city.code_of_lead(plan), comment="früher 41")
            if plan["id"] == "p-klp09"
            else city.code_of_lead(plan)
        )
        shown = None if plan["id"] in {"p-kubi06", "p-vhs23"} else lead
        day = days.get(plan["id"])
        since = plan["valid_from"][:4]
        page.plan(
            plan["title_de"], plan["title_de"], shown, day, "\n".join(city.groups(plan)),
            int(since) if since else None, left=2, lead=city.lead(plan), valid_from=since,
            decided_on=day.isoformat() if day else "", target_groups=city.groups(plan),
        )  # fmt: skip
    page.merge_column(3, 4, 5)
    page.merge_column(3, 8, 9)
    notes = desk.page("Notizen")
    notes.line("other|footnote", "Nächste Sitzung der Lenkungsgruppe im Mai, Raum 112")
    notes.line("other|footnote", "Kuchen mitbringen")
    return desk
