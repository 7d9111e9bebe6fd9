"""Cells that name departments: numbers, names, typing errors, several at once, persons, and what stands for another cell."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.intake.sheets.known import KnownThing
from graph.intake.sheets.wording.departments.matches import UnitMatch
from graph.intake.sheets.wording.departments.mentions import looks_like_unit
from graph.intake.sheets.wording.departments.units import Units

DEPARTMENTS = Path(__file__).parents[3] / "data" / "aachen" / "departments.csv"
with DEPARTMENTS.open(encoding="utf-8") as lines:
    KNOWN = [
        KnownThing(row["id"], tuple(filter(None, (row["code"], row["name_de"]))))
        for row in csv.DictReader(lines)
    ]
AACHEN, NOWHERE = Units(KNOWN), Units()

# cell = lead, "+" beside it, "<" formerly, "!" not taken, ":marker", "ask" asks; the first with Aachen's departments known
LEADS = """
FB 56 = FB 56
FB56 = FB 56
Fb.56 = FB 56
fb 56 = FB 56
FB-56 = FB 56
FB 56* = FB 56
(FB 56) = FB 56
Fachbereich 56 = FB 56
56 = FB 56
FB 2 = FB 02
E 18 = E 18
E18 = E 18
E 46/47 = E 46/47
E 49.6 = E 49.6
S69 = S 69
Dez. III = Dez. III
Dezernat III = Dez. III
Dez 3 = Dez. III
Dezernat V / FB 45 = FB 45
Dez. V, FB 52 = FB 52
FB 52 (Dez. V) = FB 52
Eigenbetrieb Aachener Stadtbetrieb (E 18) = E 18
FB 56 - Wohnen, Soziales u. Integration = FB 56
FB 56: Wohnen, Soziales & Integration = FB 56
Wohnen, Soziales und Integration (FB 56) = FB 56
FB 45 Kinder, Jugend und Schule = FB 45
Stadt Aachen, FB 36 = FB 36
FB 56/Abt. Integration = FB 56
Fachbereich Wohnen, Soziales und Integration = Fachbereich Wohnen, Soziales und Integration
Fachbereich Wohnen, Soziales und Intergration = Fachbereich Wohnen, Soziales und Intergration
Mobilitaet und Verkehr = Mobilitaet und Verkehr
Fachbereich Sport = Fachbereich Sport
Volkshochschule = Volkshochschule
FB 61 (i. V. m. FB 36) = FB 61 + FB 36
FB 61 i.V.m. FB 36 = FB 61 + FB 36
federf. FB 61, mit FB 36 = FB 61 + FB 36
FB 61 (FF), FB 36 = FB 61 + FB 36
FB 36; FB 61 (federf.) = FB 61 + FB 36
FB 61 mit FB 36 u. E 18 = FB 61 + FB 36 + E 18
FB 61 unter Beteiligung von FB 36, FB 68 = FB 61 + FB 36 + FB 68
FF: FB 45; Bet.: FB 56, FB 52 = FB 45 + FB 56 + FB 52
FB 45 gemeinsam mit FB 56 = FB 45 + FB 56
FB 50 → FB 56 = FB 56 < FB 50
FB 50 => 56 = FB 56 < FB 50
FB50->FB56 = FB 56 < FB 50
FB 50 (jetzt FB 56) = FB 56 < FB 50
FB 50 (neu: FB 56) = FB 56 < FB 50
FB 56 (ehem. FB 50) = FB 56 < FB 50
FB 56 (bis 2016 FB 50) = FB 56 < FB 50
FB 56 (bis 2016: FB 50) = FB 56 < FB 50
früher FB 50, jetzt FB 56 = FB 56 < FB 50
bis 2016 FB 50, ab 2017 FB 56 = FB 56 < FB 50
FB 45 (bis 2019), seit 2020 FB 56 = FB 56 < FB 45
jetzt FB 56 = FB 56
FB 50 (künftig FB 56) = FB 50 + FB 56
Fr. Müller (FB 45) = FB 45 ! Fr. Müller
FB 56, Herr Dr. Schulz = FB 56 ! Herr Dr. Schulz
Müller, FB 45 = FB 45 ! Müller
Müller/FB 45 = FB 45 ! Müller
Frau Meier, FB 45, Tel. 432-45100 = FB 45 ! Frau Meier, Tel. 432-45100
FB 61 (Planungsbüro XY) = FB 61 ! Planungsbüro XY
FB 36 / extern = FB 36 ! extern
FB 45 u. FB 56 = + FB 45 + FB 56 ask
FB 45/56 = + FB 45 + FB 56 ask
FB 45, 56 und 61 = + FB 45 + FB 56 + FB 61 ask
FB 61 / FB 36 = + FB 61 + FB 36 ask
FB 45 oder FB 56 = + FB 45 + FB 56 ask
FB 61 und Dez. III = + FB 61 + Dez. III ask
FB 45 – Wohnen, Soziales und Integration = + FB 45 + Wohnen, Soziales und Integration ask
FB 50 alt = < FB 50 ask
ehem. FB 50 = < FB 50 ask
FB 50 (bis 2016) = < FB 50 ask
50/2 = 50/2 ask
FB 56/2 = FB 56/2 ask
Amt 50 = Amt 50 ask
FB 99 = FB 99 ask
Jugendamt = Jugendamt ask
Amt für Soziales u. Wohnen = Amt für Soziales u. Wohnen ask
Stabsstelle Klimaschutz = Stabsstelle Klimaschutz ask
alle = :everyone ask
verschiedene FB = :everyone ask
extern: Büro X = :external ! extern: Büro X ask
Planungsbüro Müller = :external ! Planungsbüro Müller ask
Frau Müller = :person ! Frau Müller ask
mueller@stadt.de = :person ! mueller@stadt.de ask
n.n. = :empty
k.A. = :empty
- = :empty
s.o. = :ditto
siehe oben = :ditto
dito = :ditto
dto. = :ditto
" = :ditto
-"- = :ditto
„ = :ditto
"""
PAIRS = [tuple(part.strip() for part in line.rsplit(" = ", 1)) for line in LEADS.strip().splitlines()]


def shown(match: UnitMatch) -> str:
    parts = [f":{match.marker}" if match.marker else "", match.label]
    parts += [f"+ {other.label}" for other in match.others] + [f"< {old.label}" for old in match.former]
    parts += [f"! {match.left_out}" if match.left_out else "", "ask" if match.question else ""]
    return " ".join(filter(None, parts))


def test_the_table_of_cells_is_long_enough_to_mean_something() -> None:
    assert len(PAIRS) >= 60


@pytest.mark.parametrize(("cell", "expected"), PAIRS)
def test_a_cell_names_its_departments(cell: str, expected: str) -> None:
    assert shown(AACHEN.find(cell)) == expected


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("FB 56", "dep-fb56"),
        ("dep-fb56", "dep-fb56"),
        ("56", "dep-fb56"),
        ("Wohnen, Soziales & Integration", "dep-fb56"),
        ("FB 61 (i. V. m. FB 36)", "dep-fb61"),
        ("Fachbereich Mobilita\u0308t und Verkehr", "dep-fb68"),
        ("Fachbereich Wohnen, Soziales und Integra\u00adtion", "dep-fb56"),
        ("FB\u00a056", "dep-fb56"),
        ("FB 45 u. FB 56", None),
        ("FB 99", None),
        ("Amt 56", None),
    ],
)
def test_a_known_department_is_told_by_its_id(cell: str, unit: str | None) -> None:
    assert AACHEN.find(cell).id == unit


@pytest.mark.parametrize("cell", ["Müller", "FB 45?", "evtl. FB 45", "FB 45 u. FB 56", "ehem. FB 50", "xyz"])
def test_a_guess_stays_under_one_half_so_that_nobody_takes_it_for_a_lead(cell: str) -> None:
    found = AACHEN.find(cell)
    assert found.certainty < 0.5
    assert found.question is not None


@pytest.mark.parametrize(
    "cell",
    ["FB 56", "Jugendamt", "Amt für Soziales u. Wohnen", "Dezernat V / FB 45", "FB 61 (i. V. m. FB 36)"],
)
def test_a_city_that_starts_from_nothing_has_leads_too(cell: str) -> None:
    found = NOWHERE.find(cell)
    assert found.certainty >= 0.5
    assert (found.id, found.question) == (None, None)


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("Feuerwehr und Rettungsdienst (FB 37)", "FB 37"),
        ("Stadttheater und Musikdirektion", "Stadttheater und Musikdirektion"),
        ("Dezernat I (Dez. I)", "Dezernat I"),
        ("Dezernat III Planung und Umwelt", "Dezernat III Planung und Umwelt"),
        ("FB 61/300", "FB 61/300"),
        ("S 69 Koordinierungsstelle Klimaschutz und Lokale Agenda 21", "S 69"),
        (
            "Fachbereich Stadtentwicklung\nund Verkehrsanlagen",
            "Fachbereich Stadtentwicklung und Verkehrsanlagen",
        ),
        ("Jugendamt und Sozialamt", ""),
        ("FB 45 und FB 56", ""),
    ],
)
def test_one_name_joined_by_und_is_one_department_and_two_departments_are_asked_about(
    cell: str, label: str
) -> None:
    assert NOWHERE.find(cell).label == label


def test_a_legend_tells_what_an_abbreviation_stands_for() -> None:
    units = Units(KNOWN, {"Soz.": "dep-fb56", "A 50": "Fachbereich Wohnen, Soziales und Integration"})
    assert [units.find(cell).id for cell in ("Soz.", "soz", "A 50", "A50 (Fr. Müller)")] == ["dep-fb56"] * 4
    assert units.find("Soz.").label == "Soz."


def test_a_list_gives_every_department_but_those_of_the_past() -> None:
    found = AACHEN.find_all("FB 45, FB 56 und Jobcenter (früher ARGE)")
    assert [one.label for one in found] == ["FB 45", "FB 56", "Jobcenter"]
    assert [one.id for one in found] == ["dep-fb45", "dep-fb56", None]


def test_a_number_is_never_guessed() -> None:
    assert AACHEN.find("FB 57").id is None
    assert AACHEN.find("FB 65").id is None


def typing_errors(name: str) -> Iterator[str]:
    """Every letter left out, doubled, exchanged with the next, replaced."""
    for at, letter in enumerate(name):
        if letter.isalpha():
            yield name[:at] + name[at + 1 :]
            yield name[:at] + letter + name[at:]
            yield name[:at] + "x" + name[at + 1 :]
            if name[at + 1 : at + 2].isalpha():
                yield name[:at] + name[at + 1] + letter + name[at + 2 :]


def test_names_with_a_typing_error_are_found_and_never_taken_for_another() -> None:
    """Measured for the threshold of 90: nothing wrong, nearly all right; directorates differ in their number only."""
    told: Counter[str] = Counter()
    for thing in KNOWN:
        if not re.match(r"Dezernat [IV]+$", thing.names[-1]):
            for cell in typing_errors(thing.names[-1]):
                found = AACHEN.find(cell).id
                told[
                    "right" if found == thing.id else "asked" if found is None else f"wrong {cell} {found}"
                ] += 1
    assert set(told) <= {"right", "asked"}
    assert told["right"] / told.total() > 0.98


@pytest.mark.parametrize(
    ("name", "looks"),
    [("Jugendamt", True), ("Soziales", True), ("OB-Büro", True), ("Müller", False), ("ja", False)],
)
def test_a_name_that_nobody_knows_may_look_like_a_department(name: str, looks: bool) -> None:
    assert looks_like_unit(name) is looks


@settings(deadline=None)
@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            [
                "FB 56",
                "FB",
                "45",
                "(",
                ")",
                "/",
                ",",
                "und",
                "ehem.",
                "→",
                "Fr. Müller",
                "ff",
                "mit",
                "?",
                '"',
                "\n",
                "Dez. V",
            ]
        ),
        max_size=8,
    ).map(" ".join)
)
def test_a_cell_never_names_what_it_does_not_hold(cell: str) -> None:
    """Each digit of a lead is written in its cell, and reading never fails."""
    found = NOWHERE.find(cell)
    for number in re.findall(r"[0-9]+", found.label):
        assert number in cell
    AACHEN.find(cell)
    AACHEN.find_all(cell)


@pytest.mark.parametrize("cell", ["FB 56 / " * 4000, "a" * 30_000, "1/" * 15_000])
def test_a_text_of_thousands_of_words_is_no_lead_and_is_asked_about(cell: str) -> None:
    found = AACHEN.find(cell)
    assert (found.label, found.certainty) == ("", 0.0)
    assert found.question is not None


def test_an_abbreviation_of_the_legend_is_a_department_even_where_none_is_known() -> None:
    found = Units((), {"JA": "Jugendamt"}).find("JA (Fr. Müller)")
    assert (found.label, found.id, found.left_out) == ("JA", None, "Fr. Müller")
    assert found.certainty >= 0.5
    assert NOWHERE.find("JA").certainty < 0.5


@pytest.mark.parametrize(
    ("cell", "lead"), [("FB 61 statt FB 36", "FB 61"), ("FB 61, nicht FB 36", "FB 61"), ("nicht FB 61", "")]
)
def test_a_department_that_is_denied_does_not_lead(cell: str, lead: str) -> None:
    assert NOWHERE.find(cell).label == lead
