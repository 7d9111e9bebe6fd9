"""What a SPARQL server may do wrong: each gets its sentence, nothing half is believed, nothing hangs, no password is told."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from api.settings import read_settings
from api.workspace import Workspace
from graph.errors import BadRequest, PlanwerkError, QueryInvalid, QueryStopped, StoreUnreachable
from graph.store.query.answer import Limits, ResultFormat
from graph.store.query.recall import Recall, TakenBackError
from graph.store.remote import answers
from graph.store.remote.endpoint import Endpoint, HalfError, LateError, Login, Reply
from tests.stores.lying import EMPTY, JSON, Lying, Said, lying_server
from tests.stores.servers import free_port

LIMITS = Limits(seconds=5.0, rows=2)


@pytest.fixture
def server() -> Iterator[Lying]:
    with lying_server() as lying:
        yield lying


@pytest.fixture
def endpoint(server: Lying) -> Iterator[Endpoint]:
    with Endpoint(server.address) as made:
        yield made


def refusal(endpoint: Endpoint) -> PlanwerkError:
    """What the program says when it asks for itself."""
    with pytest.raises(StoreUnreachable) as caught:
        endpoint.ask("ASK {}", JSON)
    return caught.value


def test_nobody_at_the_address_is_told_at_once() -> None:
    address = f"http://127.0.0.1:{free_port()}/query"
    with Endpoint(address) as endpoint:
        said = refusal(endpoint).text
    assert said.de.startswith(f"Der SPARQL-Server {address} ist nicht erreichbar. Nichts wurde geändert.")
    assert said.en.startswith(f"The SPARQL server {address} cannot be reached. Nothing was changed.")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(b"<html>Hallo</html>", media_type="text/html; charset=utf-8"), "antwortet kein SPARQL-Server"),
        (Said(b"<html>Weg</html>", status=404, media_type="text/html"), "text/html, Status 404"),
        (
            Said(b"", status=302, headers={"location": "https://anderswo.example/"}),
            "https://anderswo.example/",
        ),
        (Said(b"", status=401), "verlangt eine Anmeldung"),
        (Said(b"", status=403), "verlangt eine Anmeldung"),
        (Said(b"disk full", status=500, media_type="text/plain"), "Status 500 abgelehnt: disk full"),
        (Said(EMPTY, missing=10), "nur eine halbe Antwort"),
        (Said(EMPTY, media_type="application/json"), "application/json"),
    ],
)
def test_each_wrong_answer_has_its_sentence(
    server: Lying, endpoint: Endpoint, said: Said, words: str
) -> None:
    server.said = said
    assert words in refusal(endpoint).text.de


def test_a_redirect_is_not_followed_so_that_nobody_else_gets_the_password(server: Lying) -> None:
    server.said = Said(b"", status=302, headers={"location": server.address + "/there"})
    with Endpoint(server.address, login=Login("anna", "geheim")) as endpoint:
        refusal(endpoint)
    assert [path for path, _, _ in server.asked] == ["/query"]


@pytest.mark.parametrize("slow", [Said(silent=True), Said(EMPTY, dripping=True)])
def test_a_silent_or_dripping_server_ends_with_the_time_given(
    server: Lying, endpoint: Endpoint, slow: Said
) -> None:
    server.said = slow
    with pytest.raises(LateError):
        endpoint.send(server.address, {"query": "ASK {}"}, JSON, 0.5)


def test_more_than_the_limit_is_not_read(server: Lying, endpoint: Endpoint) -> None:
    server.said = Said(b"x" * 100_000)
    reply = endpoint.send(server.address, {"query": "ASK {}"}, JSON, 5, most_bytes=1000)
    assert not reply.whole


def test_a_broken_body_is_asked_for_once_only(server: Lying, endpoint: Endpoint) -> None:
    server.said = Said(EMPTY, missing=10)
    with pytest.raises(HalfError):
        endpoint.send(server.address, {"query": "ASK {}"}, JSON, 5)
    assert len(server.asked) == 1


@pytest.mark.parametrize(("accept", "words"), [("text/html", "<html"), ("application/json", '"status":503')])
def test_pages_say_that_the_server_is_gone(
    tmp_path: Path, served: Callable[[Workspace], AbstractContextManager[str]], accept: str, words: str
) -> None:
    settings = read_settings({}, store=f"http://127.0.0.1:{free_port()}/query", cache=str(tmp_path))
    with Workspace(settings) as workspace, served(workspace) as site:
        for path in ("/", "/findings", "/plans/p-1", "/sparql?query=ASK%7B%7D"):
            told = httpx.get(site + path, headers={"accept": accept}, timeout=30)
            assert told.status_code == 503
            assert "ist nicht erreichbar. Nichts wurde geändert." in told.text
            assert words in told.text


class TestCredentials:
    def test_user_and_password_go_as_basic_once_the_server_asks(self, server: Lying) -> None:
        server.said = Said(b"", status=401, headers={"www-authenticate": 'Basic realm="x"'})
        with Endpoint(server.address, login=Login("anna", "geheim")) as endpoint:
            said = refusal(endpoint).text.de
        assert "hat die Anmeldung abgelehnt" in said
        shown = [headers.get("authorization", "") for _, headers, _ in server.asked]
        assert shown == ["", "Basic YW5uYTpnZWhlaW0="]

    def test_a_server_that_wants_a_digest_never_sees_the_password(self, server: Lying) -> None:
        wanted = 'Digest realm="x", nonce="n", qop="auth", algorithm="MD5"'
        server.said = Said(b"", status=401, headers={"www-authenticate": wanted})
        with Endpoint(server.address, login=Login("anna", "geheim")) as endpoint:
            refusal(endpoint)
        assert any("Digest username=" in headers.get("authorization", "") for _, headers, _ in server.asked)
        assert "geheim" not in str(server.asked)
        assert "Basic" not in str(server.asked)

    def test_a_token_goes_before_a_password(self, server: Lying) -> None:
        with Endpoint(server.address, login=Login("anna", "geheim", "t0ken")) as endpoint:
            endpoint.ask("ASK {}", JSON)
        assert [headers["authorization"] for _, headers, _ in server.asked] == ["Bearer t0ken"]

    def test_an_address_with_a_password_is_refused_without_repeating_it(self) -> None:
        with pytest.raises(BadRequest) as caught:
            Endpoint("http://anna:geheim@127.0.0.1/query")
        assert "geheim" not in caught.value.text.de + caught.value.text.en

    def test_no_log_line_and_no_message_holds_a_password(
        self, server: Lying, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        login = Login("anna", "geheim", "t0ken")
        server.said = Said(b"", status=401)
        with Endpoint(server.address, login=login) as endpoint:
            said = str(refusal(endpoint))
        told = caplog.text + said + repr(login)
        assert "geheim" not in told
        assert "t0ken" not in told


def table(*rows: dict[str, object], name: str = "x") -> bytes:
    return json.dumps({"head": {"vars": [name]}, "results": {"bindings": list(rows)}}).encode()


def reply(body: bytes, media_type: str = JSON, status: int = 200, **headers: str) -> Reply:
    return Reply(
        status, {"content-type": media_type, **{k.replace("_", "-"): v for k, v in headers.items()}}, body
    )


A = {"x": {"type": "literal", "value": "a"}}


class TestAnswers:
    def test_virtuosos_partial_answer_with_status_200_counts_as_stopped(self) -> None:
        partial = reply(table(A), x_sql_state="S1TAT")
        with pytest.raises(QueryStopped, match="länger als 5 Sekunden"):
            answers.check(partial, "http://x/", JSON, LIMITS)

    @pytest.mark.parametrize("cut", range(1, len(table(A)), 7))
    def test_no_beginning_of_an_answer_passes_for_the_answer(self, cut: int) -> None:
        with pytest.raises(QueryStopped, match="mitten in der Antwort"):
            answers.read_table(reply(table(A)[:cut]), "select", ResultFormat.JSON, 10)

    def test_broken_triples_are_no_answer(self) -> None:
        with pytest.raises(QueryStopped, match="mitten in der Antwort"):
            answers.read_triples(
                reply(b"<urn:a> <urn:p> <urn:b> .\n<urn:a> <ur"), ResultFormat.TURTLE, 10, {}
            )

    def test_a_server_that_says_timeout_has_stopped_the_query(self) -> None:
        late = reply(b"Virtuoso S1T00 Error SR171: Transaction timed out", "text/plain", 500)
        with pytest.raises(QueryStopped):
            answers.check(late, "http://x/", JSON, LIMITS)

    def test_what_a_server_will_not_evaluate_is_told_in_its_words(self) -> None:
        refused = reply(b"SPARQL compiler, line 3: too long", "text/plain", 400)
        with pytest.raises(QueryInvalid, match="line 3"):
            answers.check(refused, "http://x/", JSON, LIMITS)

    def test_one_row_more_than_allowed_is_cut_and_told(self) -> None:
        answer = answers.read_table(reply(table(A, A, A)), "select", ResultFormat.CSV, 2)
        assert (answer.body, answer.rows, answer.truncated) == (b"x\r\na\r\na\r\n", 2, True)

    def test_rows_that_the_server_cut_are_told(self) -> None:
        answer = answers.read_table(reply(table(A, A), x_sparql_maxrows="2"), "select", ResultFormat.JSON, 10)
        assert (answer.rows, answer.truncated) == (2, True)

    @pytest.mark.parametrize(("said", "meant"), [("1", "true"), ("0", "false"), ("true", "true")])
    def test_booleans_are_true_and_false_whatever_the_server_writes(self, said: str, meant: str) -> None:
        boolean = "http://www.w3.org/2001/XMLSchema#boolean"
        row = {"x": {"type": "typed-literal", "value": said, "datatype": boolean}}
        [found] = answers.read_table(reply(table(row)), "select", ResultFormat.JSON, 10).bindings()
        assert (found["x"].kind, found["x"].value) == ("literal", meant)

    @pytest.mark.parametrize("form", [form for form in ResultFormat if form.is_table])
    def test_a_table_comes_in_every_format(self, form: ResultFormat) -> None:
        answer = answers.read_table(reply(table(A)), "select", form, 10)
        assert (answer.rows, answer.format) == (1, form)
        assert b"a" in answer.body

    @pytest.mark.parametrize("form", [form for form in ResultFormat if not form.is_table])
    def test_triples_come_in_every_format(self, form: ResultFormat) -> None:
        body = b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:c> .\n"
        answer = answers.read_triples(reply(body), form, 10, {})
        assert (answer.rows, answer.truncated) == (1, False)
        assert b"urn:" in answer.body


@pytest.mark.parametrize("said", [Said(silent=True), Said(EMPTY, dripping=True)], ids=["silent", "dripping"])
@pytest.mark.parametrize("used_before", [False, True])
def test_a_request_taken_back_ends_at_once_and_the_line_serves_on(
    server: Lying, endpoint: Endpoint, said: Said, used_before: bool
) -> None:
    if used_before:
        endpoint.ask("ASK {}", JSON)
    server.said, recall, before = said, Recall(), len(server.asked)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(endpoint.send, endpoint.address, {"query": "ASK {}"}, JSON, 25.0, recall=recall)
        while len(server.asked) == before:
            assert not asked.done()
        recall.give()
        with pytest.raises(TakenBackError):
            asked.result(5)
    server.said = Said(EMPTY)
    assert endpoint.ask("ASK {}", JSON) == EMPTY
    with pytest.raises(TakenBackError):
        endpoint.send(endpoint.address, {"query": "ASK {}"}, JSON, 25.0, recall=recall)
