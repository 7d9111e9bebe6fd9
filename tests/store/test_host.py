"""Queries run in workers that can be killed; the host and the program go on."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import graph.errors
from graph.errors import BadRequest, QueryBusy, QueryInvalid, QueryStopped, StoreError
from graph.store.query.answer import ResultFormat, Term, iri, literal
from graph.store.query.guard import Reading
from graph.store.query.recall import Recall
from graph.store.workers.host import Limits, Query, QueryHost, _order
from graph.store.workers.rows import _SINKS, write_rows

HOSTILE = sorted((Path(__file__).parents[1] / "hostile").glob("*.rq"))
DEATH = "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}"
SHORT = Limits(seconds=0.3, memory=256 * 2**20, bytes=4 * 2**20)
XSD = "http://www.w3.org/2001/XMLSchema#"


def plan(number: int) -> str:
    """Three triples about one plan."""
    one = f"<urn:plan:{number}>"
    label = f'{one} <urn:label> "Plan\\t\\"{number}\\", ä\\n}},{{"@de .\n'
    return (
        label + f'{one} <urn:goal> <urn:goal:{number % 50}> .\n{one} <urn:year> "{number}"^^<{XSD}gYear> .\n'
    )


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Four named graphs with 3,600 triples."""
    folder = tmp_path_factory.mktemp("sources")
    files = {f"urn:source:{part}": folder / f"{part}.nt" for part in range(4)}
    for part, path in enumerate(files.values()):
        path.write_text("".join(map(plan, range(1000 + part, 2200, 4))), "utf-8")
    return files


@pytest.fixture(scope="module")
def store(sources: dict[str, Path]) -> ox.Store:
    """The same triples in the engine itself."""
    store = ox.Store()
    for name, path in sources.items():
        store.load(path=str(path), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    return store


@pytest.fixture(scope="module")
def host(sources: dict[str, Path]) -> Iterator[QueryHost]:
    """One host for the tests that only ask."""
    with QueryHost(sources) as host:
        yield host


def workers(host: QueryHost) -> list[int]:
    """Return the process ids of the workers that live now."""
    return [int(pid) for pid in Path(f"/proc/{host.pid}/task/{host.pid}/children").read_text().split()]


def literal_words(text: str) -> str:
    """Return a string as SPARQL writes it."""
    return str(ox.Literal(text))


def wait_until(is_so: Callable[[], bool]) -> None:
    """Return when it is so; fail after ten seconds."""
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


def is_gone(pid: int) -> bool:
    """Tell whether no such process runs (a dead one that nobody waits for does not run)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def behind_the_guard(host: QueryHost, text: str, limits: Limits = SHORT) -> dict[str, object]:
    """Return the worker's reply to a query that the guard has not seen."""
    order = _order(Query(text), Reading("select", dataset=False), limits)
    return host._ask(order, limits, Recall())[0]


# --- answers


@pytest.mark.parametrize("accept", [form for form in ResultFormat if form.is_table])
@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?plan <urn:label> ?label ; <urn:year> ?year } ORDER BY ?year",
        "SELECT ?goal (COUNT(*) AS ?n) (AVG(?n) AS ?none) { ?plan <urn:goal> ?goal } GROUP BY ?goal ORDER BY ?goal",
        "SELECT * { }",
        "SELECT ?x { } LIMIT 0",
        "ASK { ?a ?b 1 }",
    ],
)
def test_an_answer_is_what_the_engine_itself_would_write(host, store, text, accept):
    results = store.query(text, use_default_graph_as_union=True)
    written = results.serialize(format=ox.QueryResultsFormat.from_media_type(accept.value))
    assert host.query(text, accept=accept).body == written


