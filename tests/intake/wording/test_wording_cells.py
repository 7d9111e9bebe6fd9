"""Kinds of empty, lists, statuses, cycles and titles as people write them."""

from __future__ import annotations

import csv
import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.intake.sheets.wording.cycles import read_cycle
from graph.intake.sheets.wording.empties import empty_kind
from graph.intake.sheets.wording.folding import clean
from graph.intake.sheets.wording.lists import split_list
from graph.intake.sheets.wording.statuses import status_of
from graph.intake.sheets.wording.titles import NEAR, edition, nearness, same_title, titled
from ontology.sheet_words import load_sheet_words
from ontology.vocabulary import load_vocabulary

PLANS = Path(__file__).parents[3] / "data" / "aachen" / "plans.csv"
with PLANS.open(encoding="utf-8") as lines:
    TITLES = [(row["title_de"], row["series"]) for row in csv.DictReader(lines)]
LISTS = load_sheet_words().lists

EMPTIES = {
    "none": "- | – | — | -- | / | keine | keiner | entfällt | entf. | nicht vorhanden | n. vorh. | trifft nicht zu | gibt es nicht | n/a | none | nein | ohne"
    " | noch nicht beschlossen | (keine) | KEINE | keine.",
    "unknown": "? | ?? | k.A. | k. A. | kA | k.A | (k. A.) | keine Angabe | n.n. | N.N. | n. n. | unbekannt | nicht bekannt | offen | noch offen | unklar"
    " | wird noch geklärt | folgt | tbd | unknown | – ? | #NV | #REF! | bitte ergänzen | keine Rückmeldung",
    "notAsked": "nicht erhoben | nicht abgefragt | wird noch abgefragt | noch nicht erhoben | not asked | Nicht  abgefragt",
}


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text.strip()) for kind, texts in EMPTIES.items() for text in texts.split(" | ")]
)
def test_an_empty_cell_says_which_kind_of_empty_it_is(kind: str, text: str) -> None:
    assert empty_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "FB 56",
        "Keine Kinder",
        "0",
        "2019",
        "nicht nur Kinder",
        "offene Jugendarbeit",
        "–2020",
        "Rat",
    ],
)
def test_a_value_or_nothing_at_all_is_no_kind_of_empty(text: str) -> None:
    assert empty_kind(text) is None


def test_no_word_stands_for_two_kinds_of_empty() -> None:
    folded = {
        name: {empty_kind(word) for word in LISTS[name]}
        for name in ("empty_none", "empty_not_asked", "empty_unknown")
    }
    assert folded == {"empty_none": {"none"}, "empty_not_asked": {"notAsked"}, "empty_unknown": {"unknown"}}


WORDS = st.sampled_from(
    [word for name in ("empty_none", "empty_not_asked", "empty_unknown") for word in LISTS[name]]
)


@settings(deadline=None)
@given(WORDS, st.sampled_from([" ", "\u00a0", "  ", "\u200b", "\n"]), st.booleans(), st.sampled_from("-–—‑"))
def test_case_spaces_and_dashes_do_not_change_the_kind_of_empty(
    word: str, space: str, upper: bool, dash: str
) -> None:
    spelled = (word.upper() if upper else word).replace("-", dash)
    assert empty_kind(space + spelled + space) == empty_kind(word)


