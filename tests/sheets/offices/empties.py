"""What is not there: three kinds of empty, traps that invite invention, and workbooks without any plan."""

from __future__ import annotations

from datetime import date

from tests.sheets.city import City
from tests.sheets.desk import Desk, Put


def three_kinds_of_empty(city: City) -> Desk:
    """A survey in which offices wrote that there is none, that nobody asked, that nobody knows, or nothing."""
    desk = Desk("Umfrage Planwerke 2025.xlsx")
    page = desk.page("Antworten")
    page.line(
        "header", "Zeitstempel", "Wie heißt das Planwerk?", "Wer ist federführend?", "Seit wann gilt es?",
        "Bis wann gilt es?", "Für wen ist es?", "Auf welcher Rechtsgrundlage?",
    )  # fmt: skip
    answers = (
        ("p-qm", "FB 56", "k.A.", "-", "alle", "keine"),
        ("p-preus", "FB 56", "2015", "?", "Bewohner/innen", "-"),
        ("p-charta", "-", "", "entfällt", "nicht erhoben", "k. A."),
        ("p-oestl", "n.n.", "unbekannt", "unbekannt", "–", "weiß nicht"),
        ("p-lage21", "?", "2022", "—", "nicht abgefragt", ""),
        ("p-kla14", "k.A.", "2014", "keine Angabe", "", "---"),
        ("p-asw15", "FB 23", "2015", "offen", "alle Einwohner", "/"),
        ("p-lrp21", "unklar", "nicht bekannt", "noch offen", "Gesamtbevölkerung", "EU-Recht"),
    )
    for number, (key, lead, since, until, whom, law) in enumerate(answers, 1):
        plan = city.plan(key)
        named = lead.startswith("FB")
        page.plan(
            plan["title_de"], f"{number:02}.03.2025 09:1{number}", plan["title_de"], lead, since or None, until or None, whom or None,
            law or None, lead=city.lead(plan) if named else (), valid_from=since if since.isdigit() else "",
            legal_basis=law if law == "EU-Recht" else "",
        )  # fmt: skip
    desk.truth.never_leads += ["k.A.", "n.n.", "unklar"]
    return desk


def traps_for_invention(city: City) -> Desk:
    """Columns that look like dates and leads and are none; gaps below filled cells; plans only spoken of."""
    desk = Desk("Planungsmonitor_v7_final_FINAL.xlsx")
    page = desk.page("Monitor", widths={2: 44, 10: 44})
    page.line("other|header", Put("Planungsmonitor", bold=True))
    page.blank()
    page.line(
        "header", "lfd. Nr.", "Plan", "Federführung", "Vorgänger-Federführung", "Ansprechpartner", "Laufzeit von", "Laufzeit bis",
        "Stand", "nächste Fortschreibung", "Bemerkung", "zuletzt geändert am",
    )  # fmt: skip
    rows = (
        (
            "p-kjfp4",
            "FB 45",
            None,
            "Hr. Wolf",
            2023,
            2026,
            "01.03.2025",
            2027,
            "Anschluss an den 3. KJFP 2015–2020",
        ),
        ("p-pia", None, "FB 45", "Fr. Lang", None, None, "01.03.2025", None, "gehört zur Präventionskette"),
        (
            "p-hkw22",
            "FB 56",
            "FB 23",
            "Fr. Lang",
            2022,
            None,
            "2024",
            "2027 (geplant)",
            "siehe Wohnraumversorgungskonzept",
        ),
        (
            "p-bev",
            None,
            None,
            None,
            2019,
            None,
            "Feb 25",
            None,
            "Wettbewerb 2016; Baulandbeschluss 12.05.2017",
        ),
        ("p-charta", None, "Dez. III", "Hr. Dr. Thoma", None, None, "01.03.2025", "2026", None),
        (
            "p-rad22",
            None,
            "FB 61",
            None,
            None,
            None,
            "?",
            "alle 5 Jahre",
            "Vorläufer: Radverkehrskonzept 1993, Masterplan Rad",
        ),
        (
            "p-iksk24",
            None,
            "FB 36",
            "Fr. Lang",
            2024,
            None,
            "01.03.2025",
            2029,
            "Fördermittel bis 31.12.2026",
        ),
        (
            "p-lp30",
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            "Aufstellungsbeschluss 2015 laut AZ, Offenlage 2018",
        ),
        ("p-sport24", "FB 52", None, "Hr. Wolf", 2024, None, "01.03.2025", "2030", None),
    )
    for number, (key, lead, before, who, since, until, stand, again, note) in enumerate(rows, 1):
        plan = city.plan(key)
        page.plan(
            plan["title_de"], number, plan["title_de"], lead, before, who, since, until, stand, again, note, "03.03.2025",
            lead=city.lead(plan) if lead else (), valid_from=str(since or ""), valid_to=str(until or ""),
        )  # fmt: skip
    page.line(
        "other|footnote",
        None,
        "Noch zu prüfen: Kleingartenentwicklungsplan? Spielleitplanung? (Hinweis aus dem Ausschuss)",
    )
    page.line("total", None, "Anzahl Pläne", 9)
    desk.truth.never_leads += ["Wolf", "Lang", "Thoma"]
    return desk


