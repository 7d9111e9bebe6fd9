"""The social planner's overview that grew over eight years, and was never meant for a machine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.sheets.city import City, Row
from tests.sheets.desk import Desk, Page, Put

HEAD = "D9E1F2"
BAND = "FFF2CC"
SOCIAL = ("p-sep3", "p-int18", "p-hkw22", "p-hf")
ELDERLY = ("p-alt", "p-int06", "p-asw10")
YOUTH = ("p-kjfp4", "p-sepp19", "p-kita25", "p-praev", "p-pia")
CITY = ("p-mp30", "p-vm50", "p-fnp30", "p-gk", "p-bsb25", "p-iksk24")


def grown_overview(city: City) -> Desk:
    """Title rows, a header of two rows with merges, bands, totals, footnotes, legend, hidden and struck rows."""
    desk = Desk("Übersicht Planungswerke Stand 03-2025 NEU (2).xlsx")
    page = desk.page("Übersicht", widths={3: 44, 9: 30, 11: 22, 14: 26})
    _head(page)
    _social(desk, page, city)
    _youth(page, city)
    _city(page, city)
    _foot(page)
    page.hidden_columns.add(2)
    page.freeze = "D6"
    _legend(desk, city)
    _old_copy(desk)
    return desk


def _head(page: Page) -> None:
    page.line("other|header", Put("Stadt Aachen · Sozialplanung · Überblick zu Planungswerken", bold=True))
    page.merge("A1:L1")
    page.line("other|header|footnote", "Stand: März 2025, Rückmeldungen bitte an Frau Jansen (App. 5612)")
    page.blank()
    first = ("Nr.", "ID alt", "Planwerk /\nKonzept", "Zuständigkeit", None, "Laufzeit", None)
    rest = ("Beschluss-\nDatum", "Zielgr.", "Rechts-\ngrundl.", "Sach-\nstand", "Bemerkungen")
    page.line("header", *(Put(text, bold=True, fill=HEAD) for text in first + rest))
    second = (None, None, None, "Feder-\nführung", "Beteiligte\u00a0FB", "von", "bis")
    page.line("header", *(Put(text, bold=True, fill=HEAD) for text in second))
    for area in ("A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:G4", "H4:H5", "I4:I5", "J4:J5", "K4:K5", "L4:L5"):
        page.merge(area)


def _band(page: Page, text: str) -> None:
    row = page.line("section", Put(text, bold=True, fill=BAND))
    page.merge(f"A{row}:L{row}")


def _entry(page: Page, city: City, plan: Row, number: int, **changed: Any) -> int:
    """Write a plan as the planner does: years as numbers, groups one below the other."""
    lead = changed.pop("lead_text", city.code_of_lead(plan) or None)
    title = changed.pop("title_text", plan["title_de"])
    until = changed.pop("until", int(plan["valid_to"]) if len(plan["valid_to"]) == 4 else None)
    decided = changed.pop("decided", None)
    note = changed.pop("note", None)
    others = ", ".join(city.code(unit) for unit in plan["participating"].split(";") if unit.startswith("dep"))
    since = int(plan["valid_from"][:4]) if plan["valid_from"] else None
    known: dict[str, Any] = {
        "lead": city.lead(plan),
        "valid_from": str(since or ""),
        "target_groups": city.groups(plan),
        "legal_basis": plan["legal_basis"],
    } | changed
    cells = (number, f"PW-{100 + number}", title, lead, others or None, since, until, decided)
    tail = ("\n".join(city.groups(plan)), plan["legal_basis"] or None, plan["status"] or None, note)
    return page.plan(plan["title_de"], *cells, *tail, **known)


def _social(desk: Desk, page: Page, city: City) -> None:
    _band(page, "A   Soziales, Wohnen und Integration")
    top = page.next_row
    for number, plan in enumerate(city.plans(*SOCIAL), 1):
        text = "FB 56" if page.next_row == top else None
        _entry(page, city, plan, number, lead_text=text, lead=("FB 56", city.name("dep-fb56"), "dep-fb56"))
    page.merge_column(4, top, page.next_row - 1)
    page.put(top, 8, "27.08.2020")
    _decided(page, top, "2020-08-27")
    page.put(top, 14, "mit Dez. VI klären!!")
    page.put(top + 1, 14, "Anruf Hr. Schmitz 12.3.")
    corrected = Put("FB 50", comment="Korrektur 2/25: jetzt FB 56, FB 50 gibt es nicht mehr")
    _entry(
        page,
        city,
        city.plan("p-alt"),
        5,
        title_text=city.plan("p-alt")["title_de"] + " *",
        lead_text=corrected,
    )
    desk.asks("a comment corrects the lead", "jetzt FB 56")
    _entry(page, city, city.plan("p-int06"), 6, note="FF damals unklar")
    _entry(page, city, city.plan("p-asw10"), 7, decided=" 8.12.2010 ", decided_on="2010-12-08")
    struck = page.line("superseded", 8, "PW-108", "Armutsbericht Aachen 2004", "FB 50", None, 2004, None)
    page.restyle(struck, struck=True)
    page.line("total", None, None, "Summe Bereich A", 7)


def _decided(page: Page, row: int, day: str) -> None:
    """Note what the first plan of a merge was decided on."""
    plans = page.truth.plans
    for at, plan in enumerate(plans):
        if plan.place.row == row and plan.place.sheet == page.name:
            plans[at] = replace(plan, decided_on=(day,))


def _youth(page: Page, city: City) -> None:
    page.blank()
    _band(page, "B   Kinder, Jugend, Bildung")
    again = (
        "Nr.",
        "ID alt",
        "Planwerk / Konzept",
        "Federführung",
        "Beteiligte FB",
        "von",
        "bis",
        "Beschluss-Datum",
    )
    page.line("header", *(Put(text, bold=True) for text in (*again, "Zielgr.", "Rechtsgrundl.", "Sachstand")))
    dates = {"p-kjfp4": ("15.02.2023", "2023-02-15"), "p-kita25": ("11. März 2025", "2025-03-11")}
    until = {"p-kjfp4": (2026, "2026"), "p-sepp19": (2024, "2024"), "p-kita25": ("07/2026", "2026-07")}
    for number, plan in enumerate(city.plans(*YOUTH), 9):
        shown, exact = dates.get(plan["id"], (None, ""))
        end, to = until.get(plan["id"], (None, ""))
        _entry(page, city, plan, number, decided=shown, decided_on=exact, until=end, valid_to=to)
    row = page.plan(
        "Drogenhilfeplan 1998", 99, "PW-199", "Drogenhilfeplan 1998", "FB 45", None, 1998,
        classes="hidden|superseded", needed=False, lead=("FB 45",), valid_from="1998",
    )  # fmt: skip
    page.hidden_rows.add(row)
    page.line("total", None, None, "Zwischensumme B: 5 Planwerke")
    page.blank()


def _city(page: Page, city: City) -> None:
    _band(page, "C   Stadtentwicklung, Umwelt, Sicherheit")
    for number, plan in enumerate(city.plans(*CITY), 14):
        end = {"p-mp30": (2030, "2030"), "p-vm50": (2050, "2050")}.get(plan["id"], (None, ""))
        link = Put(plan["title_de"], link=plan["source_url"])
        _entry(page, city, plan, number, title_text=link, until=end[0], valid_to=end[1])
    page.line("total", None, None, Put("Gesamt", bold=True), Put("18 Planwerke", bold=True))


def _foot(page: Page) -> None:
    page.blank()
    page.line("footnote", "* wird derzeit von der Leitstelle überarbeitet")
    page.line(
        "footnote|other", "Angaben ohne Gewähr; Grundlage sind die Interviews 2017 und die Rückläufe 2023."
    )


def _legend(desk: Desk, city: City) -> None:
    page = desk.page("Legende")
    page.line("other|header|legend", "Abkürzungen")
    page.line("header|legend", "Kürzel", "Bedeutung")
    for unit in ("dep-fb56", "dep-fb45", "dep-fb50", "dep-fb61", "dep-fb36", "dep-fb37"):
        page.line("legend", city.code(unit), city.name(unit))
    page.line("legend", "PW", "Planwerk")


def _old_copy(desk: Desk) -> None:
    page = desk.page("Übersicht alt 2014", hidden=True)
    page.line("hidden|superseded|header", "Planwerk", "Federführung", "von")
    page.line("hidden|superseded|duplicate", "Integrationskonzept der Stadt Aachen (2018)", "FB 02", 2013)
    page.line("hidden|superseded|duplicate", "Sozialentwicklungsplan 1. Auflage", "FB 50", 2009)