CELLS = [
    ("target_groups", "Kinder, Jugendliche und Familien", ["Kinder", "Jugendliche", "Familien"]),
    ("target_groups", "Kinder; Jugendliche; Familien", ["Kinder", "Jugendliche", "Familien"]),
    ("target_groups", "Kinder / Jugendliche", ["Kinder", "Jugendliche"]),
    ("target_groups", "Kinder/Jugendliche", ["Kinder", "Jugendliche"]),
    ("target_groups", "Kinder u. Jugendliche", ["Kinder", "Jugendliche"]),
    ("target_groups", "- Kinder\n- Jugendliche", ["Kinder", "Jugendliche"]),
    ("target_groups", "• Kinder\n• Jugendliche", ["Kinder", "Jugendliche"]),
    ("target_groups", "1) Kinder 2) Jugendliche", ["Kinder", "Jugendliche"]),
    ("target_groups", "1. Kinder\n2. Jugendliche", ["Kinder", "Jugendliche"]),
    ("target_groups", "Bürgerinnen und Bürger", ["Bürgerinnen und Bürger"]),
    ("target_groups", "Schülerinnen und Schüler, Eltern", ["Schülerinnen und Schüler", "Eltern"]),
    ("target_groups", "Menschen mit und ohne Behinderung", ["Menschen mit und ohne Behinderung"]),
    ("target_groups", "Kinder- und Jugendliche", ["Kinder- und Jugendliche"]),
    ("target_groups", "Bürger/innen", ["Bürger/innen"]),
    ("target_groups", "Bürger/-innen und Vereine", ["Bürger/-innen", "Vereine"]),
    ("target_groups", "Kinder (0-6, U3 und Ü3), Eltern", ["Kinder (0-6, U3 und Ü3)", "Eltern"]),
    ("target_groups", "Kinder (z. B. in Kitas; Schulen)", ["Kinder (z. B. in Kitas; Schulen)"]),
    ("target_groups", "Kinder von 3,5 bis 6 Jahren", ["Kinder von 3,5 bis 6 Jahren"]),
    ("target_groups", "alle", ["alle"]),
    ("topics", "Armut und Teilhabe, Wohnen", ["Armut und Teilhabe", "Wohnen"]),
    ("topics", "Wohnen | Bildung", ["Wohnen", "Bildung"]),
    ("areas", "Aachen-Ost/Rothe Erde, Forst", ["Aachen-Ost/Rothe Erde", "Forst"]),
    ("areas", "Forst / Preuswald", ["Forst", "Preuswald"]),
    ("goals", "Teilhabe stärken, Armut senken", ["Teilhabe stärken, Armut senken"]),
    ("goals", "1) Teilhabe stärken 2) Armut senken, sofort", ["Teilhabe stärken", "Armut senken, sofort"]),
    ("goals", "- Teilhabe stärken\n- Armut senken", ["Teilhabe stärken", "Armut senken"]),
    ("goals", "Teilhabe stärken; Armut senken", ["Teilhabe stärken", "Armut senken"]),
    ("goals", "Teilhabe stärken\nArmut senken", ["Teilhabe stärken", "Armut senken"]),
    ("goals", "CO2-Ausstoß bis 2030 um 65 % senken", ["CO2-Ausstoß bis 2030 um 65 % senken"]),
    ("legal_basis", "§§ 11, 12 SGB VIII; KJFöG NRW", ["§§ 11, 12 SGB VIII", "KJFöG NRW"]),
    ("participating", "FB 45 / FB 56", ["FB 45", "FB 56"]),
    ("participating", "FB 45; FB 56", ["FB 45", "FB 56"]),
    ("participating", "Wohnen, Soziales und Integration", ["Wohnen, Soziales und Integration"]),
    ("title", "Wohnen, Soziales und Integration; Band 1", ["Wohnen, Soziales und Integration; Band 1"]),
    ("title", "", []),
    ("goals", "", []),
]


@pytest.mark.parametrize(("field", "cell", "parts"), CELLS)
def test_a_list_is_split_as_its_column_asks(field: str, cell: str, parts: list[str]) -> None:
    assert list(split_list(cell, field)) == parts


def test_a_known_name_is_never_split() -> None:
    cell = "Familien und Haushalte mit Kindern, Ältere"
    assert split_list(cell, "target_groups", ["Familien und Haushalte mit Kindern"]) == (
        "Familien und Haushalte mit Kindern",
        "Ältere",
    )


FIELDS = st.sampled_from(
    ["target_groups", "topics", "areas", "goals", "measures", "participating", "legal_basis", "title"]
)
LISTED = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ["Kinder", " und ", ", ", ";", "/", "\n", "- ", "1) ", "(", ")", "u. ", "• ", " ", "Ä", "1.5"]
    )
).map("".join)


@settings(deadline=None)
@given(LISTED, FIELDS)
def test_the_parts_of_a_list_stand_in_the_cell_in_their_order(cell: str, field: str) -> None:
    at, seen = 0, clean(cell)
    for part in split_list(cell, field):
        assert part
        at = seen.index(part, at) + len(part)


STATUSES = [
    ("gültig", "gültig"),
    ("in Kraft", "gültig"),
    ("i.K.", "gültig"),
    ("in Kraft seit 2015", "gültig"),
    ("beschlossen", "gültig"),
    ("rechtskräftig", "gültig"),
    ("gültig (bis 2026)", "gültig"),
    ("fortlaufend", "fortlaufend"),
    ("laufend", "fortlaufend"),
    ("in Arbeit", "in Erarbeitung"),
    ("in Aufstellung", "in Erarbeitung"),
    ("Entwurf", "in Erarbeitung"),
    ("in Erarbeitung, Beschluss 2026", "in Erarbeitung"),
    ("abgelöst", "abgelöst"),
    ("abgelöst durch SEP 3", "abgelöst"),
    ("außer Kraft", "ausgelaufen"),
    ("ausser Kraft", "ausgelaufen"),
    ("ausgelaufen", "ausgelaufen"),
    ("abgelaufen", "ausgelaufen"),
    ("in force", "gültig"),
    ("IN KRAFT", "gültig"),
]


@pytest.mark.parametrize(("text", "notation"), STATUSES)
def test_a_status_word_becomes_a_code(text: str, notation: str) -> None:
    found = status_of(text)
    assert (found.notation, found.question) == (notation, None)


