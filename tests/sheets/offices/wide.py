"""Tables that were drawn rather than filled: departments merged above columns, titles merged across, rows that go on."""

from __future__ import annotations

from tests.sheets.city import City, all_ways
from tests.sheets.desk import Desk, Put

LINE = "plan|header|goal|other"


def departments_above_columns(city: City) -> Desk:
    """A poster for the steering group: each department is merged above the columns of its plans."""
    desk = Desk("Poster Fachplanungen.xlsx")
    page = desk.page("Poster")
    page.line("other|header", Put("Fachplanungen auf einen Blick", bold=True))
    plans = list(city.plans("p-kjfp4", "p-kita25", "p-sepp19", "p-gk", "p-spk"))
    page.line(LINE, Put("Federführung", bold=True), "FB 45", None, None, "FB 36", None)
    page.merge("B2:D2")
    page.merge("E2:F2")
    row = page.line(LINE, Put("Planwerk", bold=True), *(Put(plan["title_de"], bold=True) for plan in plans))
    ends = [plan["valid_to"] for plan in plans]
    page.line(LINE, Put("gilt von", bold=True), *(plan["valid_from"][:4] for plan in plans))
    page.line(LINE, Put("gilt bis", bold=True), *(end[:4] or "offen" for end in ends))
    page.line(LINE, Put("Zielgruppen", bold=True), *("\n".join(city.groups(plan)) for plan in plans))
    page.line(
        LINE,
        Put("wichtigste Ziele", bold=True),
        *("\n".join(f"- {goal}" for goal in city.goals(plan)) for plan in plans),
    )
    for plan, end in zip(plans, ends, strict=True):
        page.knows(
            plan["title_de"], row, lead=city.lead(plan), row_is_exact=False, valid_from=plan["valid_from"][:4],
            valid_to=end[:4], target_groups=city.groups(plan), goals=city.goals(plan),
        )  # fmt: skip
    return desk


def rows_that_go_on(city: City) -> Desk:
    """Titles merged across three columns; further decisions of a plan in rows of their own; a legend below."""
    desk = Desk("Sitzungsfolge Planungen.xlsx")
    page = desk.page("Sitzungsfolge")
    page.blank(3)
    page.line("header", Put("Planung", bold=True), None, None, "FF", "Gremium", "Beschluss vom", "Ergebnis")
    page.merge("A4:C4")
    steps = (
        ("p-kjfp4", "FB 45", (("Rat", "15.02.2023", "beschlossen"), ("KJA", "31.01.2023", "empfohlen"))),
        ("p-kla19", "FB 36", (("Rat", "23.01.2019", "beschlossen"),)),
        ("p-iksk20", None, (("Rat", "26.08.2020", "beschlossen"), ("AUK", "18.08.2020", "empfohlen"), ("PLA", "20.08.2020", "zur Kenntnis"))),
        ("p-hdw", "E 49.5", (("BWA", None, "vertagt"),)),
        ("p-sport24", "FB 52", (("Rat", "26.06.2024", "beschlossen"),)),
    )  # fmt: skip
    units = {"p-kjfp4": "dep-fb45", "p-kla19": "dep-fb36", "p-hdw": "dep-e495", "p-sport24": "dep-fb52"}
    for key, lead, decided in steps:
        title = city.plan(key)["title_de"]
        days = tuple("-".join(reversed(day.split("."))) if day else "" for _, day, _ in decided)
        row = page.plan(
            title, title, None, None, lead, *decided[0], lead=all_ways(city, units[key]) if lead else (),
            decided_on=days if len(days) == 1 else (*days, ""),
        )  # fmt: skip
        page.merge(f"A{row}:C{row}")
        for more in decided[1:]:
            page.line("plan|other|duplicate", None, None, None, None, *more)
    page.blank()
    page.line("legend|footnote|other|section", "Erläuterung der Abkürzungen")
    for unit in ("dep-fb45", "dep-fb36", "dep-fb52"):
        page.line("legend|footnote|other", f"{city.code(unit)} = {city.name(unit)}")
    page.line("legend|footnote|other", "KJA = Kinder- und Jugendausschuss")
    return desk
