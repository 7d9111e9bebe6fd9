"""Plans with what hangs on them: goals in rows, measures and instruments beside, two tables on a sheet."""

from __future__ import annotations

from typing import Any

from tests.sheets.city import City, Row, all_ways
from tests.sheets.desk import Desk, Page, Put

DEEP = ("p-hkw22", "p-kla19", "p-ikas", "p-sport24", "p-preus", "p-bsb18", "p-wmb25")


def goals_in_rows(city: City) -> Desk:
    """A matrix for controlling: the plan is merged over its goals; two more sheets for measures and instruments."""
    desk = Desk("Ziele-Matrix Controlling 2024.xlsx")
    page = desk.page("Zielmatrix")
    page.line("other|header", Put("Zielmatrix der Fachplanungen", bold=True))
    page.line("header", "Handlungsfeld", "Planwerk", "FF", "seit", "Ziel", "Zielgruppe", "Kennzahl Ist (%)")
    for key in DEEP:
        _goals(page, city, city.plan(key))
    _measures(desk, city)
    _instruments(desk, city)
    return desk


def _goals(page: Page, city: City, plan: Row) -> None:
    goals = [goal for goal in city.tables["goals"].values() if goal["plan"] == plan["id"]]
    top, topic = page.next_row, city.tables["topics"][plan["topics"].split(";")[0]]["title_de"]
    for number, goal in enumerate(goals or [{}]):
        groups = goal.get("target_groups", "")
        names = "; ".join(
            city.tables["target_groups"][group]["title_de"] for group in groups.split(";") if group
        )
        head = (
            (topic, plan["title_de"], city.code_of_lead(plan), int(plan["valid_from"]))
            if number == 0
            else (None,) * 4
        )
        share = 12.5 + number if goal else None
        page.line("plan" if number == 0 else "goal", *head, goal.get("title_de"), names or None, share)
    if len(goals) > 1:
        for column in range(1, 5):
            page.merge_column(column, top, page.next_row - 1)
    page.knows(
        plan["title_de"], top, lead=city.lead(plan), valid_from=plan["valid_from"],
        goals=tuple(goal["title_de"] for goal in goals),
    )  # fmt: skip


def _measures(desk: Desk, city: City) -> None:
    page = desk.page("Maßnahmen")
    page.line("header", "Nr.", "Maßnahme", "aus Planwerk", "verantwortlich", "Umsetzungsstand", "Kosten (€)")
    number = 0
    for key in DEEP:
        for measure in city.of("measures", "plan", key):
            number += 1
            unit = measure["responsible"]
            cost = int(measure["cost_eur"]) if measure["cost_eur"] else None
            page.line(
                "measure", f"M{number}", measure["title_de"], city.plan(key)["title_de"],
                city.code(unit) if unit else None, measure["status"], cost,
            )  # fmt: skip
    page.line("total", None, "Summe Kosten", None, None, None, 1592900)


def _instruments(desk: Desk, city: City) -> None:
    page = desk.page("Instrumente")
    page.line("header", "Steuerungsinstrument", "Typ", "angesiedelt bei", "seit", "dient Planwerk")
    for key in ("i-wohnmon", "i-dach", "i-sportportal", "i-lenk-ikas", "i-strvo", "i-umsfahr"):
        row = city.tables["instruments"][key]
        unit = row["department"].split(";")[0]
        plan = row["plans"].split(";")[0]
        title = city.plan(plan)["title_de"] if plan else None
        page.line(
            "instrument",
            row["title_de"],
            row["type"],
            city.code(unit) if unit else None,
            row["since"][:4] or None,
            title,
        )


def two_tables_on_a_sheet(city: City) -> Desk:
    """Plans in force, below them plans in the making with other columns, and measures to the right of both."""
    desk = Desk("Arbeitsstand Planungen (intern).xlsx")
    page = desk.page("Tabelle1")
    page.line("section|other|header", Put("1. Geltende Planungen", bold=True))
    page.line("header", "Planung", "FF-Amt", "Beschluss", "in Kraft bis")
    for key, day, until in (
        ("p-kjfp4", "15.02.23", "2026"),
        ("p-spk", "15.3.2022", None),
        ("p-ms30b", "30. Jan. 2020", 2030),
    ):
        plan = city.plan(key)
        page.plan(
            plan["title_de"], plan["title_de"], city.code_of_lead(plan), day, until, lead=city.lead(plan),
            decided_on=plan["adopted_on"], valid_to=str(until or ""),
        )  # fmt: skip
    page.blank(2)
    page.line("section|other|header", Put("2. In Vorbereitung", bold=True))
    page.line("header", "Arbeitstitel", "Start der Arbeiten", "Beschluss geplant für", "Federführung")
    for key, start, planned in (
        ("p-forst-isek", 2024, "Herbst 2025"), ("p-klp25", "2023", "IV/2025"), ("p-hap", None, "21. März 2026")
    ):  # fmt: skip
        plan = city.plan(key)
        page.plan(
            plan["title_de"], plan["title_de"], start, planned, city.code_of_lead(plan) or None, lead=city.lead(plan),
            valid_from=("", str(start)) if start else "",
        )  # fmt: skip
    _beside(page)
    return desk


