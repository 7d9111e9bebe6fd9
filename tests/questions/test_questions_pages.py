"""The pages of questions: forms, views, empty answers, files to take along, the questions as RDF."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO, StringIO
from urllib.parse import quote

import httpx
import openpyxl
import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from api.cli import main
from api.pages.asking.answers import MOST_ROWS, Table, in_sight
from api.pages.frame.facts import Entry
from api.pages.frame.names import name as called
from api.settings import read_settings
from api.tables.answer_files import SUFFIXES, Sheet, as_file
from api.wording.columns import column_name
from api.workspace import Workspace
from graph.store.query.answer import Term, literal
from ontology.question_rdf import questions_rdf
from ontology.questions import load_questions
from ontology.rdf import keep_literals_as_written
from ontology.terms import XSD
from ontology.text import Text
from tests.injections import INJECTIONS

QUESTIONS = load_questions()
HTML = {"Accept": "text/html"}
BASE = "https://w3id.org/planwerk/id/"


class Shown(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def page(client: httpx.Client) -> Callable[[str], Shown]:
    def get(path: str) -> Shown:
        client.cookies.clear()
        answer = client.get(path, headers=HTML)
        client.cookies.clear()
        assert answer.status_code == 200, answer.text
        return Shown(answer.text)

    return get


class TestLargeInventories:
    """With many plans, a question about one thing asks which one, in place of 10,000 rows that nobody reads."""

    @pytest.fixture(autouse=True)
    def large(self, monkeypatch) -> None:
        monkeypatch.setattr("api.jobs.asking.LARGE", 98)

    def test_the_page_says_what_to_name_first_and_then_answers(self, page):
        asking = page("/questions/q32-evidence-of-a-plan")
        assert "Hier stehen 99 Planwerke" in asking.words
        assert "Bitte zuerst angeben: Planwerk." in asking.words
        assert not asking.all("table")
        answered = page("/questions/q32-evidence-of-a-plan?plan=p-sep3")
        assert "Hier stehen" not in answered.words
        assert answered.all("table")

    def test_files_and_the_command_line_are_told_the_same(self, client, aachen, capsys):
        for suffix in ("csv", "json"):
            refused = client.get(f"/questions/q06-same-goal-two-owners?format={suffix}")
            assert (refused.status_code, "Thema oder Zielgruppe" in refused.text) == (400, True)
        store = str(aachen.settings.store)
        assert main(["--store", store, "ask", "q06"]) == 1
        assert "Bitte zuerst angeben: Thema oder Zielgruppe." in capsys.readouterr().err
        assert main(["--store", store, "ask", "q06", "--param", "topic=t-bildung"]) == 0

    def test_questions_about_everything_are_answered_as_ever(self, page):
        assert page("/questions/q02-shared-topic-group-area").all("table")


class TestForms:
    def test_the_list_leads_to_every_question_by_group(self, page):
        links = [link.get("href") for link in page("/questions").all("a")]
        assert {f"/questions/{name}" for name, q in QUESTIONS.items() if q.group != "across"} <= set(links)
        assert {"#inventory", "#duties", "/builder", "/questions.ttl"} <= set(links)

    def test_a_short_list_is_picked_from_and_a_long_one_typed_into(self, page):
        shown = page("/questions/q06?topic=t-kultur")
        chosen = [option["value"] for option in shown.all("option") if "selected" in option]
        assert chosen == ["t-kultur"]
        long = page("/questions/q31")
        (field,) = [one for one in long.all("input") if one.get("name") == "plan"]
        assert (field["list"], field["value"]) == ("list-plan", "")
        assert len(long.all("option")) == 99

    def test_a_name_is_as_good_as_an_id(self, client):
        by_id = client.get("/questions/q31?plan=p-iksk24&format=json").json()
        name = by_id["rows"][0]["planLabel"]
        assert (
            client.get("/questions/q31", params={"plan": name, "format": "json"}).json()["rows"]
            == by_id["rows"]
        )

    def test_a_name_that_means_several_things_is_asked_back(self, page):
        shown = page("/questions/q31?plan=schul")
        links = [str(link["href"]) for link in shown.all("a") if "plan=p-" in str(link.get("href"))]
        assert len(links) == 5
        assert "Was ist mit „schul“ bei „Planwerk“ gemeint?" in shown.words

    @pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
    def test_programs_are_refused_where_a_name_is_open(self, client, form):
        answer = client.get(f"/questions/q31?plan=schul&format={form}")
        assert answer.status_code == 400
        assert "Was ist mit „schul“ bei „Planwerk“ gemeint?" in answer.text

    def test_a_name_that_nothing_has_is_told(self, page):
        assert "Unter „xyzzy“ ist bei „Planwerk“ nichts erfasst." in page("/questions/q31?plan=xyzzy").words

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Integriertes Klimaschutzkonzept, Fortschreibung (2024)", "p-iksk24"),
            ("wohnungsmarktbericht 2024", "p-wmb24"),
            ("Pflegebedarfsplanung Staedteregion", "p-pf21"),
            ("p-sep3", "p-sep3"),
        ],
    )
    def test_page_and_command_take_the_same_names(self, aachen, client, capsys, typed, meant):
        words = ["ask", "q32", "--param", f"plan={typed}", "--format", "csv"]
        assert main(["--store", str(aachen.settings.store), *words]) == 0
        page = client.get("/questions/q32", params={"plan": typed, "format": "csv"})
        assert capsys.readouterr().out.splitlines() == page.content.decode("utf-8-sig").splitlines()
        assert page.content == client.get(f"/questions/q32?plan={meant}&format=csv").content

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("integrationskonzept", "Möglich sind: Integrationskonzept der Stadt Aachen (2006) [p-int06]; "),
            (
                "Pflegeplann",
                "Ähnlich geschrieben: Kommunale Pflegeplanung StädteRegion, Fortschreibung 2011 [p-pf11]",
            ),
            ("p-sep33", "[p-sep3]"),
            ("xyzzy", "Unter „xyzzy“ ist bei „Planwerk“ nichts erfasst."),
        ],
    )
    def test_a_name_that_is_not_one_thing_is_refused_with_candidates(
        self, aachen, client, capsys, typed, sentence
    ):
        assert main(["--store", str(aachen.settings.store), "ask", "q31", "--param", f"plan={typed}"]) == 1
        said = capsys.readouterr().err
        assert sentence in said
        answer = client.get("/questions/q31", params={"plan": typed, "format": "json"})
        assert answer.status_code == 400
        assert sentence in answer.text

    def test_the_address_of_an_answer_names_the_day_too(self, page):
        links = [link.get("href") for link in page("/questions/q18?asOf=2017-12-07").all("a")]
        assert "/questions/q18-in-force-on-a-day?asOf=2017-12-07" in links

    def test_the_query_stands_in_a_form_that_runs_it(self, page):
        shown = page("/questions/q18?asOf=2017-12-07")
        (form,) = [one for one in shown.all("form") if one.get("action") == "/sparql"]
        assert form["method"] in {"get", "post"}
        assert 'VALUES ?asOf { "2017-12-07"^^' in shown.words


class TestViews:
    @pytest.mark.parametrize(
        ("path", "views"),
        [
            ("/questions/q57", ["table", "matrix", "picture"]),
            ("/questions/q01", ["table", "chart", "picture"]),
            ("/questions/q60", ["table", "chart"]),
            ("/questions/q10", []),
        ],
    )
    def test_an_answer_is_offered_in_the_views_that_say_something(self, page, path, views):
        links = [str(link.get("href")) for link in page(path).all("a")]
        assert [link.partition("view=")[2].partition("#")[0] for link in links if "view=" in link] == views

    def test_the_matrix_has_a_column_for_each_topic_and_a_row_for_each_lead(self, client, page):
        shown = page("/questions/q57")
        rows = client.get("/questions/q57?format=json").json()["rows"]
        scopes = [cell.get("scope") for cell in shown.all("th")]
        assert scopes.count("row") == len({row["lead"] for row in rows})
        assert scopes.count("col") == 1 + len({row["topic"] for row in rows})
        assert sum(cell.get("class") == "some" for cell in shown.all("td")) == len(rows)

    def test_a_chart_has_its_numbers_as_a_table_beside_it(self, client, page):
        shown = page("/questions/q60?view=chart")
        rows = client.get("/questions/q60?format=json").json()["rows"]
        assert [svg["class"] for svg in shown.all("svg") if svg.get("class") == "chart time"] == [
            "chart time"
        ]
        assert len([cell for cell in shown.all("th") if cell.get("scope") == "row"]) == len(rows)

    def test_a_picture_draws_the_things_of_the_answer(self, page):
        shown = page("/questions/q02?view=picture")
        assert "Gezeichnet sind alle 18 Dinge der Antwort." in shown.words
        assert any("/graph?lens=shared" in str(link.get("href")) for link in shown.all("a"))

    @pytest.mark.parametrize("name", [name for name, q in QUESTIONS.items() if q.group != "across"])
    @pytest.mark.parametrize("lang", ["de", "en"])
    def test_every_question_has_its_page_in_both_languages(self, page, name, lang):
        shown = page(f"/questions/{name}?lang={lang}")
        assert QUESTIONS[name].title[lang] in shown.words
        assert ("Keine Zeile – was das heißt" in shown.words) == (lang == "de" and not shown.all("td"))

    @pytest.mark.parametrize("view", ["table", "matrix", "chart", "picture", "nothing", "<b>"])
    def test_a_view_that_there_is_not_is_the_usual_one(self, page, view):
        assert "Antwort" in page(f"/questions/q10?view={quote(view)}").words


class TestReading:
    def test_a_column_that_holds_nothing_is_named_below_and_takes_no_room(self, page):
        shown = page("/questions/q51")
        heads, below = shown.words.split("In keiner Zeile erfasst und darum hier ohne Spalte: ")
        assert "Aussagen" in heads
        assert below.startswith("Vorgang, ")
        assert "Vorgang" not in heads.split("Antwort")[-1]

    def test_a_page_shows_the_first_rows_and_the_files_all(self, client, page):
        rows = client.get("/questions/q32?format=json").json()["rows"]
        shown = page("/questions/q32")
        assert len(shown.all("tr")) == 1 + MOST_ROWS
        assert f"Hier stehen die ersten 500 von {len(rows):,} Zeilen".replace(",", ".") in shown.words

    def test_an_address_in_a_cell_is_a_link_named_by_its_host(self):
        told = Entry(text=Text("https://www.gesetze.example/x?y", "https://www.gesetze.example/x?y"))
        words = Entry(text=Text("siehe https://x.example", "siehe https://x.example"))
        sight = in_sight(Table((Text("A", "A"), Text("B", "B")), ((told, words),), truncated=False, total=1))
        ((linked, kept),) = sight.rows
        assert linked == Entry(text=Text("gesetze.example", "gesetze.example"), address=told.text.de)
        assert kept == words

    def test_a_duty_to_coordinate_is_named_by_its_ends(self, both):
        network = both.network()
        names = {called(network, duty).de for duty in network.of_type("CoordinationDuty")}
        assert "Flächennutzungsplan → Landschaftsplan" in names
        assert all(" → " in one for one in names)

    @pytest.mark.parametrize("name", [q.name for q in QUESTIONS.values() if q.group != "across"])
    def test_every_column_has_a_name_of_its_own(self, name):
        shown = QUESTIONS[name].shown
        heads = [one for one in shown if not (one.endswith("Label") and one.removesuffix("Label") in shown)]
        assert [one for one in heads if column_name(one).de == one] == []


class TestEmpty:
    def test_without_duties_the_page_says_how_to_load_them(self, page):
        assert "planwerk import data/duties-nrw" in page("/questions/q47").words

    def test_what_was_asked_is_repeated_with_the_rows_there_would_be_without(self, client, page):
        shown = page("/questions/q61?from=2029-01-01&until=2029-12-31")
        assert "Von = 01.01.2029; Bis = 31.12.2029" in shown.words
        (link,) = [link for link in shown.all("a") if link.get("href") == "/questions/q61"]
        rows = client.get("/questions/q61?format=json").json()["rows"]
        assert link
        assert f"Ohne diese Angaben: {len(rows)} Zeilen" in shown.words

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ("none", "Danach wurde gefragt: Verfolgt gibt es bei diesem Planwerk nicht."),
            ("notAsked", "Danach wurde bei diesem Planwerk nicht gefragt (Verfolgt)."),
            ("unknown", "Danach wurde gefragt, es ist aber nicht bekannt (Verfolgt)."),
            (
                "complete",
                "Die Angaben sind für vollständig erklärt: Verfolgt gibt es bei diesem Planwerk nicht.",
            ),
            ("", "Ob es das gibt, sagt keine Quelle (Verfolgt): niemand hat verneint, niemand hat gefragt."),
        ],
    )
    def test_the_kinds_of_empty_are_told_apart(self, tmp_path, served, said, sentence):
        pw = "https://w3id.org/planwerk/ontology#"
        about = [
            f"<{BASE}p1> <{rdflib.RDF.type}> <{pw}Plan>",
            f'<{BASE}p1> <{rdflib.SKOS.prefLabel}> "Plan"@de',
        ]
        if said == "complete":
            about.append(f"<{BASE}p1> <{pw}complete> <{pw}pursues>")
        elif said:
            about += [
                f"<{BASE}state> <{rdflib.RDF.type}> <{pw}FacetState>",
                f"<{BASE}state> <{pw}aboutPlan> <{BASE}p1>",
                f"<{BASE}state> <{pw}facet> <{pw}pursues>",
                f"<{BASE}state> <{pw}emptyKind> <{pw}{said}>",
            ]
        source = f"{BASE}source/s1"
        text = "".join(f"{line} .\n" for line in sorted(about))
        with Workspace(read_settings({}, store=str(tmp_path / "store"))) as workspace:
            workspace.files.commit({source: text}, who="test", why="test")
            with served(workspace) as address:
                shown = Shown(httpx.get(f"{address}/questions/q31?plan=p1", headers=HTML, timeout=60).text)
        assert sentence in shown.words


NASTY = ["=1+1", "+1;cmd", "-x", "@SUM(A1)", "\tx", "\rx", "'=1", "ordinary"]


def sheet(rows: list[dict[str, Term]], *, truncated: bool = False) -> Sheet:
    return Sheet(
        name="q99-test",
        title=Text("Frage?", "Question?"),
        description=Text("Beschreibung", "Description"),
        given=((Text("Tag", "Day"), "01.01.2026"),),
        columns=("plan", "planLabel", "plans"),
        rows=rows,
        truncated=truncated,
        base=BASE,
        day="2026-01-01",
        address="http://localhost/questions/q99-test",
        query="SELECT *",
    )


def cells(content: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


class TestFiles:
    def test_the_same_rows_come_as_csv_workbook_and_json(self, client):
        path = "/questions/q65?format="
        document = client.get(path + "json").json()
        table = list(csv.DictReader(StringIO(client.get(path + "csv").text)))
        book = cells(client.get(path + "xlsx").content)
        assert [row["areaLabel"] for row in table] == [row["areaLabel"] for row in document["rows"]]
        assert [row[:2] for row in book] == [
            ["Raum", "Raum (Kennung)"],
            *([row["areaLabel"], row["area"]] for row in table),
        ]
        assert [row[2] for row in book[1:]] == [int(row["population"]) for row in document["rows"]]

    def test_files_are_named_like_the_question(self, client):
        for suffix, media in SUFFIXES.items():
            answer = client.get(f"/questions/q65?format={suffix}")
            assert answer.headers["content-type"] == media
            if suffix != "json":
                name = f'attachment; filename="q65-inhabitants.{suffix}"'
                assert answer.headers["content-disposition"] == name

    def test_the_second_sheet_says_what_was_asked(self, client):
        book = openpyxl.load_workbook(
            BytesIO(client.get("/questions/q18?asOf=2017-12-07&format=xlsx").content)
        )
        about = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
        assert (about["Frage"], about["Angaben"], about["Zeilen"]) == (
            "Was galt an einem Tag?",
            "Stichtag: 07.12.2017",
            "28",
        )
        assert str(about["Adresse"]).endswith("/questions/q18-in-force-on-a-day?asOf=2017-12-07")
        assert "VALUES ?asOf" in str(about["Abfrage"])

    @pytest.mark.parametrize("text", NASTY)
    def test_no_cell_is_a_formula(self, text):
        held = sheet([{"plan": Term("iri", BASE + text), "planLabel": literal(text)}])
        book = openpyxl.load_workbook(BytesIO(as_file(held, "xlsx", "de")))
        assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {"s", "n"}
        (row,) = list(csv.reader(StringIO(as_file(held, "csv", "de").decode(), newline="")))[1:]
        assert all(cell[:1] not in set("=+-@\t\r") for cell in row[:2])

    def test_a_cut_answer_says_so_in_every_file(self):
        held = sheet(
            [{"plan": Term("iri", BASE + "p1"), "plans": literal("3", datatype=XSD.integer)}], truncated=True
        )
        said = "Die Antwort ist nach 1 Zeilen abgeschnitten; es gibt mehr."
        assert as_file(held, "csv", "de").decode().splitlines()[-1].strip('"').startswith(said)
        assert str(cells(as_file(held, "xlsx", "de"))[-1][0]).startswith(said)
        document = json.loads(as_file(held, "json", "de"))
        assert document["truncated"] is True
        assert document["note"].startswith(said)

    def test_a_cut_answer_says_so_on_its_page_and_in_the_header(self, aachen, served):
        settings = read_settings({"PLANWERK_QUERY_ROWS": "5"}, store=str(aachen.settings.store))
        with Workspace(settings) as workspace, served(workspace) as address:
            answer = httpx.get(f"{address}/questions/q30", headers=HTML, timeout=60)
            assert "Die Antwort ist nach 5 Zeilen abgeschnitten" in answer.text
            assert answer.headers["Planwerk-Truncated"] == "true; rows=5"
            table = httpx.get(f"{address}/questions/q30?format=csv", timeout=60)
            assert table.headers["Planwerk-Truncated"] == "true; rows=5"
            assert len(list(csv.reader(StringIO(table.text)))) == 7

    @pytest.mark.parametrize("suffix", ["csv", "json"])
    def test_the_command_writes_what_the_page_gives(self, aachen, client, tmp_path, suffix, capsys):
        out = tmp_path / f"answer.{suffix}"
        store = str(aachen.settings.store)
        assert main(["--store", store, "ask", "q18", "--param", "asOf=2017-12-07", "--out", str(out)]) == 0
        page = client.get(f"/questions/q18?asOf=2017-12-07&format={suffix}")
        if suffix == "csv":
            assert out.read_bytes() == page.content
        else:
            assert json.loads(out.read_bytes()) == page.json()
        assert "28 Zeilen" in capsys.readouterr().err

    def test_the_command_writes_a_workbook_of_the_same_rows(self, aachen, client, tmp_path):
        out = tmp_path / "answer.xlsx"
        assert main(["--store", str(aachen.settings.store), "ask", "q65", "--out", str(out)]) == 0
        assert cells(out.read_bytes()) == cells(client.get("/questions/q65?format=xlsx").content)

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (["--format", "xlsx"], "Eine Arbeitsmappe braucht eine Datei"),
            (["--out", "answer.pdf"], "als Datei gibt es .csv, .xlsx, .json"),
            (["--out", "/nowhere/at/all.csv"], "lässt sich nicht schreiben"),
        ],
    )
    def test_a_file_that_cannot_be_is_refused(self, aachen, capsys, words, sentence):
        assert main(["--store", str(aachen.settings.store), "ask", "q65", *words]) == 1
        assert sentence in capsys.readouterr().err


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass sh:SPARQLSelectExecutable ; sh:class sh:SPARQLExecutable ;
  sh:property [ sh:path sh:select ; sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path rdfs:label ; sh:datatype rdf:langString ; sh:uniqueLang true ; sh:minCount 2 ; sh:maxCount 2 ] ,
    [ sh:path rdfs:comment ; sh:datatype rdf:langString ; sh:uniqueLang true ; sh:minCount 2 ; sh:maxCount 2 ] ,
    [ sh:path schema:keywords ; sh:datatype rdf:langString ; sh:minCount 2 ] ,
    [ sh:path schema:target ; sh:nodeKind sh:IRI ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:prefixes ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:parameter ; sh:class sh:Parameter ] .
[] a sh:NodeShape ; sh:targetClass sh:Parameter ;
  sh:property [ sh:path sh:path ; sh:nodeKind sh:IRI ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:name ; sh:datatype rdf:langString ; sh:minCount 2 ; sh:maxCount 2 ] ;
  sh:xone ( [ sh:property [ sh:path sh:class ; sh:minCount 1 ] ] [ sh:property [ sh:path sh:datatype ; sh:minCount 1 ] ] ) .
[] a sh:NodeShape ; sh:targetObjectsOf sh:declare ;
  sh:property [ sh:path sh:prefix ; sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:namespace ; sh:datatype xsd:anyURI ; sh:minCount 1 ; sh:maxCount 1 ] .
"""
SH = rdflib.SH


