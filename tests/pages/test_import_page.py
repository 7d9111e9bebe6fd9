"""The page of a spreadsheet: review first, corrections applied, one commit where it is allowed, nothing else ever written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from api.cli import main
from api.pages.exchange import importing
from api.settings import read_settings
from api.taking_in import staging
from api.workspace import Workspace
from graph.errors import BadRequest

Served = Callable[[Workspace], AbstractContextManager[str]]
PERSON = {"Accept": "text/html"}
TABLE = """Übersicht der Planwerke;;;;
Nr.;Titel;Federführung;Laufzeit;Beschlussdatum
1;Sportentwicklungsplan;FB 52;2019-2024;9.7.2019
2;Bäderplan;FB 52;seit 2006;k.A.
3;Radverkehrskonzept;FB 61;2020-2030;12.02.2020
;Summe: 3;;;
"""


def workspace_at(folder: Path, **settings: Any) -> Workspace:
    return Workspace(read_settings({}, store=str(folder / "store"), **settings))


@pytest.fixture
def editing(tmp_path: Path, served: Served) -> Iterator[httpx.Client]:
    """A client of an empty store whose operator allows taking in."""
    with (
        workspace_at(tmp_path, editing=True) as workspace,
        served(workspace) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


@pytest.fixture
def reading(tmp_path: Path, served: Served) -> Iterator[httpx.Client]:
    """A client of an empty store that is only to be read."""
    with (
        workspace_at(tmp_path) as workspace,
        served(workspace) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def token(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', page.text)
    assert found
    return found[1]


def upload(
    client: httpx.Client, text: str = TABLE, name: str = "Bestand.csv", **fields: str
) -> httpx.Response:
    """Upload a table as a browser does and return the page of its review."""
    form = {"token": token(client.get("/import", headers=PERSON)), **fields}
    return client.post(
        "/import", data=form, files={"file": (name, text.encode())}, headers=PERSON, follow_redirects=True
    )


def send(client: httpx.Client, page: httpx.Response, action: str, **fields: str) -> httpx.Response:
    """Send the form of a review page."""
    data = {"token": token(page), **fields}
    return client.post(f"{page.url.path}/{action}", data=data, headers=PERSON, follow_redirects=True)


def plans(client: httpx.Client) -> list[str]:
    return [row["id"] for row in client.get("/plans", headers={"Accept": "application/json"}).json()["items"]]


def sources(client: httpx.Client) -> dict[str, Any]:
    return client.get("/", headers={"Accept": "application/json"}).json()["counts"]


class TestReview:
    def test_a_review_says_what_was_found_and_stores_nothing(self, editing):
        page = upload(editing)
        assert page.status_code == 200
        assert "3 Planwerke" in page.text
        assert "Noch ist nichts gespeichert." in page.text
        assert "Neu: „Bäderplan“ (Planwerke)." in page.text
        assert sources(editing) == {}

    def test_every_row_is_there_with_its_class_and_reason(self, editing):
        page = upload(editing)
        document = editing.get(page.url.path, headers={"Accept": "application/json"}).json()
        assert [(row["row"], row["class"]) for row in document["rows"]][:5] == [
            (1, "header"), (2, "header"), (3, "plan"), (4, "plan"), (5, "plan"),
        ]  # fmt: skip
        assert all(row["why"]["de"] and row["why"]["en"] for row in document["rows"])

    def test_rows_are_shown_by_sheet_and_class(self, editing):
        page = upload(editing)
        shown = editing.get(f"{page.url.path}?class=total", headers=PERSON)
        table = shown.text.partition('id="rows"')[2]
        assert len(re.findall(r"<tr[^>]*><td", table)) == 1
        assert "Summe" in table

    def test_a_thousand_rows_come_by_the_hundred(self, editing):
        rows = "".join(f"{n};Plan Nummer {n} für Ort {n};FB 52;;\n" for n in range(1, 1001))
        page = upload(editing, f"Nr.;Titel;Federführung;Laufzeit;Beschlussdatum\n{rows}")
        second = editing.get(f"{page.url.path}?page=2", headers=PERSON).text.partition('id="rows"')[2]
        assert len(re.findall(r"<tr[^>]*><td", second)) == 100
        assert "Seite 2 von 11" in second

    @pytest.mark.parametrize("lang", ["de", "en"])
    def test_the_page_speaks_both_languages(self, editing, lang):
        page = upload(editing)
        text = editing.get(f"{page.url.path}?lang={lang}", headers=PERSON).text
        assert {"de": "Neu prüfen", "en": "Review again"}[lang] in text

    def test_names_in_the_file_are_text_on_the_page(self, editing):
        page = upload(
            editing, "Nr.;Titel;Federführung\n1;<script>alert(1)</script> Plan;FB 52\n", "<b>x</b>.csv"
        )
        assert "<script>alert" not in page.text
        assert "<b>x</b>" not in page.text


class TestCorrections:
    def test_a_column_that_is_taken_for_something_else_is_read_so(self, editing):
        page = upload(editing)
        again = send(editing, page, "check", **{"column:0:2": "participating"})
        document = editing.get(page.url.path, headers={"Accept": "application/json"}).json()
        assert document["records"]["plans"][0]["lead_department"] == ""
        assert document["records"]["plans"][0]["participating"] == ["FB 52"]
        assert document["corrections"]["columns"] == {"Bestand": {"Federführung": "participating"}}
        assert again.status_code == 200

    def test_a_sheet_that_is_to_be_left_out_refuses_the_rest_calmly(self, editing):
        page = send(editing, upload(editing), "check", **{"sheet:0": "ignore"})
        assert "So kann die Tabelle nicht übernommen werden." in page.text
        refused = editing.post(f"{page.url.path}/take", data={"token": token(page)}, headers=PERSON)
        assert refused.status_code == 422
        assert sources(editing) == {}

    def test_all_corrections_can_be_dropped(self, editing):
        page = send(editing, upload(editing), "check", **{"sheet:0": "ignore"})
        page = send(editing, page, "check", over="1")
        assert "3 Planwerke" in page.text

    def test_corrections_can_be_taken_along_as_a_file(self, reading):
        page = send(reading, upload(reading), "check", **{"column:0:2": "participating"})
        assert "--mapping bestand.corrections.json" in page.text
        taken = reading.get(f"{page.url.path}/corrections.json")
        assert taken.json()["columns"] == {"Bestand": {"Federführung": "participating"}}
        assert 'filename="bestand.corrections.json"' in taken.headers["content-disposition"]


class TestTakingIn:
    def test_one_click_takes_everything_in_and_says_what_changed(self, editing):
        page = send(editing, upload(editing), "take")
        assert "Übernommen." in page.text
        assert sorted(plans(editing)) == ["p-baederplan", "p-radverkehrskonzept", "p-sportentwicklungsplan"]
        thing = editing.get("/plans/p-sportentwicklungsplan", headers=PERSON).text
        assert "Tabelle Bestand.csv" in thing
        assert '<span class="when" lang="de">Bestand, Zeile 3</span>' in thing

    def test_the_next_edition_says_what_changed_since_the_last(self, editing):
        send(editing, upload(editing), "take")
        page = upload(
            editing, TABLE.replace("2020-2030", "2020-2035").replace("2;Bäderplan;FB 52;seit 2006;k.A.\n", "")
        )
        assert "„Radverkehrskonzept“, Gilt bis: 2030 → 2035." in page.text
        assert "Entfallen: „Bäderplan“ (Planwerke)." in page.text
        page = send(editing, page, "take")
        assert sorted(plans(editing)) == ["p-radverkehrskonzept", "p-sportentwicklungsplan"]

    def test_what_was_corrected_is_remembered_for_the_next_edition(self, editing):
        page = send(editing, upload(editing), "check", **{"column:0:2": "participating"})
        send(editing, page, "take")
        document = editing.post("/api/import", files={"file": ("Bestand.csv", TABLE.encode())}).json()
        assert document["records"]["plans"][0]["participating"] == ["FB 52"]

    def test_the_file_itself_is_forgotten(self, editing, tmp_path):
        send(editing, upload(editing), "take")
        assert list((tmp_path / "store" / "staged").glob("*/file")) == []

    def test_taking_it_in_twice_is_refused(self, editing):
        page = upload(editing)
        given = token(page)
        send(editing, page, "take")
        again = editing.post(f"{page.url.path}/take", data={"token": given}, headers=PERSON)
        assert again.status_code == 422
        assert "schon übernommen" in again.text


class TestPrograms:
    def test_stage_show_correct_and_confirm(self, editing):
        made = editing.post(
            "/api/import", files={"file": ("Bestand.csv", TABLE.encode())}, data={"source": "Mein Amt"}
        )
        assert made.status_code == 201
        stage = made.headers["location"]
        assert editing.get(stage).json()["id"] == "mein-amt"
        again = editing.post(stage, json={"columns": {"*": {"Federführung": None}}})
        assert again.json()["records"]["plans"][0]["lead_department"] == ""
        done = editing.post(f"{stage}/confirm")
        assert (done.json()["state"], done.json()["taken"]["source"]) == ("taken", "mein-amt")
        assert len(plans(editing)) == 3

    @pytest.mark.parametrize(
        ("body", "status", "sentence"),
        [
            (b"{", 400, "kein JSON"),
            (b'{"colums": {}}', 422, "„columns“ gemeint"),
            (b"[]", 422, "muss ein JSON-Objekt"),
            (b" " * (2 * 2**20 + 1), 400, "zu viele Korrekturen"),
        ],
    )
    def test_corrections_that_cannot_be_read_are_a_problem_document(self, editing, body, status, sentence):
        stage = editing.post("/api/import", files={"file": ("Bestand.csv", TABLE.encode())}).headers[
            "location"
        ]
        answer = editing.post(stage, content=body)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert sentence in answer.json()["de"]


class TestWhatIsRefused:
    def test_a_store_to_be_read_only_takes_nothing_in(self, reading):
        page = upload(reading)
        assert "planwerk import Bestand.csv --source-id bestand" in page.text
        assert ">Übernehmen</button>" not in page.text
        assert reading.post(f"{page.url.path}/take", data={"token": token(page)}).status_code == 403
        assert reading.post(f"/api{page.url.path}/confirm").status_code == 403
        assert sources(reading) == {}

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
        ],
    )
    def test_another_site_can_make_nobody_write(self, editing, headers):
        page = upload(editing)
        for path, more in (
            ("/import", {"files": {"file": ("x.csv", b"a")}}),
            (f"{page.url.path}/check", {}),
            (f"{page.url.path}/take", {}),
            ("/api/import", {"files": {"file": ("x.csv", b"a")}}),
            (f"/api{page.url.path}/confirm", {}),
        ):
            assert editing.post(path, data={"token": token(page)}, headers=headers, **more).status_code == 403
        assert sources(editing) == {}

    def test_our_own_pages_send_no_referrer_and_so_hide_their_origin(self, editing):
        page = upload(editing)
        own = {"Origin": "null", "Sec-Fetch-Site": "same-origin", **PERSON}
        answer = editing.post(f"{page.url.path}/check", data={"token": token(page)}, headers=own)
        assert answer.status_code == 303

    def test_a_form_needs_the_token_of_its_page(self, editing):
        page = upload(editing)
        for given in ("", "0" * 64):
            assert editing.post(f"{page.url.path}/take", data={"token": given}).status_code == 403
        held = token(page)
        editing.cookies.clear()
        assert editing.post(f"{page.url.path}/take", data={"token": held}).status_code == 403

    @pytest.mark.parametrize(
        ("name", "content", "status", "sentence"),
        [
            ("x.xls", b"a", 422, "wird hier nicht gelesen"),
            ("../../etc/passwd", b"a", 422, "wird hier nicht gelesen"),
            ("x.xlsx", b"PK\x03\x04nonsense", 422, "x.xlsx"),
            ("x.csv", b"", 422, "x.csv"),
        ],
    )
    def test_what_is_no_spreadsheet_is_refused_and_leaves_nothing_behind(
        self, editing, tmp_path, name, content, status, sentence
    ):
        answer = editing.post("/api/import", files={"file": (name, content)})
        assert answer.status_code == status
        assert sentence in answer.json()["de"]
        held = tmp_path / "store" / "staged"
        assert not held.exists() or list(held.iterdir()) == []

    def test_no_file_is_no_request(self, editing):
        assert editing.post("/api/import", data={"source": "x"}).status_code == 400

    @pytest.mark.parametrize("announced", [True, False])
    def test_too_much_is_refused_while_it_comes_in(self, editing, monkeypatch, announced):
        monkeypatch.setattr(importing, "MOST_BYTES", 1000)
        body = b"x" * 200_000
        boundary = {"Content-Type": "multipart/form-data; boundary=b"}
        whole = (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
            + body
            + b"\r\n--b--\r\n"
        )
        parts = whole if announced else (whole[at : at + 9000] for at in range(0, len(whole), 9000))
        answer = editing.post("/api/import", content=parts, headers=boundary)
        assert answer.status_code == 413
        assert "höchstens" in answer.json()["de"]

    def test_only_so_many_wait_and_none_for_ever(self, editing, monkeypatch, tmp_path):
        monkeypatch.setattr(staging, "MOST_FILES", 1)
        first = upload(editing)
        assert upload(editing).status_code == 503
        (waiting,) = (tmp_path / "store" / "staged").iterdir()
        long_ago = time.time() - staging.SECONDS_KEPT - 1
        os.utime(waiting, (long_ago, long_ago))
        assert upload(editing).status_code == 200
        assert editing.get(first.url.path, headers=PERSON).status_code == 404

    @pytest.mark.parametrize("stage", ["x", "..%2F..", "%2e%2e%2fsources", "a" * 24, "staged.json"])
    def test_what_does_not_wait_is_not_found(self, editing, stage):
        assert editing.get(f"/import/{stage}", headers=PERSON).status_code == 404


def test_the_setting_is_0_or_1() -> None:
    assert not read_settings({}).editing
    assert read_settings({"PLANWERK_EDITING": "1"}).editing
    assert not read_settings({"PLANWERK_EDITING": "0"}).editing
    with pytest.raises(BadRequest, match="möglich sind 0 und 1"):
        read_settings({"PLANWERK_EDITING": "ja"})


class TestOwnWorkbook:
    """The workbook that Planwerk wrote, edited and sent back on the page: it changes what was changed, and nothing else."""

    BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @pytest.fixture
    def book(self, editing: httpx.Client, tmp_path: Path) -> tuple[httpx.Client, Path]:
        """A store with three plans, and the workbook of it."""
        send(editing, upload(editing), "take")
        path = tmp_path / "bestand.xlsx"
        assert main(["--store", str(tmp_path / "store"), "export", str(path)]) == 0
        return editing, path

    def give(self, client: httpx.Client, path: Path) -> httpx.Response:
        form = {"token": token(client.get("/import", headers=PERSON))}
        files = {"file": (path.name, path.read_bytes(), self.BOOK)}
        return client.post("/import", data=form, files=files, headers=PERSON, follow_redirects=True)

    def test_a_changed_cell_comes_back_and_nothing_else(self, book):
        client, path = book
        edited(path, "Bäderplan", "Bäder- und Saunenplan")
        page = self.give(client, path)
        assert page.status_code == 200
        assert "Bäder- und Saunenplan" in page.text
        assert "Noch ist nichts gespeichert." in page.text
        done = send(client, page, "take")
        assert done.status_code == 200
        named = client.get("/plans", headers={"Accept": "application/json"}).text
        assert "Bäder- und Saunenplan" in named
        assert "Radverkehrskonzept" in named
        assert len(plans(client)) == 3

    def test_an_untouched_workbook_changes_nothing_and_says_so(self, book, tmp_path):
        client, path = book
        before = (tmp_path / "store" / "log.jsonl").read_text("utf-8")
        page = self.give(client, path)
        assert page.status_code == 200
        send(client, page, "take")
        assert (tmp_path / "store" / "log.jsonl").read_text("utf-8") == before

    def test_a_workbook_saved_by_libreoffice_is_taken_as_well(self, book, tmp_path):
        client, path = book
        office = shutil.which("soffice")
        if office is None:
            pytest.skip("LibreOffice is not installed; its way of saving is not tried here")
        edited(path, "Bäderplan", "Bäder- und Saunenplan")
        out = tmp_path / "office"
        subprocess.run(
            [office, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)],
            check=True, capture_output=True, timeout=300, env={**os.environ, "HOME": str(tmp_path)},
        )  # fmt: skip
        page = self.give(client, out / path.name)
        assert page.status_code == 200
        send(client, page, "take")
        assert "Bäder- und Saunenplan" in client.get("/plans", headers={"Accept": "application/json"}).text

    def test_what_somebody_else_changed_meanwhile_is_not_overwritten(self, book):
        client, path = book
        edited(path, "Bäderplan", "Bäder- und Saunenplan")
        page = self.give(client, path)
        other = path.with_name("anders.xlsx")
        shutil.copy(path, other)
        edited(other, "Bäder- und Saunenplan", "Schwimmstättenplan")
        send(client, self.give(client, other), "take")
        answer = send(client, page, "take")
        assert "Schwimmstättenplan" in client.get("/plans", headers={"Accept": "application/json"}).text
        assert answer.status_code == 422
        assert "das ginge verloren" in answer.text


def edited(path: Path, before: str, after: str) -> None:
    """Change a cell of a workbook wherever it stands, as somebody would in a spreadsheet."""
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == before]
    assert cells
    for cell in cells:
        cell.value = after
    book.save(path)