def _beside(page: Page) -> None:
    """Put a small list to the right, in rows that are plans already."""
    beside: tuple[tuple[Any, ...], ...] = (
        ("offene Punkte", "wer", "bis"),
        ("Daten Wohnungsmarkt nachfordern", "Frau Bohn", "KW 12"),
        ("Termin Lenkungsgruppe", "Hr. Claßen", "Mai"),
    )
    for row, cells in enumerate(beside, 2):
        for column, value in enumerate(cells, 7):
            page.put(row, column, value)


def printed_pages(city: City) -> Desk:
    """A list made for printing: the header on each page, carried totals, page numbers, the lead as a band."""
    desk = Desk("Druckfassung Liste.xlsx")
    page = desk.page("Druck", filter="")
    keys = (
        "p-kita07",
        "p-kita16",
        "p-sepp06",
        "p-seps05",
        "p-mep17",
        "p-kim",
        "p-bsb18",
        "p-lage21",
        "p-vm50",
        "p-lp88",
    )
    for sheet, chunk in enumerate((keys[:4], keys[4:7], keys[7:]), 1):
        page.line("other|header|section", f"Verzeichnis der städtischen Planungen – Blatt {sheet}")
        page.line(
            "header", "Lfd. Nr.", "Planungsbezeichnung", "Feder-\nführend", "ab", "bis", "Umfang (Seiten)"
        )
        if sheet > 1:
            page.line("total", None, "Übertrag", None, None, None, 120 * (sheet - 1))
        for number, plan in enumerate(city.plans(*chunk), 4 * (sheet - 1) + 1):
            since, until = plan["valid_from"][:4], plan["valid_to"][:4]
            page.plan(
                plan["title_de"], number, plan["title_de"], city.code_of_lead(plan) or None, int(since),
                int(until) if until else None, 40, lead=city.lead(plan), valid_from=since, valid_to=until,
            )  # fmt: skip
        page.line("total", None, "Summe Blatt / Übertrag", None, None, None, 120 * sheet)
        page.line("other|footnote", f"Seite {sheet} von 3")
        page.blank()
    return desk


def mixed_languages(city: City) -> Desk:
    """A table for a European network: English above German, and a column in neither order."""
    desk = Desk("City plans EN-DE.xlsx")
    page = desk.page("Plans")
    page.line("other|header", "Strategic plans of the City (for EU partners) / Strategische Pläne der Stadt")
    page.blank()
    page.line(
        "header", "#", "Plan title / Titel", "Lead dept.", "Since", "Until", "Adopted on", "Target group(s)", "Legal basis",
        "Status", "Remarks",
    )  # fmt: skip
    status = {
        "gültig": "in force",
        "abgelöst": "replaced",
        "in Erarbeitung": "in preparation",
        "ausgelaufen": "expired",
    }
    adopted = {
        "p-sport24": "26 June 2024",
        "p-glp24": None,
        "p-hkw22": "2022-05-11",
        "p-fnp30": "August 26, 2020",
    }
    keys = ("p-sport24", "p-glp24", "p-hkw22", "p-fnp30", "p-iksk20", "p-rp", "p-nach", "p-lp30")
    for number, plan in enumerate(city.plans(*keys), 1):
        day = adopted.get(plan["id"])
        years = [plan["valid_from"][:4], plan["valid_to"][:4]]
        page.plan(
            plan["title_de"], number, plan["title_de"], city.code_of_lead(plan) or "tbd", *(year or "n/a" for year in years),
            day, "; ".join(city.groups(plan)), plan["legal_basis"] or "none", status[plan["status"]],
            "next review 2027" if number == 2 else None,
            lead=all_ways(city, plan["lead_department"]) if plan["lead_department"] else (),
            valid_from=years[0], valid_to=years[1], decided_on=plan["adopted_on"] if day else "",
            target_groups=city.groups(plan), status=(plan["status"], status[plan["status"]]),
            legal_basis=(plan["legal_basis"], "none"),
        )  # fmt: skip
    desk.truth.never_leads.append("tbd")
    return desk
