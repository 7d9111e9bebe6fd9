"""Departments as people write them, and a sheet for each department."""

from __future__ import annotations

import unicodedata

from tests.sheets.city import City, all_ways
from tests.sheets.desk import Desk, Page, Put


def a_sheet_for_each_department(city: City) -> Desk:
    """Each department filled its own sheet, and each changed the form a little."""
    desk = Desk("Abfrage_Planwerke_alle_Fachbereiche.xlsx")
    start = desk.page("Anleitung")
    start.line(
        "other|legend|footnote", "Bitte je Fachbereich ein Blatt ausfüllen und bis 31.03.2025 zurücksenden."
    )
    start.line("other|legend|footnote", "Beispiel: Sozialentwicklungsplan, FB 56, 2020, Rat 27.08.2020")
    _school(desk.page("FB 45"), city)
    _sport(desk.page("FB52"), city)
    _town(desk.page("61 Stadtentw."), city)
    _green(desk.page("Umwelt (36)"), city)
    empty = desk.page("FB 23")
    empty.line("other|header", "Fachbereich:", "Immobilienmanagement")
    empty.line("header", "Planwerk", "Seit wann?", "Bis wann?", "Zielgruppen")
    empty.line("other|footnote", "Fehlanzeige")
    return desk


def _school(page: Page, city: City) -> None:
    page.line("other|header|section", "Fachbereich:", "Kinder, Jugend und Schule")
    page.line("header", "Planwerk", "Seit wann?", "Bis wann?", "Zielgruppen", "Federführung")
    for plan in city.plans("p-kita21", "p-kita19", "p-praev"):
        months = [".".join((day[5:], day[:4])).strip(".") for day in (plan["valid_from"], plan["valid_to"])]
        page.plan(
            plan["title_de"], plan["title_de"], *(month or None for month in months), "; ".join(city.groups(plan)),
            "wir", lead=(*all_ways(city, "dep-fb45"), "wir"), lead_may_stay_empty=True,
            valid_from=plan["valid_from"], valid_to=plan["valid_to"], target_groups=city.groups(plan),
        )  # fmt: skip


def _sport(page: Page, city: City) -> None:
    page.line("other|header|section", "Fachbereich:", "Sport", None, "ausgefüllt von:", "K. Lenzen")
    page.line("header", "lfd.", "Planwerk", "Federführung", "Seit wann?", "Bis wann?", "Zielgruppen")
    for number, plan in enumerate(city.plans("p-sport09", "p-sport24"), 1):
        page.plan(
            plan["title_de"], number, plan["title_de"], "FB52", int(plan["valid_from"]), "–",
            "; ".join(city.groups(plan)), lead=(*all_ways(city, "dep-fb52"), "FB52"),
            valid_from=plan["valid_from"], target_groups=city.groups(plan),
        )  # fmt: skip


def _town(page: Page, city: City) -> None:
    page.line("header", "Planwerk/ Konzept", "Zuständiges Amt", "Laufzeit", "Zielgruppen")
    for plan in city.plans("p-mp30", "p-ms30b", "p-haaren"):
        span = f"{plan['valid_from']} bis {plan['valid_to']}" if plan["valid_to"] else plan["valid_from"]
        page.plan(
            plan["title_de"], plan["title_de"], "FB 61/300", span, "alle",
            lead=(*all_ways(city, "dep-fb61"), "FB 61/300"),
            valid_from=plan["valid_from"], valid_to=plan["valid_to"],
        )  # fmt: skip
    page.blank()
    page.line("footnote|other|total", "insgesamt 3")


def _green(page: Page, city: City) -> None:
    page.blank()
    page.line("header", "Bezeichnung", "federführ. Dienststelle", "gültig seit", "Beteiligte")
    for plan in city.plans("p-gk", "p-spk", "p-kla19"):
        others = " / ".join(map(city.code, plan["participating"].split(";")))
        page.plan(
            plan["title_de"], plan["title_de"], "Umwelt", int(plan["valid_from"]), others,
            lead=(*all_ways(city, "dep-fb36"), "Umwelt"), valid_from=plan["valid_from"],
        )  # fmt: skip


