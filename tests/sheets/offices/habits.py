"""Habits of single offices: numbered columns, crosses in a matrix, bands that name departments, corrections by hand."""

from __future__ import annotations

from tests.sheets.city import City, all_ways
from tests.sheets.desk import Desk, Put


def numbered_columns(city: City) -> Desk:
    """A form by the book: the columns are numbered below their headings, and an example shows how to fill it."""
    desk = Desk("Anlage 2 - Bestandserhebung.xlsx")
    page = desk.page("Anlage 2")
    page.line("other|header", Put("Anlage 2 zur Vorlage 2025/118", bold=True))
    page.line("other|header", "Bestandserhebung sektoraler Fachplanungen")
    page.blank()
    page.line("other|footnote|header", "Grau hinterlegte Felder bitte nicht ausfüllen!")
    page.line(
        "header", "lfd. Nr.", "BEZEICHNUNG DER FACHPLANUNG", "FEDERFÜHRENDES AMT", "WEITERE BETEILIGTE", "GELTUNGSDAUER",
        "DATUM DES BESCHLUSSES", "ZIELGRUPPEN (max. 3)",
    )  # fmt: skip
    page.line("header|other", 1, 2, 3, 4, 5, 6, 7)
    page.line(
        "other|legend|header",
        "z. B.",
        "Muster-Entwicklungsplan",
        "Amt 99",
        "Amt 98",
        "2020 - 2025",
        "01.01.2020",
        "Kinder",
    )
    rows = (
        ("p-sepp19", "2019 - 2024", None, ""),
        ("p-kjfp3", "2015 - 2020", "23.06.2015", "2015-06-23"),
        ("p-bsb18", "ab 2018", "16.05.2018", "2018-05-16"),
        ("p-glp24", "01/2024 - 12/2028", "2023", "2023"),
        ("p-ms30b", "2020 - 2030", "30.01.2020", "2020-01-30"),
        ("p-pf18", "2018 - 2020", "-", ""),
        ("p-sport24", "ab 2024", "26.06.2024", "2024-06-26"),
    )
    for number, (key, span, shown, decided) in enumerate(rows, 1):
        plan = city.plan(key)
        others = ", ".join(
            city.code(unit) for unit in plan["participating"].split(";") if unit.startswith("dep")
        )
        page.plan(
            plan["title_de"], number, plan["title_de"], city.name_of_lead(plan), others or "-", span, shown,
            "; ".join(city.groups(plan)), lead=city.lead(plan), valid_from=plan["valid_from"], valid_to=plan["valid_to"],
            decided_on=decided, target_groups=city.groups(plan),
        )  # fmt: skip
    for number in range(8, 11):
        page.line("empty|other", number)
    return desk


def matrix_of_departments(city: City) -> Desk:
    """Who has to do with which plan: a letter in the column of each department."""
    desk = Desk("Beteiligungsmatrix.xlsx")
    page = desk.page("Matrix")
    units = ("dep-fb45", "dep-fb56", "dep-fb61", "dep-fb36", "dep-fb52")
    page.line("other|header", "Beteiligungsmatrix (F = Federführung, B = beteiligt)")
    page.line("header", "Planwerk", "Jahr", *map(city.code, units))
    for plan in city.plans("p-int18", "p-spk", "p-kla19", "p-sport24", "p-kjfp4", "p-innmob"):
        marks = [
            "F"
            if unit == plan["lead_department"]
            else "B"
            if unit in plan["participating"].split(";")
            else None
            for unit in units
        ]
        since = int(plan["valid_from"]) if plan["valid_from"] else None
        page.plan(
            plan["title_de"], plan["title_de"], since, *marks, lead=city.lead(plan), lead_may_stay_empty=bool(plan["lead_department"]),
            valid_from=("", plan["valid_from"]),
        )  # fmt: skip
    page.line("total", "Summe F", None, 1, 1, None, 2, 1)
    return desk


def bands_name_departments(city: City) -> Desk:
    """The department stands as a band above its plans; the column for it was saved."""
    desk = Desk("Planungen je Amt.xlsx")
    page = desk.page("Planungen")
    page.line("header", "Planung", "Laufzeit", "Gremium / Datum", "Bem.")
    bands = (
        ("dep-fb45", ("p-kjfp4", "p-kita25", "p-sepp19")),
        ("dep-fb36", ("p-gk", "p-spk")),
        ("dep-fb61", ("p-mp30", "p-vm50", "p-fnp30")),
    )
    for unit, keys in bands:
        row = page.line("section", Put(f"{city.code(unit)} – {city.name(unit)}", bold=True, fill="DDDDDD"))
        page.merge(f"A{row}:D{row}")
        for plan in city.plans(*keys):
            years = [plan["valid_from"][:4], plan["valid_to"][:4]]
            day = plan["adopted_on"]
            shown = f"Rat, {'.'.join(reversed(day.split('-')))}" if len(day) == 10 else None
            page.plan(
                plan["title_de"], plan["title_de"], "–".join(filter(None, years)), shown, None,
                lead=all_ways(city, unit), lead_may_stay_empty=True, valid_from=years[0] if years[1] else ("", years[0]), valid_to=years[1],
                decided_on=(day, "") if shown else "",
            )  # fmt: skip
        page.line("total", f"Anzahl {city.code(unit)}: {len(keys)}")
    return desk