@pytest.mark.parametrize("accept", [form for form in ResultFormat if not form.is_table])
@pytest.mark.parametrize("text", ["CONSTRUCT WHERE { ?a <urn:label> ?b }", "DESCRIBE <urn:plan:1000>"])
def test_triples_come_in_every_format(host, store, text, accept):
    answer = host.query(text, accept=accept)
    form = ox.RdfFormat.from_media_type(accept.value)
    assert {quad.triple for quad in ox.parse(answer.body, form)} == set(
        store.query(text, use_default_graph_as_union=True)
    )
    assert (answer.kind, answer.truncated, answer.media_type.partition(";")[0]) == (
        "construct",
        False,
        accept.value,
    )


def test_without_a_wish_tables_are_json_and_triples_turtle(host):
    assert host.query("SELECT * {}").media_type == "application/sparql-results+json"
    assert host.query("CONSTRUCT {} {}").media_type == "text/turtle; charset=utf-8"


def test_triples_cannot_be_a_table_nor_a_table_triples(host):
    with pytest.raises(BadRequest, match="Turtle"):
        host.query("CONSTRUCT {} {}", accept=ResultFormat.CSV)
    with pytest.raises(BadRequest, match="JSON, XML, CSV"):
        host.query("ASK {}", accept=ResultFormat.TURTLE)


def test_turtle_is_written_with_the_prefixes_of_the_host(sources):
    with QueryHost(sources, prefixes={"p": "urn:plan:"}, workers=1) as host:
        body = host.query("CONSTRUCT { ?a <urn:is> ?a } { BIND(<urn:plan:x> AS ?a) }").body
    assert body == b"@prefix p: <urn:plan:> .\np:x <urn:is> p:x .\n"


def test_cells_say_what_they_are(host):
    text = 'SELECT ?a ?b ?c ?d ?e { BIND(<urn:a> AS ?a) BIND("b"@de AS ?b) BIND(3 AS ?c) BIND("d" AS ?d) }'
    answer = host.query(text)
    assert answer.columns() == ["a", "b", "c", "d", "e"]
    assert answer.bindings() == [
        {
            "a": iri("urn:a"),
            "b": literal("b", lang="de"),
            "c": literal("3", datatype=f"{XSD}integer"),
            "d": literal("d"),
        }
    ]
    assert host.query("ASK {}").holds()


@pytest.mark.parametrize("accept", [form for form in ResultFormat if form.is_table])
def test_a_long_answer_is_cut_and_says_so(host, accept):
    answer = host.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", accept=accept, limits=Limits(rows=25))
    assert (answer.rows, answer.truncated) == (25, True)
    if accept is ResultFormat.CSV:
        rows = list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))
    else:
        rows = list(ox.parse_query_results(answer.body, ox.QueryResultsFormat.from_media_type(accept.value)))
    assert len(rows) == 25


_TEXTS = st.lists(
    st.sampled_from(["}", "{", "}},{", '"', "\\", ",", "{}", "[", "\n", "é", "<result>", "x" * 8000]),
    max_size=5,
).map("".join)
_CELLS = st.none() | _TEXTS


@settings(deadline=None)
@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=6), st.integers(1, 6), st.sampled_from(list(_SINKS)))
@example([(None, None)] * 4, 3, ox.QueryResultsFormat.JSON)
@example([("}},{", None), (None, "}},{"), (None, None)], 2, ox.QueryResultsFormat.JSON)
@example([("x" * 8123 + "}},{" * 20, "{}")] * 6, 3, ox.QueryResultsFormat.JSON)
def test_rows_are_counted_and_cut_rightly_whatever_the_values_hold(rows, most, form):
    values = " ".join(
        f"({' '.join('UNDEF' if x is None else literal_words(x) for x in row)})" for row in rows
    )
    written = write_rows(ox.Store().query(f"SELECT * {{ VALUES (?x ?y) {{ {values} }} }}"), form, most, 2**26)
    parsed = [
        tuple(cell and cell.value for cell in row) for row in ox.parse_query_results(written.body, form)
    ]
    assert parsed == rows[:most]
    assert written[1:] == (min(len(rows), most), len(rows) > most)


