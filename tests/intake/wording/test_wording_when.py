"""Dates as people type them in spreadsheets: nothing invented, planned is not decided, two values stay two."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.dates import parse_date
from graph.intake.sheets.wording.dates.period import read_period
from graph.intake.sheets.wording.dates.when import When, read_when
from graph.intake.sheets.wording.decision import read_decision

# idiom = points; "<" begins, ">" ends; ":planned" and so on how it is meant; "open" has no end; "ask" asks
IDIOMS = """
09.07.2019                                 = 2019-07-09
9. 7. 2019                                 = 2019-07-09
9.7.2019                                   = 2019-07-09
09.07.19                                   = 2019-07-09
9.7.'19                                    = 2019-07-09
2019-07-09                                 = 2019-07-09
2019.07.09                                 = 2019-07-09
2019/07/09                                 = 2019-07-09
09-07-2019                                 = 2019-07-09
31/12/2019                                 = 2019-12-31
12/31/2019                                 = 2019-12-31
05/05/2019                                 = 2019-05-05
1. Feb. 2012                               = 2012-02-01
1.Februar 2012                             = 2012-02-01
01. Februar 2012                           = 2012-02-01
1 Februar 2012                             = 2012-02-01
1. Febr. 2012                              = 2012-02-01
den 1. Februar 2012                        = 2012-02-01
am 1.2.2012                                = 2012-02-01
vom 1.2.2012                               = 2012-02-01
1st of February 2012                       = 2012-02-01
1 Feb 2012                                 = 2012-02-01
Feb 1, 2012                                = 2012-02-01
February 1st, 2012                         = 2012-02-01
01-Feb-2012                                = 2012-02-01
1. März 2020                               = 2020-03-01
1. Maerz 2020                              = 2020-03-01
1. Mrz. 2020                               = 2020-03-01
24. Dez 2018                               = 2018-12-24
3. Jänner 2019                             = 2019-01-03
Februar 2012                               = 2012-02
Feb. 2012                                  = 2012-02
Feb 2012                                   = 2012-02
Feb-12                                     = 2012-02
Feb 12                                     = 2012-02
Sept. 2019                                 = 2019-09
Sep 19                                     = 2019-09
Okt. '18                                   = 2018-10
04.2025                                    = 2025-04
4/2025                                     = 2025-04
04 / 2025                                  = 2025-04
2025/04                                    = 2025-04
2025-04                                    = 2025-04
Mai/Juni 2019                              = 2019-05/2019-06
Mai bis Juli 2019                          = 2019-05< 2019-07>
Mitte 2024                                 = 2024
Anfang 2020                                = 2020
Anf. 2020                                  = 2020
Ende 2024                                  = 2024
Frühjahr 2025                              = 2025
Sommer 2023                                = 2023
Herbst 2023                                = 2023
IV. Quartal 2025                           = 2025-10/2025-12
4. Quartal 2025                            = 2025-10/2025-12
IV/2025                                    = 2025-10/2025-12
Q4 2025                                    = 2025-10/2025-12
Q4/25                                      = 2025-10/2025-12
4. Quart. 2025                             = 2025-10/2025-12
2025 Q4                                    = 2025-10/2025-12
2. Halbjahr 2024                           = 2024-07/2024-12
2. HJ 2024                                 = 2024-07/2024-12
II. HJ 24                                  = 2024-07/2024-12
H1 2024                                    = 2024-01/2024-06
Wintersemester 2023/24                     = 2023/2024
SJ 2019/20                                 = 2019/2020
Schuljahr 2019/2020                        = 2019/2020
Kita-Jahr 2024/25                          = 2024/2025
2016/17                                    = 2016/2017
2024/2025                                  = 2024/2025
Haushaltsjahr 2024                         = 2024
HH 2023/24                                 = 2023/2024
2015-2020                                  = 2015< 2020>
2015 - 2020                                = 2015< 2020>
2015 – 2020                                = 2015< 2020>
2015—2020                                  = 2015< 2020>
2015–20                                    = 2015< 2020>
2015-20                                    = 2015< 2020>
1998-03                                    = ask
2015 bis 2020                              = 2015< 2020>
2015 bis einschl. 2020                     = 2015< 2020>
von 2015 bis 2020                          = 2015< 2020>
von 1/2015 bis 12/2020                     = 2015-01< 2020-12>
01/2015-12/2020                            = 2015-01< 2020-12>
1.1.2015 - 31.12.2020                      = 2015-01-01< 2020-12-31>
01.01.2015 bis 31.12.2020                  = 2015-01-01< 2020-12-31>
vom 1.1.2015 bis 31.12.2020                = 2015-01-01< 2020-12-31>
1.1. bis 31.12.2020                        = 2020-01-01< 2020-12-31>
1. Januar bis 31. Dezember 2020            = 2020-01-01< 2020-12-31>
Jan. 2015 - Dez. 2020                      = 2015-01< 2020-12>
from 2015 to 2020                          = 2015< 2020>
2015/2020                                  = 2015< 2020>
2015→2020                                  = 2015< 2020>
ab 2015                                    = 2015<
ab 1.1.2015                                = 2015-01-01<
seit 2015                                  = 2015<
seit 1.8.2015                              = 2015-08-01<
seit Anfang 2015                           = 2015<
seit ca. 2015                              = 2015~<
gültig ab 2015                             = 2015<
in Kraft seit 1.1.2015                     = 2015-01-01<
i.K. seit 2015                             = 2015<
since 2015                                 = 2015<
ab 2015 unbefristet                        = 2015< open
ab 2015, unbefristet                       = 2015< open
ab 2015 bis auf Weiteres                   = 2015< open
2015 – laufend                             = 2015< open
2015-heute                                 = 2015< open
2015 ff                                    = 2015< open
2015ff.                                    = 2015< open
2015 f.                                    = 2015:uncertain ask
bis 2030                                   = 2030>
bis 31.12.2030                             = 2030-12-31>
bis Ende 2030                              = 2030>
bis ca. 2030                               = 2030~>
bis einschl. 2030                          = 2030>
längstens bis 2030                         = 2030>
befristet bis 31.12.2026                   = 2026-12-31>
gültig bis 2026                            = 2026>
until 2030                                 = 2030>
–2030                                      = 2030>
2030+                                      = 2030/.. open
2020-2030+                                 = 2020< 2030/..> open
Zieljahr 2030                              = 2030:planned
Horizont 2035                              = 2035
ca. 2034                                   = 2034~
etwa 2034                                  = 2034~
um 2034                                    = 2034~
rd. 2034                                   = 2034~
~2034                                      = 2034~
2034?                                      = 2034?:uncertain ask
2034 (?)                                   = 2034?:uncertain ask
ca. Mitte 2034                             = 2034~
2024 (geplant)                             = 2024:planned
geplant 2024                               = 2024:planned
gepl. 2024                                 = 2024:planned
geplant: Q3 2024                           = 2024-07/2024-09:planned
vsl. 2026                                  = 2026:planned
vrsl. 2026                                 = 2026:planned
vorauss. Sommer 2026                       = 2026:planned
voraussichtlich im Herbst 2026             = 2026:planned
soll 2026 beschlossen werden               = 2026:planned
Beschluss für 2026 vorgesehen              = 2026:planned
in Planung für 2027                        = 2027:planned
angestrebt: 2027                           = 2027:planned
frühestens 2027                            = 2027:planned
spätestens 12/2027                         = 2027-12:planned
planned 2027                               = 2027:planned
expected Q2 2027                           = 2027-04/2027-06:planned
2006 (lt. Presse 2005)                     = 2006 2005:press
2006 (Zeitung: 2007)                       = 2006 2007:press
2006 bzw. 2007                             = 2006:uncertain 2007:uncertain ask
2006 oder 2007                             = 2006:uncertain 2007:uncertain ask
vermutlich 2006                            = 2006:uncertain ask
wohl 2006                                  = 2006:uncertain ask
vor 2006                                   = 2006:uncertain ask
nach 2006                                  = 2006:uncertain ask
nicht vor 2027                             = 2027:uncertain ask
unbefristet                                = open
dauerhaft                                  = open
laufend                                    = open
fortlaufend                                = open
bis auf weiteres                           = open
b.a.w.                                     = open
ohne Befristung                            = open
offenes Ende                               = open
jährlich                                   = cycle=jährlich
alle 5 Jahre                               = cycle=alle 5 Jahre
5-jährig                                   = cycle=5-jährig
15 J.                                      =
5 Jahre                                    =
10 Jahre ab Beschluss                      =
k.A.                                       =
offen                                      =
nach Bedarf                                = cycle=nach Bedarf
WP 17                                      =
3. Fortschreibung                          =
Fortschreibung 2019                        = 2019
3. Fortschreibung 2019                     = 2019
Agenda 2030                                = 2030:uncertain ask
Vision 2050                                = 2050:uncertain ask
Masterplan AACHEN*2030                     = ask
Smart City 2025                            = 2025:uncertain ask
FB 56/0118/WP17                            =
Vorlage 2019/0815                          =
Vorlage Nr. 12/2019                        =
Drs. 1234/2019                             =
§ 71 SGB XII                               =
250.000 €                                  =
2.019 Euro                                 =
2000 Einwohner                             =
Tel. 432-2019                              =
KW 12/2024                                 = 2024
30.2.2019                                  = ask
31.11.2020                                 = ask
2019-13-01                                 = ask
32.1.2019                                  = ask
00.00.0000                                 = ask
03/04/2019                                 = ask
12/13                                      = ask
03/12                                      = ask
15/20                                      = ask
2010-12                                    = ask
1.1.65                                     = ask
'65                                        = ask
July 19                                    = ask
43655                                      = ask
30.6.                                      = ask
1990er Jahre                               =
2020-2015                                  = 2020<:uncertain 2015>:uncertain ask
12.12.2019, 5.3.2020                       = 2019-12-12 2020-03-05
12.12.2019; 5.3.2020                       = 2019-12-12 2020-03-05
12.12.2019 und 5.3.2020                    = 2019-12-12 2020-03-05
2009, 2012, 2018                           = 2009 2012 2018
2009/2012/2018                             = 2009 2012 2018
12.12.2019 (Rat)                           = 2019-12-12
Rat 12.12.2019                             = 2019-12-12
Rat, 12.12.2019                            = 2019-12-12
Rat vom 12.12.2019                         = 2019-12-12
Ratsbeschluss 12.12.2019                   = 2019-12-12
Beschluss vom 12.12.2019                   = 2019-12-12
einstimmig beschlossen am 12.12.2019       = 2019-12-12
zuletzt 2019                               = 2019
erstmals 2004, zuletzt 2019                = 2004 2019
Aufstellungsbeschluss 12.12.2019           = 2019-12-12:other
zur Kenntnis genommen 12.12.2019           = 2019-12-12:other
vertagt am 12.12.2019                      = 2019-12-12:other
Antrag v. 1.2.2019                         = 2019-02-01:other
Stand 12/2019                              = 2019-12:other
Entwurf 2024                               = 2024:planned
2024 (Entwurf)                             = 2024:planned
2019 (Müller)                              = 2019:uncertain ask
12.12.2019 (Müller)                        = 2019-12-12
12.12.2019, TOP 5                          = 2019-12-12
12.12.2019 18:00 Uhr                       = 2019-12-12
2019-07-09T00:00:00                        = 2019-07-09
2019, Fortschreibung 2025 geplant          = 2019 2025:planned
seit 2006 (Presse: 2005)                   = 2006< 2005<:press
2005-2013 (verlängert bis 2015)            = 2005< 2013> 2015>:uncertain ask
2023 ff.                                   = 2023< open
noch nicht beschlossen                     =
wird 2025 fortgeschrieben                  = 2025:planned
Juli 19                                    = 2019-07
Juli '19                                   = 2019-07
Dez. III                                   =
Mai                                        =
1.3. - 30.6.2020                           = 2020-03-01< 2020-06-30>
1.-3. März 2020                            = 2020-03-01< 2020-03-03>
1./2. März 2020                            = 2020-03-01< 2020-03-02>
"""
PAIRS = [
    tuple(part.strip() for part in line.rsplit("=", 1))
    for line in IDIOMS.strip().splitlines()
    if "cycle=" not in line
]
CYCLES = [
    re.match(r"(?P<text>.*?)\s+=.*cycle=(?P<cycle>.+)", line)
    for line in IDIOMS.splitlines()
    if "cycle=" in line
]


def shown(when: When) -> str:
    mark = {"at": "", "from": "<", "to": ">"}
    parts = [
        point.text + mark[point.role] + ("" if point.modality == "fact" else f":{point.modality}")
        for point in when.points
    ]
    return " ".join([*parts, *(["open"] if when.open_end else []), *(["ask"] if when.question else [])])


def test_the_table_of_idioms_is_long_enough_to_mean_something() -> None:
    assert len(PAIRS) + len(CYCLES) >= 200


@pytest.mark.parametrize(("idiom", "expected"), PAIRS)
def test_an_idiom_means_what_people_mean_by_it(idiom: str, expected: str) -> None:
    assert shown(read_when(idiom)) == expected


@pytest.mark.parametrize("line", CYCLES, ids=lambda line: line["text"])
def test_a_cycle_is_no_date(line: re.Match[str]) -> None:
    found = read_when(line["text"])
    assert (found.points, found.cycle) == ((), line["cycle"])


def test_a_date_cell_holds_its_own_precision() -> None:
    assert [point.text for point in read_when("2010-12", "date").points] == ["2010-12"]
    assert [point.text for point in read_when("2010", "date").points] == ["2010"]


def test_what_is_not_a_date_stays_to_be_read() -> None:
    assert read_when("Rat 12.12.2019").rest == "Rat"
    assert read_when("21. März 2024 (geplant)").rest == "(geplant)"


@pytest.mark.parametrize(
    ("cell", "begins", "ends"),
    [
        ("2015–2020", "2015", "2020"),
        ("2016/17", "2016", "2017"),
        ("08/2016 - 07/2017", "2016-08", "2017-07"),
        ("ab 2015", "2015", ""),
        ("bis 31.12.2026", "", "2026-12-31"),
        ("ab 2019 bis auf Weiteres", "2019", ""),
        ("2027–2037 (geplant)", "2027", "2037"),
        ("seit 2006 (Presse: 2005)", "2006", ""),
        ("2030+", "", "2030/.."),
        ("2020-2030+", "2020", "2030/.."),
        ("1980 – 27. Januar 2022", "1980", "2022-01-27"),
        ("1980 - 27 January 2022", "1980", "2022-01-27"),
        ("2023 ff.", "2023", ""),
        ("ca. 2034 (15 J.)", "", ""),
        ("2019", "", ""),
        ("2006 oder 2007", "", ""),
        ("Agenda 2030", "", ""),
        ("5 Jahre", "", ""),
        ("unbefristet", "", ""),
        ("jährlich", "", ""),
    ],
)
def test_a_period_gives_only_the_ends_that_the_cell_gives(cell: str, begins: str, ends: str) -> None:
    found = read_period(cell)
    assert (found.valid_from, found.valid_to) == (begins, ends)


def test_an_end_that_is_planned_says_so() -> None:
    found = read_period("2027–2037 (geplant)")
    assert (found.from_modality, found.to_modality) == ("planned", "planned")


def test_a_year_alone_is_asked_about_because_it_may_be_either_end() -> None:
    found = read_period("2030")
    assert found.question is not None
    assert found.question.en == "Does “2030” say when it begins or when it ends?"


@pytest.mark.parametrize(
    ("cell", "on", "planned", "by", "paper"),
    [
        ("Rat 12.12.2019", "2019-12-12", "", "Rat", ""),
        ("Rat, 12.12.2019 (FB 56/0118/WP17)", "2019-12-12", "", "Rat", "FB 56/0118/WP17"),
        ("SGA 10.12.2015", "2015-12-10", "", "SGA", ""),
        (
            "Ausschuss für Soziales und Integration am 27.08.2020",
            "2020-08-27",
            "",
            "Ausschuss für Soziales und Integration",
            "",
        ),
        ("Vorlage 2019/0815 vom 12.12.2019", "2019-12-12", "", "", "2019/0815"),
        ("Rat am 10. Dez. 2014 (Drs.-Nr. 1234/14)", "2014-12-10", "", "Rat", "1234/14"),
        ("Ratsbeschluss vom 8.7.2020", "2020-07-08", "", "Rat", ""),
        ("21. März 2024 (geplant)", "", "2024-03-21", "", ""),
        ("geplant Q3/2024", "", "2024-07/2024-09", "", ""),
        ("Rat", "", "", "Rat", ""),
        ("JHA 3.2.2020, Rat 12.3.2020", "", "", "Rat", ""),
        ("Kenntnisnahme SGA 3.3.2020", "", "", "SGA", ""),
        ("noch nicht beschlossen", "", "", "", ""),
        ("ja", "", "", "", ""),
    ],
)
def test_a_decision_is_read_with_day_body_and_paper(
    cell: str, on: str, planned: str, by: str, paper: str
) -> None:
    found = read_decision(cell)
    assert (found.on, found.planned_on, found.by, found.paper) == (on, planned, by, paper)


def test_several_days_of_one_decision_are_kept_and_asked_about() -> None:
    found = read_decision("JHA 3.2.2020, Rat 12.3.2020")
    assert [point.text for point in found.others] == ["2020-02-03", "2020-03-12"]
    assert found.question is not None


_PIECES = st.sampled_from(
    "12.12.2019 2015 2020 Juli|19 Q3/2024 geplant seit bis - – / ( ) ; Rat ca. ff. + '98 31.2.2020 4/25 2015/16 Presse: ? oder WP|17"
    " §|5 1. März III/2020 unbefristet \n Agenda|2030 | , 1.1. vor".replace("|", "\u00a0").split(" ")
)
CELLS = st.one_of(
    st.text(max_size=40),
    st.lists(_PIECES, max_size=8).map(" ".join),
    st.lists(_PIECES, max_size=8).map("".join),
)


@settings(deadline=None)
@given(CELLS)
@example("1.1.2015-")
@example("٢٠١٩")
def test_reading_never_fails_and_gives_only_dates_that_exist(cell: str) -> None:
    for point in read_when(cell).points:
        assert parse_date(point.text).text == point.text
    read_period(cell)
    read_decision(cell)


@settings(deadline=None)
@given(CELLS)
def test_no_year_is_invented(cell: str) -> None:
    for point in read_when(cell).points:
        for year in re.findall(r"\d{4}", point.text):
            assert year in cell or year[2:] in cell


@settings(deadline=None)
@given(CELLS)
def test_a_day_is_given_only_where_the_cell_has_one(cell: str) -> None:
    for point in read_when(cell).points:
        for day in re.findall(r"\d{4}-\d\d-(\d\d)", point.text):
            assert str(int(day)) in point.raw
            assert len(re.findall(r"\d+", point.raw)) >= 2


@settings(deadline=None)
@given(st.dates(min_value=date(1981, 1, 1), max_value=date(2049, 12, 31)))
def test_a_day_written_in_german_is_that_day(day: date) -> None:
    written = f"{day:%d.%m.%Y}"
    assert [point.text for point in read_when(written).points] == [f"{day:%Y-%m-%d}"]


@pytest.mark.parametrize("cell", ["2019 " * 6000, "2015-" * 6000, "1/" * 15_000, "1." * 15_000])
def test_a_text_of_thousands_of_numbers_is_no_date_and_is_asked_about(cell: str) -> None:
    """Such a cell must not hold up an import either: it is not searched."""
    found = read_when(cell)
    assert found.points == ()
    assert found.question is not None
