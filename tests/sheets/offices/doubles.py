"""The same twice, nearly the same, the same abbreviation for two plans, and editions that follow each other."""

from __future__ import annotations

import unicodedata

from tests.sheets.city import City, all_ways
from tests.sheets.desk import Desk, Put


def twins_and_editions(city: City) -> Desk:
    """Two people kept lists; a third put both into one workbook."""
    desk = Desk("Zusammenführung Listen Nord+Süd.xlsx")
    north = desk.page("Liste Fr. Nolden")
    north.line("header", "Fachplan", "Abk.", "Zust. FB", "Jahr", "Ziel(e)", "Nachfolger von")
    keep: dict[str, int] = {}
    for key, short in (("p-sep2", "SEP"), ("p-sep3", "SEP"), ("p-sepp19", "SEP"), ("p-hkw22", "HKW"), ("p-kjfp3", "KJFP"),
                       ("p-kjfp4", "KJFP"), ("p-sport24", "SportEP"), ("p-iksk24", "IKSK")):  # fmt: skip
        plan = city.plan(key)
        before = {"p-sep3": "SEP 2015", "p-kjfp4": "Dritter KJFP"}.get(key)
        keep[key] = north.plan(
            plan["title_de"], plan["title_de"], short, city.code_of_lead(plan) or None, int(plan["valid_from"]),
            "; ".join(city.goals(plan)[:2]), before, lead=city.lead(plan), valid_from=("", plan["valid_from"]),
            goals=city.goals(plan)[:2],
            decided_on=("", "2023-02-15") if key == "p-kjfp4" else "",
        )  # fmt: skip
    again = city.plan("p-hkw22")
    row = north.line(
        "duplicate", again["title_de"], "HKW", "FB 56", 2022, "; ".join(city.goals(again)[:2]), None,
    )  # fmt: skip
    desk.twins("exact", (north, keep["p-hkw22"]), (north, row))
    _south(desk, city, keep)
    return desk


def _south(desk: Desk, city: City, keep: dict[str, int]) -> None:
    north = desk.pages[0]
    south = desk.page("Liste Hr. Pütz")
    south.line("other|header", Put("Planungen (alt)", bold=True))
    south.line("header", "Bezeichnung der Planung", "Federführ. Fachbereich", "Beschlussdatum")
    copied = city.plan("p-kjfp4")["title_de"]
    row = south.line("duplicate|plan", f"  {unicodedata.normalize('NFD', copied)} ", "FB 45", "15.02.2023")
    desk.twins("exact", (north, keep["p-kjfp4"]), (south, row))
    near = "Sport-Entwicklungsplan Stadt Aachen 2024"
    row = south.plan(
        near, near, "FB 52", None, classes="plan|duplicate", lead=all_ways(city, "dep-fb52"), needed=False,
        decided_on="",
    )  # fmt: skip
    desk.twins("near", (north, keep["p-sport24"]), (south, row))
    typed = "Integrietes Klimaschutzkonzept, Fortschreibung (2024)"
    row = south.plan(typed, typed, None, "2024", classes="plan|duplicate", needed=False, decided_on="2024")
    desk.twins("near", (north, keep["p-iksk24"]), (south, row))
    for key, day in (
        ("p-int06", "10/2006"),
        ("p-int18", "11.07.2018"),
        ("p-bsb18", "16.5.18"),
        ("p-bsb25", "4.12.24"),
    ):
        plan = city.plan(key)
        south.plan(
            plan["title_de"], plan["title_de"], city.code_of_lead(plan) or None, day, lead=city.lead(plan),
            decided_on=plan["adopted_on"],
        )  # fmt: skip


def only_abbreviations(city: City) -> Desk:
    """A list for the initiated: KEP is two plans of two departments, and stays two."""
    desk = Desk("kurzliste.xlsx")
    page = desk.page("Kurzliste")
    page.line("header", "Plan (Kurzbez.)", "Langtitel", "FF/Amt", "Rechtsgrundl.")
    for short, title, unit, law in (
        ("KEP", "Kulturentwicklungsplan", "dep-e49", "-"),
        ("KEP", "Kita-Entwicklungsplan", "dep-fb45", "KiBiz"),
        ("NVP", "Nahverkehrsplan 2027–2037", "dep-fb61", "ÖPNVG NRW § 8"),
        ("BSBP", "Brandschutzbedarfsplan 2025", "dep-fb37", "BHKG § 3"),
        ("FNP", "Flächennutzungsplan AACHEN*2030", "dep-fb61", "BauGB § 5"),
        ("LP", "Landschaftsplan 1988", "dep-fb36", "LNatSchG NRW"),
        ("JHP", "Jugendhilfeplanung", "dep-fb45", "SGB VIII § 80"),
    ):
        page.plan(
            title,
            short,
            title,
            city.code(unit),
            law,
            lead=all_ways(city, unit),
            legal_basis=("" if law == "-" else law, law),
        )
    return desk