@pytest.mark.parametrize("form", list(_SINKS))
def test_a_query_is_not_evaluated_much_further_than_its_rows_are_wanted(store, form):
    for text in (
        "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT ?x { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    ):
        rows = write_rows(store.query(text, use_default_graph_as_union=True), form, 40, 2**26)
        assert rows[1:] == (40, True)


@given(st.lists(_TEXTS, max_size=5), st.integers(1, 6))
def test_rows_with_statements_in_them_are_counted_too(texts, most):
    terms = " ".join(f"<<( <urn:a> <urn:b> {literal_words(text)} )>>" for text in texts)
    solutions = ox.Store().query(f"SELECT * {{ VALUES ?x {{ {terms} }} }}")
    written = write_rows(solutions, ox.QueryResultsFormat.JSON, most, 2**26)
    parsed = ox.parse_query_results(written.body, ox.QueryResultsFormat.JSON)
    assert [row["x"].object.value for row in parsed] == texts[:most]
    assert written[1:] == (min(len(texts), most), len(texts) > most)


def test_an_answer_of_just_as_many_rows_is_whole(host):
    answer = host.query("SELECT ?a { ?a <urn:year> ?y }", limits=Limits(rows=1200))
    assert (answer.rows, answer.truncated) == (1200, False)


def test_triples_are_cut_too(host):
    cut = host.query("CONSTRUCT WHERE { ?a <urn:year> ?y }", limits=Limits(rows=10))
    whole = host.query("CONSTRUCT WHERE { ?a <urn:year> ?y }", limits=Limits(rows=1200))
    assert (cut.rows, cut.truncated) == (10, True)
    assert (whole.rows, whole.truncated) == (1200, False)
    assert len(list(ox.parse(cut.body, ox.RdfFormat.TURTLE))) == 10


def test_the_default_graph_is_everything_unless_the_query_or_the_caller_names_graphs(host):
    count = "(COUNT(*) AS ?n)"
    everything = host.query(f"SELECT {count} {{ ?a ?b ?c }}")
    said = host.query(f"SELECT {count} FROM <urn:source:0> {{ ?a ?b ?c }}")
    said_and_asked = Query(
        f"SELECT {count} FROM <urn:source:0> {{ ?a ?b ?c }}", default_graphs=["urn:source:1", "urn:none"]
    )
    asked = host.answer(said_and_asked)
    everywhere = f"SELECT {count} {{ {{ ?a ?b ?c }} UNION {{ GRAPH ?g {{ ?a ?b ?c }} }} }}"
    named = host.answer(Query(everywhere, named_graphs=["urn:source:2"]))
    assert [answer.bindings()[0]["n"].value for answer in (everything, said, asked, named)] == [
        "3600",
        "900",
        "900",
        "900",
    ]


def test_relative_addresses_go_by_base_else_by_the_base_that_is_given(host):
    text = "SELECT ?a ?b { BIND(<> AS ?a) BIND(<x#y> AS ?b) }"
    given = host.answer(Query(text, base="http://city.example/sparql")).bindings()[0]
    assert (given["a"].value, given["b"].value) == ("http://city.example/sparql", "http://city.example/x#y")
    said = host.answer(Query(f"BASE <http://a.example/b/> {text}", base="http://city.example/sparql"))
    assert said.bindings()[0]["b"].value == "http://a.example/b/x#y"
    with pytest.raises(QueryInvalid):
        host.query(text)


def test_derived_quads_and_further_files_are_part_of_the_snapshot(tmp_path):
    (tmp_path / "more.nq").write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    with QueryHost(
        {}, derived="<urn:a> <urn:b> <urn:d> <urn:g> .", quads=[tmp_path / "more.nq"], workers=1
    ) as host:
        rows = host.query("SELECT ?x { GRAPH <urn:g> { ?a ?b ?x } } ORDER BY ?x").bindings()
    assert [row["x"].value for row in rows] == ["urn:c", "urn:d"]


# --- taken back


def test_a_query_taken_back_ends_its_worker_and_the_next_one_is_answered(sources):
    with QueryHost(sources, workers=1) as host, ThreadPoolExecutor() as pool:
        (worker,) = workers(host)
        recall = Recall()
        late = Query(DEATH, limits=Limits(seconds=60), recall=recall)
        asked = pool.submit(host.answer, late)
        wait_until(lambda: recall._stop is not None)
        recall.give()
        with pytest.raises(QueryStopped, match="abgebrochen"):
            asked.result(10)
        assert is_gone(worker)
        assert host.query("ASK {}").holds()
        with pytest.raises(QueryStopped, match="abgebrochen"):
            host.answer(late)
        assert host.query("ASK {}").holds()


def test_taking_back_what_was_answered_already_disturbs_nobody(host):
    recall = Recall()
    before = workers(host)
    assert host.answer(Query("ASK {}", recall=recall)).holds()
    recall.give()
    assert host.query("ASK {}").holds()
    assert workers(host) == before


def test_queries_taken_back_at_any_moment_never_stop_those_of_others(sources):
    with QueryHost(sources, workers=2, waiting=100) as host, ThreadPoolExecutor(8) as pool:
        recalls = [Recall() for _ in range(60)]
        taken = [pool.submit(host.answer, Query("SELECT * { ?a ?b ?c }", recall=one)) for one in recalls]
        others = [pool.submit(host.query, "ASK {}") for _ in range(60)]
        for recall in recalls:
            recall.give()
        assert all(other.result(30).holds() for other in others)
        for asked in taken:
            with suppress(QueryStopped):
                assert asked.result(30).rows == 3600


# --- bindings


@settings(deadline=None)
@given(st.text(), st.sampled_from(["de", "en-gb", None]))
def test_any_text_put_in_for_a_variable_comes_back_unchanged(host, value, lang):
    term = literal(value, lang=lang)
    assert host.query("SELECT ?x {}", bindings={"x": term}).bindings() == [{"x": term}]


_LEXICAL = st.text() | st.text("0123456789+-.eE:TZINFa", max_size=30) | st.decimals(allow_nan=False).map(str)
_TYPES = st.sampled_from(
    ["integer", "decimal", "double", "boolean", "dateTime", "gYear", "duration", "string"]
)


@settings(deadline=None)
@given(_LEXICAL, _TYPES)
def test_values_of_every_type_take_the_way_of_the_engine_itself(host, store, value, name):
    written = store.query(
        "SELECT ?x {}", substitutions={ox.Variable("x"): ox.Literal(value, datatype=ox.NamedNode(XSD + name))}
    ).serialize(format=ox.QueryResultsFormat.JSON)
    assert host.query("SELECT ?x {}", bindings={"x": literal(value, datatype=XSD + name)}).body == written


def test_a_binding_narrows_the_answer_and_adds_no_words(host):
    text = "SELECT ?plan ?goal { ?plan <urn:goal> ?goal }"
    assert host.query(text, bindings={"goal": iri("urn:goal:7")}).rows == 24
    assert host.query(text, bindings={"goal": literal("urn:goal:7> } #")}).rows == 0


@pytest.mark.parametrize(
    "binding",
    [
        {"x": iri("no address")},
        {"x y": iri("urn:a")},
        {"x": literal("a", lang="!")},
        {"x": Term("blank", "b")},
    ],
)
def test_a_binding_that_is_no_term_is_refused(host, binding):
    with pytest.raises(BadRequest, match="keine gültige Adresse"):
        host.query("SELECT ?x {}", bindings=binding)


def test_a_binding_for_a_variable_that_select_does_not_name_is_refused(host):
    with pytest.raises(QueryInvalid, match=r"Für \?x ist ein Wert vorgegeben"):
        host.query("SELECT ?a { ?a ?b ?x }", bindings={"x": literal("1")})


# --- what is no SPARQL


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("SELECT ?a {\n ?a ?b\n, }", "Zeile 3, Spalte 3: Die Abfrage ist ab „}“ kein gültiges SPARQL."),
        ("SELECT ?a { ?a", "Zeile 1, Spalte 15: Die Abfrage ist am Ende kein gültiges SPARQL."),
        (
            "SELECT ?a\n{ ?a ex:b 1 }",
            "Zeile 2, Spalte 6: Das Präfix „ex:“ ist nicht erklärt; oben fehlt PREFIX ex: <…>.",
        ),
        ("SELEKT ?a {}", "Dies ist keine Abfrage: Es fehlt SELECT, ASK, CONSTRUCT oder DESCRIBE."),
        (
            "ASK { BIND(<urn:f>(1) AS ?x) }",
            "Die Abfrage lässt sich nicht ausführen: The custom function <urn:f> is not supported",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(host, text, sentence):
    with pytest.raises(QueryInvalid) as invalid:
        host.query(text)
    assert invalid.value.text.de == sentence


# --- limits


def test_a_query_of_death_is_stopped_and_the_next_one_is_answered(host):
    with pytest.raises(QueryStopped, match=r"länger als 0,3 Sekunden.*LIMIT.*MINUS statt FILTER NOT EXISTS"):
        host.query(DEATH, limits=SHORT)
    assert host.query("ASK { ?a ?b ?c }").holds()


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_query_ends_as_its_first_line_says(host, path):
    pid, text = host.pid, path.read_text("utf-8")
    ending = getattr(graph.errors, text[2:].partition(":")[0])
    with pytest.raises(ending) as ended:
        host.query(text, limits=SHORT)
    assert all([ended.value.text.de, ended.value.text.en])
    assert host.query("SELECT ?a { ?a <urn:goal> <urn:goal:1> }").rows == 24
    assert (host.pid, is_gone(pid)) == (pid, False)


def test_the_sentence_tells_memory_from_time_and_from_depth(host):
    doubling = "BIND('0123456789abcdef' AS ?x0)" + "".join(
        f"BIND(CONCAT(?x{i},?x{i}) AS ?x{i + 1})" for i in range(26)
    )
    with pytest.raises(QueryStopped, match="mehr als 100 MiB Arbeitsspeicher"):
        host.query(
            f"SELECT (STRLEN(?x26) AS ?n) {{ {doubling} }}", limits=Limits(seconds=20, memory=100 * 2**20)
        )
    with pytest.raises(QueryStopped, match="zu lang verkettet"):
        host.query("SELECT (" + "1+" * 20_000 + "1 AS ?x) {}", limits=Limits(seconds=20))
    with pytest.raises(QueryStopped, match="größer als 1 MiB"):
        host.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", limits=Limits(rows=10**9, bytes=2**20))


def test_a_worker_that_once_needed_much_memory_makes_room_for_another(sources):
    doubling = "BIND('0123456789abcdef' AS ?x0)" + "".join(
        f"BIND(CONCAT(?x{i},?x{i}) AS ?x{i + 1})" for i in range(24)
    )
    with QueryHost(sources, workers=1) as host:
        before = workers(host)
        host.query(f"SELECT (STRLEN(?x24) AS ?n) {{ {doubling} }}", limits=Limits(seconds=20))
        wait_until(lambda: workers(host) not in ([], before))
        assert host.query("ASK {}").holds()


def test_a_worker_whose_alarm_fails_is_killed_by_the_host(sources, monkeypatch):
    with QueryHost(sources, workers=1) as host:
        lane = host._host.lanes[0]
        ask = lane.ask
        monkeypatch.setattr("graph.store.workers.lane._GRACE", -59.7)
        monkeypatch.setattr(lane, "ask", lambda order, recall: ask(order | {"seconds": 60}, recall))
        with pytest.raises(QueryStopped, match="länger als"):
            host.query(DEATH)
        monkeypatch.undo()
        assert host.query("ASK {}").holds()


# --- what a worker cannot do


def test_a_worker_reaches_no_other_server_even_behind_the_guard(host, store):
    text = "SELECT * { SERVICE SILENT <http://127.0.0.1:%d/sparql> { ?a ?b ?c } }"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        behind_the_guard(host, text % listener.getsockname()[1])
        with pytest.raises(TimeoutError):
            listener.accept()
        listener.settimeout(10)
        asked = threading.Thread(target=lambda: list(store.query(text % listener.getsockname()[1])))
        asked.start()
        listener.accept()[0].close()
        asked.join()


def test_a_failed_call_says_so(host):
    reply = behind_the_guard(host, "SELECT * { SERVICE <http://127.0.0.1:8099/> { ?a ?b ?c } }")
    assert list(reply) == ["failed"]


def test_the_kernel_grants_a_worker_one_socket_and_nothing_more(sources):
    with QueryHost(sources, workers=1) as host:
        host.query("ASK {}")
        [pid] = workers(host)
        table = Path(f"/proc/{pid}/limits").read_text().splitlines()
        limits = {line[:25].strip(): line[25:].split()[:2] for line in table}
        closed = ("open files", "file size", "processes", "core file size")
        assert [limits[f"Max {what}"] for what in closed] == [["0", "0"]] * 4
        files = sorted(str(link.readlink()).partition(":")[0] for link in Path(f"/proc/{pid}/fd").iterdir())
        assert files == ["/dev/null", "/dev/null", "/dev/null", "socket"]
        assert (
            Path(f"/proc/{pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()
        ) is host.no_network


_PROBE = """
import os, socket
from graph import sandbox
ours, theirs = socket.socketpair()
if (pid := os.fork()) == 0:
    wire = socket.socket(fileno=sandbox.confine(os.getppid(), theirs.detach())[0])
    for attempt in (lambda: open("/etc/passwd"), lambda: open("/tmp/new", "w"), socket.socket):
        try:
            attempt()
            wire.send(b"open ")
        except OSError as error:
            wire.send(error.strerror.encode() + b". ")
    os._exit(0)
os.waitpid(pid, 0)
print(ours.recv(1000).decode())
"""


def test_without_any_network_of_its_own_a_worker_still_opens_no_file_and_no_socket():
    said = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True).stdout
    assert said == "Too many open files. " * 3 + "\n"


# --- many at once


def test_each_of_many_threads_gets_its_own_answer(host):
    def ask(number: int) -> bool:
        found = host.query(
            "SELECT ?x ?y { ?x <urn:year> ?y }",
            bindings={"x": iri(f"urn:plan:{number}")},
            limits=Limits(wait=30),
        )
        return [row["y"].value for row in found.bindings()] == [str(number)]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(1000, 1400)))


