"""Headings as people write them: each is one field, or none where nobody can be sure."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.intake.sheets.wording.folding import clean, compact, fold
from graph.intake.sheets.wording.headings import meaning_of, meanings_of
from graph.intake.sheets.wording.settled import by_cells
from ontology.sheet_words import load_sheet_words

HEADINGS = load_sheet_words().headings

# heading = field of a table of plans; "none" names nothing
PLANS = r"""
Lfd. Nr. = number
lfd.Nr = number
Nr = number
# = number
Titel = title
Titel des Planwerks = title
Planwerk / Konzept = title
Name des Plans = title
Wie heißt der Plan? = title
1. Titel des Planwerks = title
a) Planwerk = title
Plan (Bezeichnung) = title
Planwerk: = title
PLANWERK = title
Plan\u00adwerk = title
Fachplanung/ Konzept = title
Title of the plan = title
Abkürzung = abbreviation
Abk. = abbreviation
Kürzel = abbreviation
Planart = kind
Art des Plans = kind
Verbindlichkeit = kind
Federführung = lead_department
federführend = lead_department
Federführendes Amt = lead_department
FF / Amt = lead_department
FF = lead_department
Amt = lead_department
Fachbereich = lead_department
FB = lead_department
Federführung (FB) = lead_department
Federführung¹ = lead_department
Federführung* = lead_department
Feder-\nführung = lead_department
Feder\u00adführung = lead_department
Federfu\u0308hrung = lead_department
Federfuehrung = lead_department
FEDERFÜHRUNG = lead_department
Federführung : = lead_department
Federführng = lead_department
zust. Amt = lead_department
zuständige Stelle = lead_department
Zuständigkeit = lead_department
verantwortlich = lead_department
Wer ist federführend? = lead_department
Welches Amt ist hier federführend? = lead_department
2) Federführende Dienststelle (Amt/FB) = lead_department
Lead department = lead_department
Federführung (aktuell) = lead_department
FF neu = lead_department
Federführung (Stand 10/2024) = lead_department
Organisation / Federführung = lead_department
Zuständigkeit / Federführung = lead_department
Federführung 2017 = former_lead
FF (alt) = former_lead
Federführung bis 2019 = former_lead
Federführung / alt = former_lead
ehem. Federführung = former_lead
bisher federführend = former_lead
frühere Zuständigkeit = former_lead
Amt (alt) = former_lead
Federführung / 2017 = former_lead
Federführung künftig = note
Federführung ab 2026 = note
geplante Federführung = note
Federführung (Name) = contact
Ansprechpartner = contact
Ansprechpartner/in = contact
Ansprechpartner*in (Amt) = contact
Ansprechpartner FB = contact
Bearbeiter = contact
Telefon = contact
Kontaktperson = contact
Beteiligte = participating
Beteiligte Ämter = participating
weitere beteiligte FB = participating
Bet. = participating
Mitwirkung = participating
Kooperationspartner = participating
Involved departments = participating
Status = status
Stand = status
Umsetzungsstand = status
Bearbeitungsstand = status
in Kraft? = status
Stand 2019 = none
Stand: 12.03.2024 = none
Status 2017 = note
Stand (Datum) = confirmed_on
letzte Aktualisierung = confirmed_on
zuletzt geändert am = confirmed_on
Datenstand = confirmed_on
Laufzeit = period
Zeitraum = period
Geltungsdauer = period
Laufzeit (von - bis) = period
von/bis = period
Planungshorizont = period
geplante Laufzeit = period
Laufzeit alt = note
Laufzeit / von = valid_from
Laufzeit / bis = valid_to
Laufzeit\nvon = valid_from
Laufzeit\nbis = valid_to
Gültigkeit / ab = valid_from
Zeitraum / Beginn = valid_from
Zeitraum / Ende = valid_to
von = valid_from
bis = valid_to
gültig ab = valid_from
gültig bis = valid_to
in Kraft seit = valid_from
Inkrafttreten = valid_from
Laufzeitende = valid_to
befristet bis = valid_to
Valid until = valid_to
Beschluss (Datum) = decided_on
Beschluss-Datum = decided_on
Beschlussdatum = decided_on
Beschluss- datum = decided_on
Beschluss = decided_on
Ratsbeschluss = decided_on
beschlossen am = decided_on
Beschluss des Rates vom = decided_on
Beschluss / am = decided_on
Beschluss / Datum = decided_on
Beschluss / Gremium = decided_by
Beschluss / Vorlage = paper
Beschluss durch = decided_by
Gremium = decided_by
Ausschuss = decided_by
geplanter Beschluss = planned_on
Beschluss (geplant) = planned_on
voraussichtlicher Beschluss = planned_on
nächster Beschluss = planned_on
Beschluss alt = note
nächste Fortschreibung = next_revision
nächste Fortschreibung (geplant) = next_revision
Fortschreibung = next_revision
Wiedervorlage = next_revision
Überprüfung = next_revision
Turnus = cycle
Fortschreibungsturnus = cycle
Fortschreibung (Turnus) = cycle
Vorlage = paper
Vorlagen-Nr. = paper
Drs.-Nr. = paper
Rechtsgrundlage = legal_basis
Rechtsgrundl. = legal_basis
Rechtsgrundlage(n) = legal_basis
gesetzl. Grundlage = legal_basis
§ = legal_basis
Rechtsgrund-\nlage = legal_basis
Thema = topics
Handlungsfelder = topics
Raumbezug = areas
räumlicher Geltungsbereich = areas
Stadtteil = areas
Zielgruppe = target_groups
Zielgruppe(n) = target_groups
Zielgr. = target_groups
Ziel-gruppe = target_groups
für wen? = target_groups
Für wen ist der Plan? = target_groups
Adressat*innen = target_groups
Zielgrupen = target_groups
Target groups = target_groups
Ziele = goals
Ziel(e) = goals
Zielsetzung = goals
Ziele 2030 = goals
Maßnahmen = measures
Massnahmen = measures
Indikatoren = indicators
Steuerungsinstrumente = instruments
Datengrundlage = data_sources
Kurzbeschreibung = summary
Inhalt = summary
Kosten = cost
Kosten (EUR) = cost
Quelle = source
Link = source
Bemerkung = note
Bemerkungen / Hinweise = note
Anm. = note
Vorgänger = former_title
Vorgängerplan / Titel = former_title
Vorgängerplan / Beschluss am = note
abgelöst durch = successor
Nachfolger / Titel = successor
Datum = note
Jahr = note
Genehmigung = note
Aufstellungsbeschluss = note
Erstbeschluss = note
erstmals beschlossen = note
letzte Fortschreibung = note
Veröffentlicht am = note
Zieljahr = note
Feststellungsbeschluss = decided_on
Beschluss vom / durch = decided_on
Beschluss (Gremium / Datum) = decided_on
gültig seit/bis = period
federf. OE = lead_department
Titel/Thema = title
"""
PAIRS = [tuple(part.strip(" ") for part in line.rsplit(" = ", 1)) for line in PLANS.strip().splitlines()]
SYNONYMS = [
    (table, name, word, certainty)
    for table, fields in HEADINGS.items()
    for name, words in fields.items()
    for certainty, known in ((1.0, words.sure), (0.7, words.likely))
    for word in known
]


def test_the_table_of_headings_is_long_enough_to_mean_something() -> None:
    assert len(PAIRS) >= 150
    assert len(SYNONYMS) >= 1000


@pytest.mark.parametrize(("heading", "field"), PAIRS)
def test_a_heading_names_its_field(heading: str, field: str) -> None:
    found = meaning_of(heading.encode("latin-1", "backslashreplace").decode("unicode_escape"), "plans")
    assert (found.field if found else "none") == field


@pytest.mark.parametrize("table", HEADINGS)
def test_no_synonym_stands_twice_in_one_table(table: str) -> None:
    keys = Counter(compact(word) or word for where, _, word, _ in SYNONYMS if where == table)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("table", HEADINGS)
def test_every_synonym_names_its_field(table: str) -> None:
    wrong = []
    for where, name, word, certainty in SYNONYMS:
        found = meaning_of(word, table) if where == table else None
        if where == table and (found is None or (found.field, found.certainty) != (name, certainty)):
            wrong.append((word, name, found))
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "Sozialentwicklungsplan",
        "Kinder- und Jugendförderplan 2015-2020",
        "Integriertes Handlungskonzept Aachen-Nord",
        "Maßnahmenplan Klima",
        "Aktionsplan Inklusion",
        "Übersicht der Planwerke der Stadt, Stand 2023",
        "Konzept Wohnen",
        "FB 56",
        "2019",
        "Rat 12.12.2019",
        "Kinder, Jugendliche",
        "",
        "   ",
        "-",
        "?",
        "x" * 5000,
    ],
)
def test_a_cell_is_not_taken_for_a_heading(text: str) -> None:
    assert meaning_of(text, "plans") is None


@pytest.mark.parametrize(
    ("heading", "table", "field"),
    [
        ("Ziel", "goals", "title"),
        ("aus Plan", "goals", "plan"),
        ("Zielwert", "goals", "target_value"),
        ("bis wann?", "goals", "deadline"),
        ("Maßnahme", "measures", "title"),
        ("verantwortlich", "measures", "responsible"),
        ("Umsetzung bis", "measures", "deadline"),
        ("Kosten (EUR)", "measures", "cost"),
        ("Instrument", "instruments", "title"),
        ("besteht seit", "instruments", "since"),
        ("Laufzeit / von", "plans", "valid_from"),
        ("Federführung", "instruments", "department"),
        ("Abk.", "departments", "abbreviation"),
        ("Bedeutung", "departments", "name"),
        ("Stichtag", "indicators", "as_of"),
    ],
)
def test_the_same_word_names_another_field_in_another_table(heading: str, table: str, field: str) -> None:
    found = meaning_of(heading, table)
    assert found is not None
    assert (found.table, found.field) == (table, field)


def test_without_a_table_every_table_is_offered_once() -> None:
    assert [(one.table, one.field) for one in meanings_of("Ziele")][:2] == [
        ("plans", "goals"),
        ("goals", "title"),
    ]


@pytest.mark.parametrize(
    ("heading", "tense"),
    [("FF (alt)", "past"), ("FF neu", "now"), ("geplante Laufzeit", "coming"), ("FF", "")],
)
def test_a_heading_tells_of_which_time_it_speaks(heading: str, tense: str) -> None:
    found = meaning_of(heading, "plans")
    assert found is not None
    assert found.tense == tense


def test_a_column_of_today_is_more_certain_than_one_with_an_old_date() -> None:
    today, dated = meaning_of("Federführung", "plans"), meaning_of("Federführung (Stand 2019)", "plans")
    assert today is not None
    assert dated is not None
    assert today.certainty > dated.certainty >= 0.5


def test_the_reason_is_told_in_both_languages() -> None:
    found = meaning_of("FF (alt)", "plans")
    assert found is not None
    assert found.why.de
    assert found.why.en


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Stand", ["12.3.2024", "04/2023", ""], "confirmed_on"),
        ("Stand", ["gültig", "in Arbeit", "12.3.2024"], "status"),
        ("Beschluss", ["Rat", "JHA", "SGA"], "decided_by"),
        ("Beschluss", ["12.12.2019", "Rat 3.4.2020"], "decided_on"),
        ("Fortschreibung", ["alle 5 Jahre", "jährlich"], "cycle"),
        ("Fortschreibung", ["2026", "2027 geplant"], "next_revision"),
        ("verantwortlich", ["Frau Müller", "Herr Schulz"], "contact"),
        ("verantwortlich", ["FB 56", "Frau Müller (FB 45)"], "lead_department"),
        ("Federführung", [], "lead_department"),
    ],
)
def test_the_cells_of_a_column_tell_what_its_heading_leaves_open(
    heading: str, cells: list[str], field: str
) -> None:
    found = meaning_of(heading, "plans")
    assert found is not None
    assert by_cells(found, cells).field == field


TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ["Feder", "-", "\n", "führung", "\u00ad", "(", "n", ")", "*", "in", ":", "ß", "Ä", "\u0308", "a"]
    )
).map("".join)


@settings(deadline=None)
@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert compact(compact(text)) == compact(text)


@settings(deadline=None)
@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(deadline=None)
@given(TEXTS)
def test_any_text_is_a_heading_or_none(text: str) -> None:
    for found in meanings_of(text):
        assert 0 < found.certainty <= 1
        assert found.table in HEADINGS