def unicode_text(city: City) -> Desk:
    """What a spreadsheet calls Unicode text: UTF-16 with tabs, lines above the header, quoted line breaks."""
    desk = Desk("Export_Unicode.csv")
    page = desk.page("Export_Unicode")
    page.line("other|header", "Auswertung Sozialplanung", None, None, None)
    page.line("empty")
    page.line("header", "Planungs-\nbezeichnung", "Feder-\nführung", "In-Kraft-\nTreten", "Ziel-\ngruppen")
    for plan in city.plans("p-jc18", "p-glpsr", "p-inksr", "p-vhs23", "p-an14", "p-alt", "p-kim"):
        since = plan["valid_from"]
        shown = f"{since[5:]}/{since[:4]}" if len(since) == 7 else since
        page.plan(
            plan["title_de"], plan["title_de"], city.name_of_lead(plan), shown, "\n".join(city.groups(plan)),
            lead=city.lead(plan), valid_from=since, target_groups=city.groups(plan),
        )  # fmt: skip
    return desk


def corrected_by_hand(city: City) -> Desk:
    """A table that was corrected without deleting: struck pieces, question marks, an old column hidden."""
    desk = Desk("Planwerke Korrekturstand.xlsx")
    page = desk.page("Korrekturen")
    page.line("header", "Planwerk", "Federführung (alt)", "Federführung", "gültig ab", "gültig bis")
    page.hidden_columns.add(2)
    fb56, fb45 = all_ways(city, "dep-fb56"), all_ways(city, "dep-fb45")
    alt = city.plan("p-alt")["title_de"]
    page.plan(
        alt, alt, "FB 50", Put("FB 50 FB 56", rich=(("FB 50", True), (" FB 56", False))), 1991, None, lead=fb56,
        valid_from="1991",
    )  # fmt: skip
    pia = city.plan("p-pia")["title_de"]
    page.plan(pia, pia, "FB 51", None, None, None)
    praev = city.plan("p-praev")["title_de"]
    page.plan(
        praev,
        praev,
        "FB 51",
        "FB 45?",
        "2017?",
        None,
        lead=fb45,
        lead_may_stay_empty=True,
        valid_from=("", "2017", "2017?"),
    )
    kim = city.plan("p-kim")["title_de"]
    page.plan(kim, kim, "FB 51", "FB 45", 2011, Put(2020, struck=True), lead=fb45, valid_from="2011")
    hf = city.plan("p-hf")["title_de"]
    page.plan(hf, hf, None, Put("FB 50", struck=True), 2023, None, valid_from="2023")
    sep = city.plan("p-sep3")["title_de"]
    page.plan(
        sep, Put(sep, rich=(("Armutsbericht ", True), (sep, False))), "FB 50", "FB 56", "27.08.2020", None, lead=fb56,
        valid_from="2020-08-27",
    )  # fmt: skip
    gone = page.line("superseded", "Drogenbericht 2003", "FB 50", "FB 50", 2003, 2008)
    page.restyle(gone, struck=True)
    return desk


def sheets_by_year(city: City) -> Desk:
    """A cover, and the list of each year on a sheet of its own: mostly the same plans."""
    desk = Desk("Planübersicht 2017-2025.xlsx")
    cover = desk.page("Deckblatt")
    cover.line("empty|other")
    cover.line("other|header", None, Put("Übersicht der Fachplanungen", bold=True))
    cover.line("other|header|footnote", None, "zuletzt bearbeitet: 04.03.2025")
    old = desk.page("2017")
    new = desk.page("2025")
    first: dict[str, int] = {}
    for page, keys in ((old, ("p-sep2", "p-alt", "p-qm")), (new, ("p-sep3", "p-alt", "p-qm", "p-hf"))):
        page.line("header", "Fachplanung", "Zuständiger Fachbereich", "seit")
        for plan in city.plans(*keys):
            since = int(plan["valid_from"]) if plan["valid_from"] else None
            cells = (plan["title_de"], city.code_of_lead(plan), since)
            if plan["id"] in first:
                row = page.line("duplicate|plan", *cells)
                desk.twins("exact", (old, first[plan["id"]]), (page, row))
            else:
                first[plan["id"]] = page.plan(
                    plan["title_de"], *cells, lead=city.lead(plan), valid_from=plan["valid_from"], row_is_exact=False,
                    classes="plan|duplicate",
                )  # fmt: skip
    return desk