def formulas_and_choices(city: City) -> Desk:
    """A tidy table of a young office: formulas with their last value, choices from lists, a filter, real dates."""
    desk = Desk("Planwerke_Datenbank.xlsx")
    page = desk.page("Daten")
    page.line(
        "header", "Schlüssel", "Planname", "Organisationseinheit (FF)", "Beginn", "Ende", "Beschlussfassung", "Restlaufzeit (J.)",
        "Link",
    )  # fmt: skip
    for number, plan in enumerate(
        city.plans("p-kjfp4", "p-glp24", "p-ms30a", "p-vm50", "p-pf18", "p-jc13"), 2
    ):
        end = int(plan["valid_to"][:4])
        decided = plan["adopted_on"]
        day = Put(date.fromisoformat(decided), shown_as="dd/mm/yyyy") if len(decided) == 10 else None
        page.plan(
            plan["title_de"], Put(f"PL-{number}", formula=f'="PL-"&ROW(A{number})'), plan["title_de"], city.code_of_lead(plan),
            int(plan["valid_from"][:4]), end, day, Put(end - 2025, formula=f"=E{number}-2025"),
            Put("Vorlage", link=plan["source_url"]), lead=city.lead(plan), valid_from=plan["valid_from"][:4],
            valid_to=str(end), decided_on=decided if day else "",
        )  # fmt: skip
    page.line("total", None, "Mittelwert", None, None, None, None, Put(4.2, formula="=AVERAGE(G2:G7)"))
    lists = desk.page("Listen", hidden=True)
    for code in ("FB 45", "FB 56", "FB 61"):
        lists.line("hidden|legend", code)
    return desk


def budget(city: City) -> Desk:
    """A budget: products, accounts, sums, years; no plan at all, though each line is called a planning value."""
    desk = Desk("Haushaltsplanung_2025_THH50.xlsx")
    page = desk.page("Teilergebnisplan")
    other = "other|header|section|total|footnote"
    page.line(other, "Teilergebnisplan Produktbereich 05 Soziale Leistungen")
    page.line(other, "Kontengruppe", "Bezeichnung", "Ist 2023", "Plan 2024", "Plan 2025", "Plan 2026")
    for account, name, amount in (
        ("41", "Zuwendungen und allgemeine Umlagen", 1250000.5),
        ("44", "Privatrechtliche Leistungsentgelte", 88000),
        ("50", "Personalaufwendungen", -2310000),
        ("53", "Transferaufwendungen", -10450000.75),
    ):
        page.line(other, account, name, amount, amount * 1.1, amount * 1.2, amount * 1.3)
    page.line(other, None, "Ordentliches Ergebnis", -11422000, -12000000, -13000000, -14000000)
    desk.truth.holds_plans = False
    return desk


def contacts(city: City) -> Desk:
    """A list of contacts of the steering group: names, departments, telephones; no plan."""
    desk = Desk("Verteiler Steuerungsgruppe.xlsx")
    page = desk.page("Verteiler")
    other = "other|header|section|legend"
    page.line(other, "Name", "Vorname", "Fachbereich", "Funktion", "Telefon", "E-Mail")
    for name, first, unit, job in (
        ("Bohn", "Petra", "FB 56", "Sozialplanerin"),
        ("Claßen", "Uwe", "FB 45", "Jugendhilfeplaner"),
        ("Emunds", "Karl", "FB 61", "Verkehrsplanung"),
        ("Yılmaz", "Aylin", "FB 36", "Klimaschutzkonzept"),
    ):
        page.line(other, name, first, unit, job, "0241 432-0", f"{first}.{name}@stadt.example".lower())
    desk.truth.holds_plans = False
    return desk