def test_who_waits_too_long_or_in_too_long_a_line_hears_that_it_is_busy(sources):
    with QueryHost(sources, workers=1, waiting=0) as host, ThreadPoolExecutor(1) as threads:
        dying = threads.submit(host.query, DEATH, limits=SHORT)
        wait_until(lambda: not host._idle)
        with pytest.raises(QueryBusy, match="zu viele Abfragen"):
            host.query("ASK {}", limits=Limits(wait=60))
        assert isinstance(dying.exception(), QueryStopped)
    with QueryHost(sources, workers=1) as host, ThreadPoolExecutor(1) as threads:
        dying = threads.submit(host.query, DEATH, limits=SHORT)
        wait_until(lambda: not host._idle)
        with pytest.raises(QueryBusy):
            host.query("ASK {}", limits=Limits(wait=0.01))
        assert host.query("ASK {}", limits=Limits(wait=60)).holds()
        assert isinstance(dying.exception(), QueryStopped)


# --- new snapshots, and ends


def test_a_reload_answers_anew_while_a_running_query_finishes_on_the_old(sources, tmp_path):
    (tmp_path / "new.nt").write_text("<urn:a> <urn:b> <urn:c> .\n")
    slow = "SELECT (COUNT(*) AS ?n) { ?a <urn:year> ?c . ?d <urn:year> ?f . ?g <urn:goal> <urn:goal:1> }"
    with QueryHost(sources, workers=1) as host, ThreadPoolExecutor(1) as threads:
        before = host.pid
        running = threads.submit(host.query, slow, limits=Limits(seconds=60))
        wait_until(lambda: not host._idle)
        host.reload({"urn:new": tmp_path / "new.nt"})
        assert host.query("SELECT * { ?a ?b ?c }").rows == 1
        assert running.result().bindings()[0]["n"].value == str(1200 * 1200 * 24)
        assert is_gone(before)


