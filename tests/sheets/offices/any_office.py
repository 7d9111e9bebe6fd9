"""An office drawn by lot: its headings, its order of columns, its way with dates, lists, departments and empty cells."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.sheets.city import City, Row
from tests.sheets.desk import Desk, Page, Put, Value

TITLES = (
    "Planwerk", "Bezeichnung", "Titel des Plans", "Name der Planung", "Fachplanung", "Konzept/Plan", "Plan", "Planungswerk",
    "Titel", "Name des Konzeptes", "Planungs-\nbezeichnung", "Plan title", "Fachkonzept / Planwerk", "Strategie, Konzept, Plan",
)  # fmt: skip
LEADS = (
    "Federführung", "federführend", "FF", "FF / Amt", "Zuständig", "Zuständigkeit", "federführendes Amt", "Feder-\nführung",
    "Federführender FB", "Zust. Dienststelle", "Verantwortliche Stelle", "Fachbereich (FF)", "Lead department", "Federf.",
    "zuständiges Amt:", "Federführung\u00a0(FB)",
)  # fmt: skip
SINCE = (
    "von",
    "gültig ab",
    "seit",
    "Beginn",
    "Gültig von",
    "ab",
    "Laufzeit von",
    "in Kraft seit",
    "Start",
    "Valid from",
)
UNTIL = (
    "bis",
    "gültig bis",
    "läuft bis",
    "Ende",
    "Gültig bis",
    "bis",
    "Laufzeit bis",
    "Ablauf",
    "Ende",
    "Valid until",
)
PERIODS = (
    "Laufzeit",
    "Zeitraum",
    "Geltungsdauer",
    "Gültigkeit",
    "Planungszeitraum",
    "Geltungszeitraum",
    "Lauf-\nzeit",
)
DECIDED = (
    "Beschluss", "Beschlussdatum", "Beschluss-Datum", "beschlossen am", "Ratsbeschluss", "Datum Ratsbeschluss", "Beschluss vom",
    "Beschl.-Datum", "verabschiedet am", "Adopted on",
)  # fmt: skip
GROUPS = (
    "Zielgruppe",
    "Zielgruppe(n)",
    "Zielgr.",
    "Für wen?",
    "Zielgruppen",
    "Adressaten",
    "Ziel-\ngruppen",
    "Target groups",
)
LAWS = (
    "Rechtsgrundlage",
    "Rechtsgrundl.",
    "Gesetzliche Grundlage",
    "Rechtl. Grundlage",
    "gesetzl. Grundlage",
    "Legal basis",
)
NUMBERS = ("Nr.", "lfd. Nr.", "#", "Lfd.-Nr.", "Pos.", "")
NOISE: tuple[tuple[str, Callable[[random.Random], Value]], ...] = (
    ("Ansprechpartner", lambda rng: rng.choice(("Frau Beckers", "Hr. Thönnes", "Dr. Kowalski", None))),
    ("Stand der Information", lambda rng: rng.choice(("03/2025", "14.01.2025", "2024", None))),
    ("nächste Fortschreibung", lambda rng: rng.choice((2027, "2028", "alle 5 Jahre", None))),
    ("Bemerkungen", lambda rng: rng.choice(("siehe Vorlage vom 12.03.2019", "mit FB 20 abstimmen", "Masterplan Grün beachten", None))),
    ("Kosten (T€)", lambda rng: rng.choice((12.5, 80, 150, None))),
    ("Aktenzeichen", lambda rng: rng.choice(("50.10.02/17", "61-26-19", None))),
    ("Umfang (Seiten)", lambda rng: rng.choice((48, 120, 312, None))),
    ("zuletzt geändert am", lambda rng: rng.choice(("03.03.2025", "17.02.2025"))),
)  # fmt: skip
PEOPLE = ("Beckers", "Thönnes", "Kowalski")
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


@dataclass
class Office:
    """What is usual in one office."""

    rng: random.Random
    city: City
    as_text: bool = False
    day: str = ""
    joint: str = ""
    lead: str = ""
    nothing: str = ""
    one_period: bool = False
    care: int = 0
    left: int = 1
    headings: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        rng = self.rng
        self.day = rng.choice(("dots", "dots", "short", "words", "iso"))
        self.joint = rng.choice(("; ", " / ", "\n", ";", "\n- "))
        self.lead = rng.choice(("code", "code", "name", "both", "tight"))
        self.nothing = rng.choice(("", "", "-", "k.A.", "–", "?"))
        self.one_period = rng.random() < 0.4
        self.care = rng.choice((2, 20, 200))
        self.left = rng.choice((1, 1, 1, 2, 3))
        self.headings = self._headings()

    def _headings(self) -> list[tuple[str, str]]:
        rng = self.rng
        pair = rng.randrange(len(SINCE))
        period = (
            [("period", rng.choice(PERIODS))]
            if self.one_period
            else [("since", SINCE[pair]), ("until", UNTIL[pair])]
        )
        rest = [
            [("lead", rng.choice(LEADS))],
            period,
            [("decided", rng.choice(DECIDED))],
            [("groups", rng.choice(GROUPS))],
        ]
        rest += [[("law", rng.choice(LAWS))]] if rng.random() < 0.6 else []
        rest += [[("noise", name)] for name, _ in rng.sample(NOISE, rng.randrange(4))]
        rng.shuffle(rest)
        front = [("number", rng.choice(NUMBERS))] if rng.random() < 0.6 else []
        return [*front, ("title", rng.choice(TITLES)), *(one for some in rest for one in some)]

    # how this office writes

    def dated(self, day: str) -> Value:
        """Return a date as this office writes it."""
        parts = day.split("-")
        if len(parts) == 1:
            return int(day) if day and self.rng.random() < 0.5 else day
        if self.day == "iso":
            return day
        if len(parts) == 2:
            return (
                f"{MONTHS[int(parts[1]) - 1]} {parts[0]}" if self.day == "words" else f"{parts[1]}/{parts[0]}"
            )
        year, month, date = parts
        words = {
            "dots": f"{date}.{month}.{year}",
            "short": f"{int(date)}.{int(month)}.{year[2:]}",
            "words": f"{int(date)}. {MONTHS[int(month) - 1]} {year}",
        }
        return words[self.day]

    def period(self, since: str, until: str) -> str:
        """Return a period as this office writes it."""
        if not until:
            return f"{self.rng.choice(('ab', 'seit'))} {self.dated(since)}" if since else ""
        if not since:
            return f"bis {self.dated(until)}"
        return f"{self.dated(since)}{self.rng.choice((' - ', ' – ', ' bis '))}{self.dated(until)}"

    def named(self, plan: Row) -> str:
        """Return the lead as this office writes it."""
        if not plan["lead_department"]:
            return ""
        code, name = self.city.code_of_lead(plan), self.city.name_of_lead(plan)
        if code == name:
            return name
        return {"code": code, "name": name, "both": f"{name} ({code})", "tight": code.replace(" ", "")}[
            self.lead
        ]

    def spoilt(self, title: str) -> str:
        """Return a title as it comes out of years of copying: spaces, line breaks, soft hyphens, marks of footnotes."""
        words = title.split(" ")
        at = self.rng.randrange(len(words))
        spoiling = {
            "break": " ".join(words[:at]) + ("\n" if at else "") + " ".join(words[at:]),
            "fixed": title.replace(" ", "\u00a0", 1),
            "spaces": f"  {title} ",
            "soft": " ".join(word[:4] + "\u00ad" + word[4:] if len(word) > 9 else word for word in words),
            "double": title.replace(" ", "  ", 1),
        }
        return spoiling.get(self.rng.choice((*spoiling, *["well"] * self.care)), title)

    def listed(self, items: tuple[str, ...]) -> str:
        """Return a list as this office writes it."""
        return (
            (self.joint[1:] if self.joint.startswith("\n") else "") + self.joint.join(items) if items else ""
        )


def any_office(city: City, seed: int, *, as_text: bool) -> Desk:
    """Return the overview of an office drawn by lot; text cannot be struck through."""
    rng = random.Random(seed)
    office = Office(rng, city, as_text)
    desk = Desk(f"Planwerke {seed}.xlsx")
    page = desk.page(rng.choice(("Tabelle1", "Übersicht", "Planwerke", "Sheet1", "Planungen 2025")))
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        page.line(
            "other|header|empty|footnote",
            rng.choice(
                (None, "Stadt Musterstadt", "Übersicht der Planungen", "Stand: 01.03.2025", "Dezernat V")
            ),
            left=office.left,
        )
    _header(page, office)
    plans = [
        plan
        for plan in city.tables["plans"].values()
        if "," not in city.name_of_lead(plan) or office.lead != "name"
    ]
    chosen = rng.sample(plans, rng.randrange(8, 30))
    if rng.random() < 0.5:
        chosen.sort(key=lambda plan: plan["lead_department"])
    _body(page, office, chosen)
    _aside(page, office)
    if rng.random() < 0.4:
        page.line("total", rng.choice(("Summe", "Gesamt", "Anzahl:")), len(chosen), left=office.left)
    if rng.random() < 0.4:
        page.blank()
        page.line("footnote|other", "* Angaben der Fachbereiche, ohne Gewähr", left=office.left)
    desk.truth.never_leads += PEOPLE
    return desk


def _aside(page: Page, office: Office) -> None:
    """Write notes to the right of the table, a column between."""
    if office.rng.random() < 0.25:
        rows = [plan.place.row for plan in page.truth.plans]
        for row in office.rng.sample(rows, 2):
            page.put(
                row,
                office.left + len(office.headings) + 1,
                office.rng.choice(("prüfen!", "FB 20 fragen", "Tel. 12.3.")),
            )


def _header(page: Page, office: Office) -> None:
    above = [heading for _, heading in office.headings]
    kinds = [kind for kind, _ in office.headings]
    if "since" in kinds and office.rng.random() < 0.5:
        at = kinds.index("since")
        below: list[str | None] = [None] * len(above)
        below[at : at + 2], above[at : at + 2] = ["von", "bis"], [office.rng.choice(PERIODS), ""]
        row = page.line("header", *(Put(text or None, bold=True) for text in above), left=office.left)
        page.line("header", *below, left=office.left)
        for column, kind in enumerate(kinds, office.left):
            if kind not in {"since", "until"}:
                page.merge_column(column, row, row + 1)
        letters = [chr(64 + office.left + at), chr(65 + office.left + at)]
        page.merge(f"{letters[0]}{row}:{letters[1]}{row}")
    else:
        page.line("header", *(Put(text or None, bold=True) for text in above), left=office.left)


def _body(page: Page, office: Office, plans: list[Row]) -> None:
    bands, merged = office.rng.random() < 0.3, office.rng.random() < 0.5
    again = office.rng.random() < 0.25
    run: list[int] = []
    before = None
    for number, plan in enumerate(plans, 1):
        if number % 7 == 0:
            _strike(page, office)
            run = _interrupt(page, office, bands, again, run)
            before = None
        same = merged and plan["lead_department"] and plan["lead_department"] == before
        row = _entry(page, office, plan, number, lead_is_above=bool(same))
        if not same:
            _merge_leads(page, office, run)
            run = []
        run.append(row)
        before = plan["lead_department"]
    _merge_leads(page, office, run)


def _interrupt(page: Page, office: Office, bands: bool, again: bool, run: list[int]) -> list[int]:
    """Put a band, the header again, or an empty row between the plans."""
    _merge_leads(page, office, run)
    if bands:
        band = office.rng.choice(
            ("Soziales und Teilhabe", "Umwelt / Klima", "Bauen und Verkehr", "Kultur, Sport")
        )
        row = page.line("section", Put(band, bold=True, fill="EEEEEE"), left=office.left)
        first, last = office.left, office.left + len(office.headings) - 1
        page.merge(f"{chr(64 + first)}{row}:{chr(64 + last)}{row}")
    elif again:
        page.line(
            "header", *(Put(heading or None, bold=True) for _, heading in office.headings), left=office.left
        )
    else:
        page.line("empty")
    return []


def _strike(page: Page, office: Office) -> None:
    """Leave a plan that was given up, struck through, where this office does so."""
    if office.rng.random() < 0.15 and not office.as_text:
        gone = {
            "number": 99,
            "title": office.rng.choice(("Freizeitstättenplan", "Bäderkonzept 1999")),
            "since": 1999,
        }
        row = page.line("superseded", *(gone.get(kind) for kind, _ in office.headings), left=office.left)
        page.restyle(row, struck=True)


def _merge_leads(page: Page, office: Office, run: list[int]) -> None:
    if len(run) > 1:
        column = office.left + [kind for kind, _ in office.headings].index("lead")
        page.merge_column(column, run[0], run[-1])


def _entry(page: Page, office: Office, plan: Row, number: int, *, lead_is_above: bool) -> int:
    city, rng = office.city, office.rng
    since, until = plan["valid_from"], plan["valid_to"]
    decided = plan["adopted_on"]
    groups = city.groups(plan)
    noise = dict(NOISE)
    written: dict[str, Value] = {
        "number": number,
        "title": office.spoilt(plan["title_de"]),
        "lead": None if lead_is_above else office.named(plan) or office.nothing or None,
        "since": office.dated(since) or office.nothing or None,
        "until": office.dated(until) or office.nothing or None,
        "period": office.period(since, until) or office.nothing or None,
        "decided": office.dated(decided) or office.nothing or None,
        "groups": office.listed(groups) or office.nothing or None,
        "law": plan["legal_basis"] or office.nothing or None,
    }
    cells = [noise[name](rng) if kind == "noise" else written[kind] for kind, name in office.headings]
    shown = {kind for kind, _ in office.headings}
    return page.plan(
        plan["title_de"], *cells, left=office.left,
        lead=(*city.lead(plan), office.named(plan)) if plan["lead_department"] else (), valid_from=since, valid_to=until,
        decided_on=decided, target_groups=groups, legal_basis=plan["legal_basis"] if "law" in shown else "",
    )  # fmt: skip