@pytest.fixture(scope="module")
def published(client: httpx.Client) -> rdflib.Graph:
    answer = client.get("/questions.ttl")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    return rdflib.Graph().parse(data=answer.text, format="turtle")


class TestRdf:
    def test_every_question_is_a_select_executable_by_the_convention(self, published):
        shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
        fits, _, words = pyshacl.validate(published, shacl_graph=shapes)
        keep_literals_as_written()
        assert fits, words
        assert len(set(published.subjects(rdflib.RDF.type, SH.SPARQLSelectExecutable))) == len(QUESTIONS)

    def test_the_endpoint_is_the_one_that_published_them(self, published, address):
        targets = set(published.objects(None, rdflib.URIRef("https://schema.org/target")))
        assert targets == {rdflib.URIRef(f"{address}/sparql")}

    def test_parameters_name_their_variable_class_and_language(self, published):
        (question,) = published.subjects(SH.select, rdflib.Literal(QUESTIONS["q05-plans-at-places"].query))
        (parameter,) = published.objects(question, SH.parameter)
        assert str(published.value(parameter, SH.path)) == "https://w3id.org/planwerk/parameter/area"
        assert str(published.value(parameter, SH["class"])) == "https://w3id.org/planwerk/ontology#Area"
        assert {name.language for name in published.objects(parameter, SH.name)} == {"de", "en"}

    def test_run_from_the_rdf_they_answer_the_same(self, published, aachen):
        """With the prefixes that are declared, not those in the text of the query."""
        declared = {
            str(published.value(node, SH.prefix)): str(published.value(node, SH.namespace))
            for node in published.objects(None, SH.declare)
        }
        head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in declared.items())
        host = aachen.host()
        for node, text in published.subject_objects(SH.select):
            bare = "\n".join(line for line in str(text).splitlines() if not line.startswith("PREFIX"))
            question = QUESTIONS[str(node).rpartition("/")[2]]
            assert host.query(head + bare).bindings() == host.query(question.text).bindings(), question.name

    @pytest.mark.parametrize("path", ["/questions", "/questions/q18"])
    def test_who_asks_for_rdf_gets_it_where_people_get_pages(self, client, path):
        turtle = client.get(path, headers={"Accept": "text/turtle"})
        linked = client.get(path, headers={"Accept": "application/ld+json"})
        assert turtle.headers["content-type"].startswith("text/turtle")
        one, other = (
            len(set(ox.parse(answer.content, form)))
            for answer, form in ((turtle, ox.RdfFormat.TURTLE), (linked, ox.RdfFormat.JSON_LD))
        )
        assert one == other > 10
        assert client.get(path, headers=HTML).headers["content-type"].startswith("text/html")

    def test_the_command_gives_the_set_for_an_endpoint(self, aachen, capsys):
        words = [
            "--store",
            str(aachen.settings.store),
            "questions",
            "--format",
            "ttl",
            "--site",
            "https://example.org/",
        ]
        assert main(words) == 0
        assert (
            capsys.readouterr().out
            == questions_rdf(QUESTIONS.values(), "https://example.org", "text/turtle").decode().rstrip("\n")
            + "\n"
        )


FIELDS = [
    ("q31", "plan"),
    ("q18", "asOf"),
    ("q30", "word"),
    ("q06", "topic"),
    ("q69", "body"),
    ("q18", "view"),
]


class TestHostile:
    @pytest.mark.parametrize(("name", "field"), FIELDS)
    def test_whatever_is_typed_no_page_breaks_and_nothing_is_markup(self, client, name, field):
        for text in [
            *INJECTIONS,
            "\x00",
            "\\",
            '"',
            "'''",
            "?x",
            "} UNION {",
            "\U0001f600" * 200,
            "9" * 5000,
        ]:
            for form in ("", "csv"):
                answer = client.get(
                    f"/questions/{name}",
                    params={field: text, **({"format": form} if form else {})},
                    headers=HTML,
                )
                assert answer.status_code in {200, 400}, (text, answer.status_code)
                if not form:
                    shown = Shown(answer.text)
                    assert not [a for _, a in shown.tags if any(k.startswith("on") for k in a)]
                    assert "window.hacked" not in "".join(str(one.get("src")) for one in shown.all("script"))