def test_a_reload_that_fails_names_the_file_and_keeps_the_old(sources, tmp_path):
    broken = tmp_path / "broken.nt"
    broken.write_text("<urn:a> <urn:b> .\n")
    with QueryHost(sources, workers=1) as host:
        with pytest.raises(StoreError, match=r"broken\.nt: .* line 1"):
            host.reload({"urn:broken": broken})
        assert host.query("SELECT ?a { ?a <urn:year> ?y }").rows == 1200


@pytest.mark.parametrize("missing", ["missing.nt", "missing.nq"])
def test_a_missing_file_is_named(tmp_path, missing):
    path = tmp_path / missing
    with pytest.raises(StoreError, match=missing.replace(".", r"\.")):
        QueryHost(
            {"urn:a": path} if path.suffix == ".nt" else {}, quads=[path] if path.suffix == ".nq" else []
        )


def test_a_worker_killed_while_idle_is_missed_by_nobody(sources):
    with QueryHost(sources, workers=1) as host:
        before = workers(host)
        os.kill(before[0], signal.SIGKILL)
        wait_until(lambda: workers(host) not in ([], before))
        assert host.query("ASK {}").holds()


def test_a_lost_host_is_replaced_and_only_the_running_query_hears_of_it(sources):
    with QueryHost(sources, workers=1) as host:
        processes = [*workers(host), host.pid]
        os.kill(host.pid, signal.SIGKILL)
        wait_until(lambda: all(map(is_gone, processes)))
        with pytest.raises(QueryStopped, match="neu gestartet"):
            host.query("ASK {}")
        assert host.query("SELECT ?a { ?a <urn:year> ?y }").rows == 1200


