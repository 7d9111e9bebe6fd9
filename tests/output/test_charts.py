"""Charts and matrices: when an answer makes one, and what is drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.output.charts.axis import axis_of, shown_amount
from graph.output.charts.chart import MOST_BARS, Chart, Point, chart_of, sensible_chart
from graph.output.charts.drawing import chart_svg, chart_words
from graph.output.charts.matrix import MOST_ACROSS, matrix_of, sensible_matrix
from graph.output.charts.things import MOST_THINGS, things_document, things_in
from graph.output.paper.sheet import bare_svg
from graph.store.query.answer import Term, iri, literal
from ontology.terms import XSD
from ontology.text import Text

SVG = "{http://www.w3.org/2000/svg}"
HEADS = {"topic": Text("Thema", "Topic"), "plans": Text("Planwerke", "Plans"), "year": Text("Jahr", "Year")}


def number(value: object) -> Term:
    return literal(str(value), datatype=XSD.integer if isinstance(value, int) else XSD.decimal)


def year(value: int) -> Term:
    return literal(str(value), datatype=XSD.gYear)


def topic(name: str, plans: object) -> dict[str, Term]:
    return {"topic": iri(f"https://example.org/{name}"), "topicLabel": literal(name), "plans": number(plans)}


COLUMNS = ["topic", "topicLabel", "plans"]
ROWS = [topic("Bildung", 6), topic("Kultur", 4), topic("Sport", 1)]


def drawn(chart: Chart, lang: str = "de") -> ET.Element:
    return ET.fromstring(str(chart_svg(chart, HEADS, lang)))


class TestWhenAChartIsSensible:
    def test_names_and_numbers_make_bars_in_the_order_of_the_answer(self):
        chart = sensible_chart(COLUMNS, ROWS)
        assert chart == Chart(
            "bars", "topic", "plans", (Point("Bildung", 6), Point("Kultur", 4), Point("Sport", 1)), 3, 0
        )

    def test_days_make_a_series_in_the_order_of_time(self):
        rows = [{"year": year(2020), "plans": number(3)}, {"year": year(2018), "plans": number(7)}]
        chart = sensible_chart(["year", "plans"], rows)
        assert chart is not None
        assert (chart.kind, [(point.name, point.at) for point in chart.points]) == (
            "time",
            [("2018", 2018.0), ("2020", 2020.0)],
        )

    @pytest.mark.parametrize(
        ("columns", "rows"),
        [
            (COLUMNS, ROWS[:1]),
            (COLUMNS, [*ROWS, topic("Sport", 2)]),
            (["topic"], [{"topic": literal("a")}, {"topic": literal("b")}]),
            (["plans"], [{"plans": number(1)}, {"plans": number(2)}]),
            (COLUMNS, [*ROWS, topic("Klima", 1) | {"plans": literal("viele")}]),
            (COLUMNS, []),
        ],
        ids=["one row", "a name twice", "no numbers", "no names", "a word among numbers", "nothing"],
    )
    def test_no_chart_is_made_where_it_would_tell_nothing_or_lie(self, columns, rows):
        assert sensible_chart(columns, rows) is None

    def test_rows_without_a_number_are_counted_and_not_drawn(self):
        chart = chart_of([*ROWS, {"topic": literal("Klima")}], by="topic", of="plans")
        assert chart is not None
        assert (chart.total, chart.unknown, len(chart.points)) == (3, 1, 3)
        assert "Ohne Zahl und darum nicht gezeichnet: 1." in chart_words(chart, HEADS).de

    def test_more_bars_than_can_be_read_are_left_to_the_table(self):
        chart = chart_of([topic(f"t{n}", n) for n in range(55)], by="topic", of="plans")
        assert chart is not None
        assert len(chart.points) == MOST_BARS
        assert "Gezeichnet sind die ersten 40 von 55 Werten." in chart_words(chart, HEADS).de

    @pytest.mark.parametrize("text", ["NaN", "INF", "-INF", "1e999", "zehn"])
    def test_what_is_no_number_is_not_drawn(self, text):
        wrong = {"topic": literal("x"), "plans": literal(text, datatype=XSD.double)}
        chart = chart_of([*ROWS, wrong], by="topic", of="plans")
        assert chart is not None
        assert chart.unknown == 1


class TestDrawing:
    def test_a_bar_is_as_long_as_its_number(self):
        bars = drawn(sensible_chart(COLUMNS, ROWS)).findall(f"{SVG}rect")
        widths = [float(bar.attrib["width"].removesuffix("%")) for bar in bars]
        assert widths == [86.0, 57.33, 14.33]
        assert {bar.attrib["x"] for bar in bars} == {"0%"}

    def test_the_axis_begins_at_zero_though_all_numbers_are_large(self):
        rows = [topic("2021", 255_967), topic("2022", 261_178)]
        marks = drawn(sensible_chart(COLUMNS, rows)).findall(f"{SVG}text[@class='mark']")
        assert [mark.text for mark in marks] == ["0", "100.000", "200.000", "300.000"]

    def test_bars_below_zero_go_the_other_way(self):
        picture = drawn(sensible_chart(COLUMNS, [topic("a", -4), topic("b", 4)]))
        bars = picture.findall(f"{SVG}rect")
        assert [bar.attrib["x"] for bar in bars] == ["0%", "43%"]

    def test_title_and_description_are_named_by_the_picture(self):
        picture = drawn(sensible_chart(COLUMNS, ROWS))
        named = picture.attrib["aria-labelledby"].split()
        texts = {child.attrib.get("id"): child.text for child in picture}
        assert picture.attrib["role"] == "img"
        assert [texts[name] for name in named] == [
            "Planwerke nach Thema",
            (
                "Balkendiagramm: Planwerke nach Thema, 3 Werte. Größter Wert: Bildung (6). "
                "Kleinster Wert: Sport (1). Die Achse beginnt bei null."
            ),
        ]

    def test_every_number_stands_beside_its_bar(self):
        amounts = drawn(sensible_chart(COLUMNS, ROWS)).findall(f"{SVG}text[@class='amount']")
        assert [amount.text for amount in amounts] == ["6", "4", "1"]

    def test_nothing_joins_two_points_in_time(self):
        rows = [{"year": year(n), "plans": number(n - 2009)} for n in (2010, 2015, 2020)]
        picture = drawn(sensible_chart(["year", "plans"], rows))
        stems = picture.findall(f"{SVG}line[@class='line']")
        assert [(stem.attrib["x1"], stem.attrib["x2"]) for stem in stems] == [
            ("8%", "8%"),
            ("50%", "50%"),
            ("92%", "92%"),
        ]
        assert [dot.find(f"{SVG}title").text for dot in picture.findall(f"{SVG}circle")] == [
            "2010 (1)",
            "2015 (6)",
            "2020 (11)",
        ]

    def test_names_are_text_whatever_they_hold(self):
        rows = [topic("<script>alert(1)</script>", 1), topic('"><img src=x onerror=1>\x00', 2)]
        picture = drawn(sensible_chart(COLUMNS, rows))
        assert {child.tag.removeprefix(SVG) for child in picture.iter()} == {
            *("svg", "title", "desc", "line", "text", "rect"),
        }

    def test_no_style_and_no_colour_is_written_into_it(self):
        text = str(chart_svg(sensible_chart(COLUMNS, ROWS), HEADS, "en"))
        assert not any(word in text for word in ("style=", "fill=", "stroke=", "<style"))

    @example([0.0, 5e-324])
    @given(st.lists(st.floats(-1e12, 1e12), min_size=2, max_size=60))
    def test_every_bar_stays_in_the_picture(self, values):
        points = tuple(Point(str(place), value) for place, value in enumerate(values))
        picture = drawn(Chart("bars", "topic", "plans", points, len(points), 0))
        for bar in picture.findall(f"{SVG}rect"):
            x, width = (float(bar.attrib[name].removesuffix("%")) for name in ("x", "width"))
            assert 0 <= x <= x + width <= 86.02

    @given(st.lists(st.floats(-1e9, 1e9) | st.integers(-(10**6), 10**6).map(float), min_size=1))
    def test_an_axis_holds_zero_and_all_values_with_few_marks(self, values):
        axis = axis_of(values)
        assert axis.low <= min(0.0, *values, 0.0)
        assert max(0.0, *values, 0.0) <= axis.high
        assert any(abs(mark) < 1e-9 * (axis.high - axis.low) for mark in axis.marks)
        assert 2 <= len(axis.marks) <= 8

    def test_amounts_are_written_as_people_do(self):
        assert [shown_amount(value).de for value in (0, 1234567, 0.5, -3.256, 0.0004)] == [
            "0",
            "1.234.567",
            "0,5",
            "-3,26",
            "0,0004",
        ]


def pair(row: str, column: str, value: int | None = None) -> dict[str, Term]:
    found = {"lead": literal(row), "topic": literal(column)}
    return found if value is None else {**found, "plans": number(value)}


PAIRS = [
    pair("FB 56", "Wohnen", 2),
    pair("FB 56", "Armut", 1),
    pair("FB 45", "Jugend", 3),
    pair("FB 45", "Armut", 1),
]


class TestMatrix:
    def test_rows_keep_the_order_of_the_answer_and_columns_that_of_names(self):
        matrix = matrix_of(PAIRS, row="lead", column="topic", value="plans")
        assert matrix is not None
        assert (matrix.rows, matrix.columns) == (("FB 56", "FB 45"), ("Armut", "Jugend", "Wohnen"))
        assert [[matrix.cell(row, column) for column in matrix.columns] for row in matrix.rows] == [
            ["1", "", "2"],
            ["1", "3", ""],
        ]

    def test_without_a_value_a_cell_says_how_often_both_meet(self):
        matrix = matrix_of([*PAIRS, pair("FB 56", "Armut")], row="lead", column="topic")
        assert matrix is not None
        assert matrix.cell("FB 56", "Armut") == "2"

    def test_a_cell_that_is_met_without_a_value_is_not_empty(self):
        matrix = matrix_of([*PAIRS, pair("FB 61", "Jugend")], row="lead", column="topic", value="plans")
        assert matrix is not None
        assert [matrix.cell("FB 61", column) for column in matrix.columns] == ["", "•", ""]

    def test_two_things_of_one_name_stay_two(self):
        rows = [
            {"lead": iri(f"https://example.org/{n}"), "leadLabel": literal("Amt"), "topic": literal(t)}
            for n, t in ((1, "a"), (2, "b"))
        ]
        matrix = matrix_of(rows, row="lead", column="topic")
        assert matrix is not None
        assert [matrix.name("lead", key) for key in matrix.rows] == ["Amt", "Amt"]

    def test_one_row_or_one_column_is_no_matrix(self):
        assert matrix_of(PAIRS[:2], row="lead", column="topic") is None

    def test_columns_without_room_are_counted(self):
        rows = [pair(row, f"t{n:02}", 1) for row in "ab" for n in range(MOST_ACROSS + 5)]
        matrix = matrix_of(rows, row="lead", column="topic", value="plans")
        assert matrix is not None
        assert (len(matrix.columns), matrix.hidden) == (MOST_ACROSS, 5)

    def test_an_answer_of_two_names_that_repeat_is_sensibly_a_matrix(self):
        assert sensible_matrix(["lead", "topic", "plans"], PAIRS) == matrix_of(
            PAIRS, row="lead", column="topic", value="plans"
        )

    @pytest.mark.parametrize(
        ("columns", "rows"),
        [
            (["lead", "topic", "plans"], [*PAIRS, PAIRS[0]]),
            (["lead", "topic", "plans"], [pair(str(n), "x", n) for n in range(4)]),
            (["lead", "plans"], PAIRS),
            (["lead", "topic"], [*PAIRS, {"lead": literal("FB 61")}]),
            (["lead", "topic"], []),
        ],
        ids=["a pair twice", "rows that never repeat", "one name", "a gap", "nothing"],
    )
    def test_no_matrix_is_made_where_it_is_read_no_better(self, columns, rows):
        assert sensible_matrix(columns, rows) is None


class TestThings:
    def test_a_picture_holds_the_things_of_the_answer_and_their_links_alone(self, aachen):
        network = aachen.network()
        ids = ("p-sep3", "dep-fb56", "t-wohnen", "p-hkw22")
        rows = [{"thing": iri(network.base + local)} for local in (*ids, "p-sep3")]
        rows += [{"thing": literal("p-sep2")}, {"thing": iri("https://example.org/nothing")}]
        things = things_in(network, ["thing"], rows)
        assert [network.id(thing) for thing in things] == list(ids)
        document = things_document(network, things, Text("Frage", "Question"), "de")
        assert set(document["nodes"]["id"]) == set(ids)
        linked = {
            tuple(sorted((document["nodes"]["id"][a], document["nodes"]["id"][b])))
            for a, b in zip(document["edges"]["source"], document["edges"]["target"], strict=True)
        }
        assert ("dep-fb56", "p-hkw22") in linked
        assert document["title"] == {"de": "Frage", "en": "Question"}
        picture = ET.fromstring(bare_svg(document, "de"))
        assert picture.find(f"{SVG}title").text == "Frage"

    def test_more_things_than_can_be_told_apart_are_counted(self, aachen):
        network = aachen.network()
        plans = network.of_type("Plan")
        document = things_document(network, plans, Text("Alle", "All"), "de")
        assert len(document["nodes"]["id"]) == MOST_THINGS
        assert (
            document["limits"]["reason"]["de"] == "Gezeichnet sind die ersten 60 von 99 Dingen der Antwort."
        )
