"""A table that holds every way in which an office writes a date."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.sheets.city import City
from tests.sheets.desk import Desk, Page, Put, Value

TURN = ("valid_from", "valid_to", "decided_on")
Written = tuple[Value | Put, Value | Put, Value | Put]
Meant = dict[str, str | tuple[str, ...]]

QUARTER = ("2024-35", "2024-Q3", "2024", "2024-07", "2024-07/2024-09")
HALF = ("2023", "2023-01", "2023-40", "2023-01/2023-06")

# plan, (from, until, decided) as written, what is meant
FORMS: tuple[tuple[str, Written, Meant], ...] = (
    ("p-sep1", ("2009", "31.12.2014", "9.7.19"), {"valid_from": "2009", "valid_to": "2014-12-31", "decided_on": "2019-07-09"}),
    ("p-sep2", (2015, "2030+", "1. Februar 2012"), {"valid_from": "2015", "valid_to": ("2030", "2030/..", ""), "decided_on": "2012-02-01"}),
    ("p-int18", ("2023 ff.", None, "04/2025"), {"valid_from": "2023", "decided_on": "2025-04"}),
    ("p-hkw22", ("Juli 19", "ca. 2034 (15 J.)", "Dez. 2023"), {"valid_from": "2019-07", "valid_to": ("2034", "2034~"), "decided_on": "2023-12"}),
    ("p-kjfp4", ("2023", 2026, "21. März 2024 (geplant)"), {"valid_from": "2023", "valid_to": "2026"}),
    ("p-alt", ("seit 2006 (Presse: 2005)", "bis auf Weiteres", "–"), {"valid_from": "2006"}),
    ("p-praev", ("01.08.2019", "unbefristet", "noch nicht"), {"valid_from": "2019-08-01"}),
    ("p-vm50", ("Q3/2024", "2050", "vsl. 2026"), {"valid_from": QUARTER, "valid_to": "2050"}),
    ("p-mp30", ("1. HJ 2023", "Ende 2030", "12/12"), {"valid_from": HALF, "valid_to": ("2030", "2030-12", "2030-12-31"), "decided_on": ("2012-12", "")}),
    ("p-fnp30", (Put(date(2022, 1, 27), shown_as="DD.MM.YYYY"), None, Put(datetime(2020, 8, 26), shown_as="DD.MM.YY")), {"valid_from": "2022-01-27", "decided_on": "2020-08-26"}),  # noqa: DTZ001
    ("p-glp24", (Put(date(2024, 1, 1), shown_as="MM/YYYY"), Put(date(2028, 12, 1), shown_as="MMM YYYY"), Put(date(2023, 1, 1), shown_as="YYYY")), {"valid_from": "2024-01", "valid_to": "2028-12", "decided_on": "2023"}),
    ("p-gk", (2018.0, "offen", "2018-12-11"), {"valid_from": "2018", "decided_on": "2018-12-11"}),
    ("p-spk", ("ab 2022", "jährlich", "Rat vom 15.03.2022"), {"valid_from": "2022", "decided_on": "2022-03-15"}),
    ("p-bsb25", ("2025", None, "04. Dezember 2024 (FB 37/0042/WP18)"), {"valid_from": "2025", "decided_on": "2024-12-04"}),
    ("p-ikas", ("k.A.", "?", "31.2.2020"), {"decided_on": ("",)}),
    ("p-ds23", (Put("2019", rich=(("2019", True), (" 2023", False))), "n.n.", "1.2.23"), {"valid_from": "2023", "decided_on": "2023-02-01"}),
    ("p-kita21", ("August 2021", "Juli 2022", "Mrz 21"), {"valid_from": "2021-08", "valid_to": "2022-07", "decided_on": "2021-03"}),
    ("p-wmb", ("seit 2000", "fortlaufend", "entfällt"), {"valid_from": "2000"}),
    ("p-sport24", ("26.06.2024\u00a0", "31. 12. 2034", "26.VI.2024"), {"valid_from": "2024-06-26", "valid_to": "2034-12-31", "decided_on": ("2024-06-26", "")}),
    ("p-nvp", ("ab 1.1.2027", "bis 31.12.2037", "offen (vorauss. Ende 2026)"), {"valid_from": "2027-01-01", "valid_to": "2037-12-31"}),
    ("p-lrp15", ("Anfang der 90er", "??", "SPA 5.3.2015"), {"valid_from": ("", "199X", "1990~"), "decided_on": "2015-03-05"}),
    ("p-hap", (None, None, "nach der Sommerpause"), {}),
    ("p-kim", (43655, None, "24.12."), {"valid_from": ("", "2019-07-09")}),
)  # fmt: skip

PERIODS: tuple[tuple[str, Value, Meant], ...] = (
    ("p-kjfp3", "2015-2020", {"valid_from": "2015", "valid_to": "2020"}),
    ("p-an14", "2015–20", {"valid_from": "2015", "valid_to": "2020"}),
    ("p-kita16", "2015/16", {"valid_from": ("2015", "2015/2016"), "valid_to": ("2016", "")}),
    ("p-kita19", "1.8.2019 - 31.7.2020", {"valid_from": "2019-08-01", "valid_to": "2020-07-31"}),
    ("p-kita24", "08/2024 – 07/2025", {"valid_from": "2024-08", "valid_to": "2025-07"}),
    ("p-pf21", "von 2021 bis 2023", {"valid_from": "2021", "valid_to": "2023"}),
    ("p-jc18", "2018", {"valid_from": ("", "2018"), "valid_to": ("", "2018")}),
    ("p-ms30a", "seit 2019, Zielhorizont 2030", {"valid_from": "2019", "valid_to": ("2030", "")}),
    ("p-klp09", "2009 –", {"valid_from": "2009"}),
    ("p-fnp80", "– 27.01.2022", {"valid_to": "2022-01-27"}),
    ("p-sepp19", "Schuljahre 2019/20 bis 2023/24", {"valid_from": ("2019", "2019/2020", ""), "valid_to": ("2024", "2023/2024", "")}),
    ("p-lp30", "3 Jahre", {}),
    ("p-nach", "wird alle 5 Jahre fortgeschrieben", {}),
)  # fmt: skip


def dates_of_every_kind(city: City) -> Desk:
    """Two sheets: dates in three columns, and periods in one."""
    desk = Desk("Fristen und Laufzeiten.xlsx")
    page = desk.page("Fristen")
    page.line("header", "Planwerk", "gültig von", "gültig bis", "Beschluss am", "Federführung")
    for key, written, meant in FORMS:
        _line(page, city, key, written, meant)
    periods = desk.page("Zeiträume")
    periods.line("header", "Konzept / Plan", "Zeitraum", "Amt")
    for key, text, meant in PERIODS:
        _line(periods, city, key, (text,), meant)
    desk.asks("a day that does not exist", "31.2.2020")
    return desk


def _line(page: Page, city: City, key: str, written: tuple[Value | Put, ...], meant: dict[str, Any]) -> None:
    plan = city.plan(key)
    page.plan(
        plan["title_de"],
        plan["title_de"],
        *written,
        city.code_of_lead(plan) or None,
        lead=city.lead(plan),
        **meant,
    )
