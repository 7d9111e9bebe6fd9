"""A store on a SPARQL server: nothing lost, nobody else's data seen, two writers at once, crashes; on the Oxigraph server."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.jobs.asking import bindings_of
from api.settings import read_settings
from api.workspace import Workspace
from graph.errors import NotFound, QueryInvalid, QueryStopped, StoreUnreachable
from graph.store.files import SourceFiles
from graph.store.query.answer import Answer, Limits, ResultFormat, iri, literal
from graph.store.query.asked import Query
from graph.store.remote.endpoint import Endpoint
from graph.store.remote.host import RemoteHost
from graph.store.remote.sources import RemoteSources
from ontology.questions import Question, load_questions
from tests.stores.chosen import KIND
from tests.stores.servers import oxigraph_server

pytestmark = [
    pytest.mark.xdist_group("remote"),
    pytest.mark.skipif(KIND != "embedded", reason="compares the embedded store with the Oxigraph server"),
]

BASE = "https://example.org/id/"
A, B = f"{BASE}source/a", f"{BASE}source/b"
LINE = f'<{BASE}p1> <http://www.w3.org/2004/02/skos/core#prefLabel> "Sozialplan 1907"@de .\n'


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with oxigraph_server(timeout=3) as served:
        yield served


@pytest.fixture
def fresh() -> Iterator[str]:
    """The address of a server that holds nothing yet."""
    with oxigraph_server() as served:
        yield served


@pytest.fixture
def sources(fresh: str, tmp_path: Path) -> Iterator[RemoteSources]:
    made = on(fresh, tmp_path / "one")
    yield made
    made.close()


def on(address: str, cache: Path, base: str = BASE) -> RemoteSources:
    made = RemoteSources(Endpoint(address), base, cache)
    made._seen = float("-inf")
    return made


def another(sources: RemoteSources, cache: Path) -> RemoteSources:
    """The same store from another machine."""
    return on(sources.endpoint.address, cache, sources.base)


def commit(store: SourceFiles, **texts: str | None) -> str:
    return store.commit(
        {f"{BASE}source/{name}": text for name, text in texts.items()}, who="Amt", why="Test"
    ).id


class TestTexts:
    def test_every_character_comes_back_where_the_server_rewrites_literals(
        self, sources: RemoteSources, tmp_path: Path
    ) -> None:
        values = [
            '"5.10"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            '"x"@de-DE',
            '"007"',
            '"Köln 😀 \\"\\\\ \\n"',
        ]
        text = "".join(sorted(f"<{BASE}p> <urn:v> {value} .\n" for value in values))
        commit(sources, a=text)
        other = another(sources, tmp_path / "two")
        assert other.text(A) == text
        assert other.snapshot() == sources.snapshot()
        other.close()

    def test_the_same_statements_have_the_same_id_as_in_a_folder(
        self, sources: RemoteSources, tmp_path: Path
    ) -> None:
        folder = SourceFiles(tmp_path / "folder", BASE)
        assert commit(sources, a=LINE, b=LINE) == commit(folder, a=LINE, b=LINE)
        assert commit(sources, b=None) == commit(folder, b=None)

    def test_log_earlier_states_and_what_lies_beside_are_there_from_everywhere(
        self, sources: RemoteSources, tmp_path: Path
    ) -> None:
        first = commit(sources, a=LINE)
        commit(sources, a=None, b=LINE)
        sources.put_beside("bands/x.json", '{"stark": 1}')
        sources.put_beside("bands/x.json", '{"stark": 2}')
        other = another(sources, tmp_path / "two")
        assert [entry.why for entry in other.log()] == ["Test", "Test"]
        assert {name: path.read_text() for name, path in other.paths_at(first).items()} == {
            A: f"# <{A}>\n{LINE}"
        }
        assert other.beside("bands/x.json") == '{"stark": 2}'
        assert other.beside("bands/y.json") is None
        other.close()

    def test_what_is_said_again_is_no_commit(self, sources: RemoteSources) -> None:
        commit(sources, a=LINE)
        commit(sources, a=LINE)
        assert len(sources.log()) == 1

    def test_a_deleted_mirror_is_fetched_again(self, sources: RemoteSources) -> None:
        snapshot = commit(sources, a=LINE)
        shutil.rmtree(sources.folder)
        sources._seen = float("-inf")
        assert sources.snapshot() == snapshot
        assert sources.text(A) == LINE

    def test_a_server_that_begins_anew_empties_the_mirror(self, sources: RemoteSources) -> None:
        commit(sources, a=LINE)
        sources.endpoint.update("DROP ALL")
        sources._seen = float("-inf")
        assert (sources.paths(), sources.log()) == ({}, [])

    def test_a_text_that_the_server_lost_is_told_and_never_made_up(
        self, sources: RemoteSources, tmp_path: Path
    ) -> None:
        commit(sources, a=LINE)
        sources.endpoint.update(f"DROP GRAPH <{sources.records.home}texts>")
        other = another(sources, tmp_path / "two")
        with pytest.raises(StoreUnreachable, match="fehlt der Text"):
            other.paths()
        other.close()


class TestWriting:
    def test_a_commit_that_fails_before_its_entry_changes_nothing(
        self, sources: RemoteSources, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        commit(sources, a=LINE)

        def broken(*_: object) -> bool:
            raise StoreUnreachable("weg", "gone")

        with monkeypatch.context() as patch:
            patch.setattr(sources.records, "add_entry", broken)
            with pytest.raises(StoreUnreachable, match="entweder ganz gespeichert oder gar nicht"):
                commit(sources, a=None, b=LINE)
        other = another(sources, tmp_path / "two")
        assert set(sources.paths()) == set(other.paths()) == {A}
        commit(sources, b=LINE)
        other.close()

    def test_a_program_that_dies_after_its_entry_has_committed(
        self, sources: RemoteSources, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        commit(sources, a=LINE)

        class Killed(BaseException):
            pass

        def die(*_: object) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(sources, "_write_journal", die)
            with pytest.raises(Killed):
                commit(sources, b=LINE)
        other = another(sources, tmp_path / "two")
        assert set(other.paths()) == {A, B}
        with RemoteHost(other) as host:
            assert ask(host, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p 'Sozialplan 1907'@de } }") == {A, B}
        sources._seen = float("-inf")
        assert set(sources.paths()) == {A, B}
        other.close()

    def test_what_two_writers_add_at_once_is_all_kept(self, sources: RemoteSources, tmp_path: Path) -> None:
        stores = [sources, another(sources, tmp_path / "two")]

        def add(store: RemoteSources, who: int) -> None:
            for number in range(4):
                line = f'<{BASE}p> <urn:by> "{who}-{number}" .\n'
                store.revise(
                    A,
                    lambda text, line=line: "".join(sorted({*text.splitlines(True), line})),
                    who="x",
                    why="y",
                )

        threads = [threading.Thread(target=add, args=(store, who)) for who, store in enumerate(stores)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        stores[0]._seen = float("-inf")
        assert len((stores[0].text(A) or "").splitlines()) == 8
        assert len(stores[0].log()) == 8
        stores[1].close()

    def test_an_entry_with_a_number_that_is_taken_is_refused_by_the_server(
        self, sources: RemoteSources
    ) -> None:
        commit(sources, a=LINE)
        [entry] = sources.records.entries()
        with sources.turns.turn() as mark:
            assert not sources.records.add_entry(entry._replace(digest="0" * 64), mark)
        assert sources.records.entries() == [entry]

    def test_an_entry_without_the_turn_is_refused_by_the_server(self, sources: RemoteSources) -> None:
        commit(sources, a=LINE)
        [entry] = sources.records.entries()
        assert not sources.records.add_entry(entry._replace(number=1), sources.records.turns + "/nobody")

    def test_the_mark_of_a_writer_that_died_is_taken_away(self, sources: RemoteSources) -> None:
        sources.turns._lease = 0.2
        sources.turns._say(sources.records.turns + "/dead", 0)
        commit(sources, a=LINE)
        assert set(sources.paths()) == {A}

    def test_who_waits_too_long_for_a_living_writer_is_told(
        self, sources: RemoteSources, tmp_path: Path
    ) -> None:
        other = another(sources, tmp_path / "two")
        other.turns._wait = 0.2
        with sources.turns.turn(), pytest.raises(Exception, match="schreibt jemand anderes"):
            commit(other, a=LINE)
        commit(other, a=LINE)
        other.close()


class TestIndex:
    def test_any_row_of_commits_leaves_what_making_it_anew_leaves(self, sources: RemoteSources) -> None:
        chance = random.Random(7)
        dates = ["2020", "2021-03", "2022-05-01"]
        index = sources.index
        for number in range(6):
            name = chance.choice("abc")
            lines = {
                f"<{BASE}p{chance.randrange(4)}> <https://w3id.org/planwerk/ontology#validFrom> "
                f'"{chance.choice(dates)}" .\n'
                for _ in range(chance.randrange(4))
            } | {
                f'<{BASE}p{chance.randrange(4)}> <urn:n> "{chance.choice(["5.1", "5.10"])}"^^<{XSD}decimal> .\n'
            }
            commit(sources, **{name: "".join(sorted(lines)) if chance.random() < 0.8 else None})
            if number % 3 == 2:
                changed = _graphs(sources)
                index._send(
                    index._anew(sources.paths(), [f"{BASE}source/{n}" for n in "abc"]), sources.mark()
                )
                assert _graphs(sources) == changed

    def test_a_question_after_a_commit_of_another_machine_sees_it(
        self, sources: RemoteSources, tmp_path: Path
    ) -> None:
        commit(sources, a=LINE)
        other = another(sources, tmp_path / "two")
        with RemoteHost(other) as host:
            commit(sources, b=LINE.replace("Sozialplan 1907", "Neu"))
            assert ask(host, f"SELECT ?l {{ GRAPH ?g {{ <{BASE}p1> ?p ?l }} }}") == {"Sozialplan 1907", "Neu"}
        other.close()

    def test_a_statement_of_two_sources_counts_once(self, sources: RemoteSources) -> None:
        commit(sources, a=LINE, b=LINE)
        with RemoteHost(sources) as host:
            assert ask(host, f"SELECT (COUNT(*) AS ?n) {{ <{BASE}p1> ?p ?o }}") == {"1"}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteHost]:
    """A city on a server, and another city beside it."""
    folder = tmp_path_factory.mktemp("two")
    with oxigraph_server() as address:
        sources, secret = on(address, folder / "one"), on(address, folder / "two", f"{BASE}other/")
        commit(sources, a=LINE)
        other = LINE.replace("Sozialplan 1907", "Geheim")
        secret.commit({f"{BASE}other/source/x": other}, who="x", why="y")
        with RemoteHost(sources) as host:
            yield host
        sources.close()
        secret.close()


class TestOtherCities:
    @pytest.mark.parametrize(
        "text",
        [
            "SELECT * { ?s ?p 'Geheim'@de }",
            "SELECT * { GRAPH ?g { ?s ?p 'Geheim'@de } }",
            f"SELECT * {{ GRAPH <{BASE}other/source/x> {{ ?s ?p ?o }} }}",
            f"PREFIX o: <{BASE}other/> SELECT * {{ GRAPH o:source\\/x {{ ?s ?p ?o }} }}",
            f"BASE <{BASE}> SELECT * {{ GRAPH <other/source/x> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{BASE}other/source/x> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{BASE}other/source/x> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{BASE}other/planwerk-store/all> {{ ?s ?p ?o }}",
            f"SELECT * FROM <{BASE}planwerk-store/log> {{ ?s ?p ?o }}",
            f"SELECT * {{ GRAPH <{BASE}planwerk-store/texts> {{ ?s ?p ?o }} }}",
            "SELECT * { { SELECT * { GRAPH ?g { ?s ?p 'Geheim'@de } } } }",
        ],
    )
    def test_no_query_sees_them_or_our_own_records(self, two: RemoteHost, text: str) -> None:
        assert two.query(text).rows == 0

    def test_the_caller_cannot_name_their_graphs_either(self, two: RemoteHost) -> None:
        other = f"{BASE}other/source/x"
        assert two.answer(Query("SELECT * { ?s ?p ?o }", default_graphs=[other])).rows == 0
        assert two.answer(Query("SELECT * { GRAPH ?g { ?s ?p ?o } }", named_graphs=[other])).rows == 0
        assert two.answer(Query("SELECT * { ?s ?p ?o }", default_graphs=[A])).rows == 1

    def test_describe_tells_only_what_this_city_says(self, two: RemoteHost) -> None:
        body = two.query(f"DESCRIBE <{BASE}p1>", accept=ResultFormat.NTRIPLES).body.decode()
        assert body == LINE


XSD = "http://www.w3.org/2001/XMLSchema#"


def _graphs(sources: RemoteSources) -> set[tuple[str, ...]]:
    """Everything that the users of a server see of this base."""
    rows = sources.records.rows("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    kept = (sources.index.union, BASE + "source/", BASE + "derived")
    return {tuple(row.values()) for row in rows if row["g"].startswith(kept)}


def ask(host: RemoteHost, text: str) -> set[str]:
    return {next(iter(row.values())).value for row in host.query(text).bindings()}


@pytest.fixture(scope="module")
def both(
    aachen: Workspace, address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Workspace]]:
    """Aachen with its duties, embedded and on the server."""
    folder = tmp_path_factory.mktemp("both")
    embedded = Workspace(read_settings({}, store=str(folder / "store")))
    settings = read_settings({}, store=address, cache=str(folder / "mirror"))
    served = Workspace(settings)
    with embedded, served:
        for workspace in (embedded, served):
            for delivery in ("aachen", "duties-nrw"):
                workspace.import_folder(Path(__file__).parents[2] / "data" / delivery)
        yield embedded, served


def rows(answer: Answer) -> list[tuple[tuple[str, str, str, str], ...]]:
    """The rows as a set is: sorted, and what GROUP_CONCAT put together without its order."""
    return sorted(
        tuple(
            sorted(
                (
                    name,
                    "|".join(sorted(cell.value.replace("; ", ", ").split(", "))),
                    cell.lang or "",
                    cell.datatype or "",
                )
                for name, cell in row.items()
            )
        )
        for row in answer.bindings()
    )


class TestAachen:
    def test_the_import_is_the_same_store(self, both: tuple[Workspace, Workspace]) -> None:
        embedded, served = both
        assert served.snapshot() == embedded.snapshot()
        assert served.files.paths().keys() == embedded.files.paths().keys()

    @pytest.mark.parametrize("question", load_questions().values(), ids=lambda question: question.name)
    def test_every_question_has_the_same_answer_with_and_without_values(
        self, both: tuple[Workspace, Workspace], question: Question
    ) -> None:
        for values in chosen(both[0], question):
            bindings = bindings_of(question, values, both[0].settings.base)
            here, there = (workspace.host().query(question.text, bindings=bindings) for workspace in both)
            assert there.columns() == here.columns()
            assert rows(there) == rows(here)

    def test_a_long_answer_is_cut_and_told(self, both: tuple[Workspace, Workspace]) -> None:
        answer = both[1].host().query("SELECT * { ?s ?p ?o } # alle", limits=Limits(rows=3))
        assert (answer.rows, answer.truncated) == (3, True)
        answer = both[1].host().query("CONSTRUCT WHERE { ?s ?p ?o }", limits=Limits(rows=3))
        assert (answer.kind, answer.rows, answer.truncated) == ("construct", 3, True)

    def test_a_limit_of_the_query_itself_is_no_cut(self, both: tuple[Workspace, Workspace]) -> None:
        answer = both[1].host().query("SELECT * { ?s ?p ?o } LIMIT 3", limits=Limits(rows=3))
        assert (answer.rows, answer.truncated) == (3, False)

    @pytest.mark.parametrize(
        "text",
        [
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i) }",
            'CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f FILTER(CONCAT(STR(?c), STR(?f)) = "nowhere") }',
        ],
    )
    def test_what_takes_too_long_is_stopped_and_told(
        self, both: tuple[Workspace, Workspace], text: str
    ) -> None:
        with pytest.raises(QueryStopped, match="SPARQL-Server"):
            both[1].host().query(text, limits=Limits(seconds=1))

    def test_what_the_server_breaks_off_is_no_answer(self, both: tuple[Workspace, Workspace]) -> None:
        with pytest.raises(QueryStopped, match="SPARQL-Server"):
            both[1].host().query(
                'SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(CONCAT(STR(?c), STR(?f)) = "nowhere") }',
                limits=Limits(seconds=20),
            )

    def test_a_mistake_is_told_with_its_place_as_ever(self, both: tuple[Workspace, Workspace]) -> None:
        said = []
        for workspace in both:
            with pytest.raises(QueryInvalid) as caught:
                workspace.host().query("SELECT ?x\nWHERE { ?x ?y }")
            said.append(caught.value.text)
        assert said[0] == said[1]

    def test_values_are_terms_and_never_text(self, both: tuple[Workspace, Workspace]) -> None:
        evil = '"} ; DROP ALL ; INSERT DATA { <urn:a> <urn:b> "'
        answer = both[1].host().query("SELECT ?x ?s { ?s ?p ?x }", bindings={"x": literal(evil)})
        assert answer.rows == 0
        assert both[1].host().query("ASK { ?s ?p ?o }").holds()

    def test_a_value_reaches_minus_optional_exists_and_sub_selects(
        self, both: tuple[Workspace, Workspace]
    ) -> None:
        plan = iri(f"{both[0].settings.base}p-sep2")
        text = """PREFIX pw: <https://w3id.org/planwerk/ontology#>
            SELECT ?plan ?topic ?n ?past WHERE {
              ?plan a pw:Plan MINUS { ?plan pw:status/pw:standing "current" }
              OPTIONAL { ?plan pw:topic ?topic FILTER NOT EXISTS { ?plan pw:leadUnit ?topic } }
              OPTIONAL { { SELECT ?plan (COUNT(*) AS ?n) WHERE { ?plan pw:pursues ?goal } GROUP BY ?plan } }
              BIND(EXISTS { ?plan pw:status ?any } AS ?past)
              { SELECT (COUNT(DISTINCT ?plan) AS ?all) WHERE { ?plan a pw:Plan } }
            }"""
        for bindings in ({}, {"plan": plan}):
            here, there = (rows(workspace.host().query(text, bindings=bindings)) for workspace in both)
            assert here
            assert there == here

    def test_an_unknown_earlier_state_is_not_found(self, both: tuple[Workspace, Workspace]) -> None:
        with pytest.raises(NotFound):
            both[1].files.paths_at("ffff")


def chosen(workspace: Workspace, question: Question) -> Iterator[dict[str, str]]:
    """No value, and for each parameter one that Aachen has."""
    yield {}
    for parameter in question.parameters:
        if parameter.class_:
            text = f"SELECT ?x {{ ?x a <{parameter.class_}> }} ORDER BY ?x LIMIT 1"
            yield from ({parameter.name: row["x"].value} for row in workspace.host().query(text).bindings())
        else:
            yield {parameter.name: "2024-06-30" if parameter.type == "date" else "jugend"}