@pytest.mark.parametrize("text", ["gelb", "siehe Bemerkung", "50 %", "nicht in Kraft", "Kraft"])
def test_an_unknown_status_stays_a_word_and_is_asked_about(text: str) -> None:
    found = status_of(text)
    assert (found.label, found.code, found.question is None) == (text, None, False)


@pytest.mark.parametrize(
    ("text", "guess"), [("geplant", "in Erarbeitung"), ("alt", "abgelöst"), ("vorhanden", "gültig")]
)
def test_a_word_that_may_mean_a_status_is_a_guess(text: str, guess: str) -> None:
    found = status_of(text)
    assert (found.notation, found.certainty) == (guess, 0.6)
    assert found.question is not None


@pytest.mark.parametrize("scheme", load_sheet_words().statuses)
def test_every_code_of_the_word_list_is_in_the_vocabulary(scheme: str) -> None:
    concepts = load_vocabulary().schemes[scheme].concepts
    for words in load_sheet_words().statuses[scheme].values():
        for word in words["sure"]:
            assert status_of(word, scheme).notation in concepts


@pytest.mark.parametrize(
    ("text", "kind", "years"),
    [
        ("jährlich", "years", 1),
        ("alle 5 Jahre", "years", 5),
        ("alle fünf Jahre", "years", 5),
        ("5-jährig", "years", 5),
        ("zweijährlich", "years", 2),
        ("je Wahlperiode", "council-term", None),
        ("laufend", "continuous", None),
        ("einmalig", "once", None),
        ("alle 3-5 Jahre", None, None),
        ("halbjährlich", None, None),
        ("bei Bedarf", None, None),
    ],
)
def test_a_cycle_is_read_where_it_is_fixed(text: str, kind: str | None, years: int | None) -> None:
    found = read_cycle(text)
    assert (found.kind, found.years, found.label) == (kind, years, text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Schulentwicklungsplan", "Schul-Entwicklungsplan"),
        ("Sozialentwicklungsplan (SEP)", "Sozialentwicklungsplan"),
        ("Maßnahmenprogramm", "MASSNAHMENPROGRAMM"),
        ("Kinder- und Jugendförderplan", "Kinder- und\nJugendförderplan "),
        ("Wohnungs\u00admarktbericht", "Wohnungsmarktbericht"),
        ("Mobilita\u0308tsstrategie", "Mobilitätsstrategie"),
    ],
)
def test_titles_that_differ_in_spelling_only_are_the_same(first: str, second: str) -> None:
    assert same_title(first, second)
    assert nearness(first, second) == 1.0
    assert not edition(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sozialentwicklungsplan 2015", "Sozialentwicklungsplan 2020"),
        ("Sozialentwicklungsplan 2015", "3. Sozialentwicklungsplan (2020)"),
        ("Kinder- und Jugendförderplan 2015–2020", "Kinder- und Jugendförderplan 2023-2026"),
        ("Luftreinhalteplan", "Luftreinhalteplan, 1. Fortschreibung"),
        ("Integriertes Klimaschutzkonzept (2020)", "Integriertes Klimaschutzkonzept, Fortschreibung (2024)"),
        ("Zweiter Sozialentwicklungsplan", "Dritter Sozialentwicklungsplan"),
    ],
)
def test_editions_of_a_series_are_neither_the_same_nor_near(first: str, second: str) -> None:
    assert edition(first, second)
    assert not same_title(first, second)
    assert nearness(first, second) < NEAR


def test_two_plans_of_one_abbreviation_are_kept_apart() -> None:
    first, second = "Sozialentwicklungsplan (SEP)", "Schulentwicklungsplan (SEP)"
    assert titled(first).abbreviation == titled(second).abbreviation == "SEP"
    assert not same_title(first, second)
    assert not edition(first, second)


def test_a_typing_error_makes_titles_near() -> None:
    assert nearness("Sozialentwicklungsplan", "Sozialentwicklungplan") >= NEAR
    assert nearness("Nahverkehrsplan", "Nahverkehrspaln") >= NEAR


def test_no_two_plans_of_aachen_are_taken_for_one() -> None:
    assert [(a, b) for (a, _), (b, _) in combinations(TITLES, 2) if same_title(a, b)] == []
    near = [
        (a, b)
        for (a, first), (b, second) in combinations(TITLES, 2)
        if nearness(a, b) >= NEAR and first != second
    ]
    assert near == []


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_titles_compare_the_same_both_ways(first: str, second: str) -> None:
    assert same_title(first, second) == same_title(second, first)
    assert edition(first, second) == edition(second, first)
    assert nearness(first, second) == nearness(second, first)
    assert not re.search(r"\s$", titled(first).title)