VARIANTS = (
    ("p-sep3", "dep-fb56", "FB56", ""),
    ("p-hkw22", "dep-fb56", "Fb. 56", ""),
    ("p-hf", "dep-fb56", "Fachbereich Wohnen, Soziales und Integration", ""),
    ("p-kjfp4", "dep-fb45", "Fachbereich Kinder, Jugend und Schule (FB 45)", ""),
    ("p-kita25", "dep-fb45", unicodedata.normalize("NFD", "FB 45 – Kinder, Jugend und Schule"), ""),
    ("p-sport24", "dep-fb52", "Fachbe\u00adreich Sport", ""),
    ("p-mp30", "dep-fb61", "Fachbereich Stadtentwicklung\nund Verkehrsanlagen", ""),
    ("p-vep", "dep-fb61", "Fachbereich Stadtentwiklung und Verkehrsanlagen", ""),
    ("p-bsb25", "dep-fb37", "FB\u00a037", ""),
    ("p-klp25", "dep-e49", "E49", ""),
    ("p-vhslb", "dep-e42", "Volkshochschule (E 42)", ""),
    ("p-gk", "dep-fb36", "FB 36 (Umwelt)", ""),
    ("p-ds23", "dep-dez1", "Dezernat I", ""),
    ("p-glp24", "dep-fb01", "Verwaltungsleitung", ""),
    ("p-hdw", "dep-e495", "E 49.5, Fr. Dr. Özdemir", "Özdemir"),
    ("p-spiel12", "dep-e4647", "Stadttheater u. Musikdirektion", ""),
)


def departments_in_every_spelling(city: City) -> Desk:
    """The same departments by code, name, old name and typing error; persons stand in columns of their own."""
    desk = Desk("Ansprechpartnerliste Fachplanungen.xlsx")
    page = desk.page("Fachplanungen")
    page.line(
        "header", "Fachplanung", "Zuständige Stelle", "Kontakt (Name)", "Telefon / E-Mail", "Beginn",
        "Weitere\nbeteiligte Stellen",
    )  # fmt: skip
    people = ("Frau Bücken", "Hr. Emunds", "Dr. A. Yılmaz", "N.N.")
    for number, (key, unit, written, person) in enumerate(VARIANTS):
        plan = city.plan(key)
        since = plan["valid_from"][:4]
        others = "; ".join(map(city.code, filter(None, plan["participating"].split(";")))) or None
        cleaned = (
            written.replace("\u00ad", "")
            .replace("\n", " ")
            .replace("\u00a0", " ")
            .replace(", Fr. Dr. Özdemir", "")
        )
        page.plan(
            plan["title_de"], Put(plan["title_de"], bold=True), written, people[number % 4], f"0241 432-{5600 + number}",
            int(since) if since else None, others, valid_from=since, lead=(*all_ways(city, unit), cleaned),
        )  # fmt: skip
        if person:
            desk.truth.never_leads.append(person)
    _unclear(desk, page, city)
    desk.truth.never_leads += ["Bücken", "Emunds", "Yılmaz", "N.N."]
    return desk


def _unclear(desk: Desk, page: Page, city: City) -> None:
    """Two leads in a cell, nobody in a cell, only a person in a cell."""
    both = city.plan("p-sozsr")["title_de"]
    page.plan(
        both, both, "FB 50 / FB 56", "Frau Bücken", None, 2018, None, valid_from="2018",
        lead=("FB 50 / FB 56", "FB 50", "FB 56", "FB 50; FB 56", *all_ways(city, "dep-fb50"), *all_ways(city, "dep-fb56")),
        lead_may_stay_empty=True,
    )  # fmt: skip
    desk.asks("two leads in one cell", "FB 50 / FB 56")
    nobody = city.plan("p-hap")["title_de"]
    page.plan(nobody, nobody, None, "Hr. Emunds", None, None, None)
    person = city.plan("p-innmob")["title_de"]
    page.plan(person, person, "Herr Wirtz", "Hr. Emunds", None, None, None, lead_may_stay_empty=True)
    desk.truth.never_leads.append("Wirtz")
