"""What an impatient person types: each mistake is one sentence in their language, never a traceback."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli import main
from api.jobs.walking import walks
from api.settings import read_settings
from api.web.serving import address_of, listening_at
from api.workspace import Workspace
from graph.errors import BadRequest, PlanwerkError

LANGS = ("de", "en")


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Return a function that runs a command on an empty store: status and last line on stderr."""
    monkeypatch.setenv("PLANWERK_STORE", str(tmp_path / "store"))

    def run(*words: str) -> tuple[int, str]:
        try:
            status = main(list(words))
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        return status, capsys.readouterr().err.splitlines()[-1]

    return run


@pytest.mark.parametrize(
    ("words", "de", "en"),
    [
        ("ask", "planwerk ask: Es fehlt: name.", "planwerk ask: Missing: name."),
        ("walks a b", "planwerk: Unbekannt oder zu viel: a b.", "planwerk: Unknown or too much: a b."),
        ("walk x --move 1", "--move: dahinter fehlt eine Angabe.", "--move: something is missing after it."),
        ("walk x --top x", "--top: „x“ ist keine ganze Zahl.", "--top: “x” is no whole number."),
        (
            "query f.rq -e ASK",
            "-e geht nicht zusammen mit FILE.rq.",
            "-e does not go together with FILE.rq.",
        ),
        ("findings --a", "--a ist nicht eindeutig", "--a is not definite"),
        ("walks --quiet=1", "„1“ ist zu viel", "“1” is too much"),
        ("walks --format x", "möglich sind table, json, csv.", "possible are table, json, csv."),
        ("query", "Es fehlt eines von: FILE.rq -e.", "One of these is missing: FILE.rq -e."),
        ("serve --port 65536", "65536: 0–65535", "65536: 0–65535"),
    ],
)
def test_wrong_words_are_explained_in_both_languages(said, words: str, de: str, en: str) -> None:
    for lang, sentence in zip(LANGS, (de, en), strict=True):
        status, line = said("--lang", lang, *words.split())
        assert (status, line.endswith("(--help)")) == (2, True)
        assert sentence in line


def test_a_command_that_is_nearly_right_is_recognised(said) -> None:
    assert "„finding“ gibt es nicht (findings?)" in said("--lang", "de", "finding")[1]


def test_a_language_that_there_is_not_is_refused_in_german(said, monkeypatch) -> None:
    monkeypatch.setenv("PLANWERK_LANG", "fr")
    assert said("walks") == (1, "PLANWERK_LANG ist 'fr'; möglich sind de und en.")


def test_a_file_where_a_folder_is_needed_is_named(said, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("")
    status, line = said("--lang", "en", "walks")
    assert (status, "is no folder" in line, "--store" in line) == (1, True, True)


def test_what_the_system_refuses_anywhere_is_one_sentence(said, monkeypatch) -> None:
    def refusing(_: object) -> int:
        raise PermissionError(13, "Permission denied", "/there")

    monkeypatch.setattr("api.commands.run", refusing)
    assert said("--lang", "de", "walks") == (
        1,
        "/there: keine Berechtigung. Bitte Namen, Rechte und freien Platz prüfen.",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUERY_SECONDS", "nan"),
        ("QUERY_SECONDS", "-1"),
        ("QUERY_WORKERS", "0"),
        ("QUERY_ROWS", "0"),
        ("INDEX_MEMORY_MB", "nan"),
        ("IMPORT_MEMORY_MB", "0"),
        ("BASE", "http://a b/"),
    ],
)
def test_a_setting_that_no_server_can_work_with_is_refused(name: str, value: str) -> None:
    with pytest.raises(BadRequest, match=f"PLANWERK_{name}"):
        read_settings({f"PLANWERK_{name}": value})


def test_a_free_port_is_told() -> None:
    with listening_at("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert port > 0
        assert address_of(listening, "127.0.0.1") == f"http://127.0.0.1:{port}"
        assert address_of(listening, "::1") == f"http://[::1]:{port}"


def test_an_address_where_nobody_can_listen_is_refused_before_anything_is_said_to_run() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for host, words in (
            ("127.0.0.1", "another program answers there already"),
            ("203.0.113.5", "this machine does not have that address"),
            ("bad..host", "--host bad..host: this machine knows no address"),
            ("", "this machine knows no address"),
        ):
            with pytest.raises(PlanwerkError) as refused, listening_at(host, port):
                pass
            assert words in refused.value.text.en


def test_a_closed_input_or_output_is_no_defect_and_no_file_takes_its_place(
    aachen: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(aachen.settings.store, tmp_path / "store")
    words = f"{sys.executable} -m api.cli --store {tmp_path / 'store'} walk probe --from-findings --top 1"
    assert (
        subprocess.run(
            ["/bin/sh", "-c", f"exec {words} <&- >&- 2>&-"], capture_output=True, check=True
        ).stderr
        == b""
    )
    with Workspace(read_settings({}, store=str(tmp_path / "store"))) as held:
        assert list(walks(held)) == ["probe"]