def test_closing_ends_every_process_and_the_queries_that_still_run(sources):
    host = QueryHost(sources)
    processes = [host.pid, *workers(host)]
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(host.query, DEATH, limits=Limits(seconds=60))
        wait_until(lambda: len(host._idle) == 1)
        host.close()
        assert isinstance(running.exception(), QueryStopped)
    assert all(map(is_gone, processes))
    with pytest.raises(QueryStopped):
        host.query("ASK {}")


_PROGRAM = """
import json, sys, time
from pathlib import Path
from graph.store.workers.host import QueryHost
host = QueryHost({})
children = Path(f"/proc/{host.pid}/task/{host.pid}/children").read_text().split()
print(json.dumps([host.pid, *map(int, children)]), flush=True)
time.sleep(600)
"""


def test_the_death_of_the_program_takes_host_and_workers_with_it():
    with subprocess.Popen([sys.executable, "-c", _PROGRAM], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        processes = json.loads(program.stdout.readline())
        assert len(processes) == 3
        assert not any(map(is_gone, processes))
        program.kill()
    wait_until(lambda: all(map(is_gone, processes)))


@pytest.mark.parametrize("said", ["", '{"files": [["/half'])
def test_a_process_whose_program_ends_while_it_starts_ends_too_and_says_nothing(said: str) -> None:
    started = [sys.executable, "-P", "-m", "graph.store.workers.supervisor"]
    ended = subprocess.run(started, input=said, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
