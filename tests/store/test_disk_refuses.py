"""What the disk refuses is said in one sentence, and what stands there stays whole and can be read."""

from __future__ import annotations

import errno
import json
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.output.rdf import FORMATS, rdf_bytes
from graph.store.files import FORMAT, SourceFiles
from graph.store.reading import read_statements

BASE = "https://example.org/id/"
A = BASE + "source/a"
ONE = "<x:a> <x:b> <x:c> .\n"
MANY = "".join(f"<x:a> <x:b> <x:{number}> .\n" for number in range(9000))


@contextmanager
def no_file_beyond(most: int) -> Iterator[None]:
    """Let the system refuse to write a file further than this, as it does where a disk is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def store(tmp_path: Path) -> SourceFiles:
    store = SourceFiles(tmp_path / "store", BASE)
    store.commit({A: ONE}, who="FB 56", why="Probe")
    return store


@pytest.fixture
def to_be_read(store: SourceFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every folder be one that is mounted to be read."""
    really = os.open

    def refusing(path: str, flags: int, mode: int = 0o777, **more: int) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return really(path, flags, mode, **more)

    monkeypatch.setattr(os, "open", refusing)


def test_a_full_disk_is_told_and_leaves_the_store_as_it_was(store: SourceFiles) -> None:
    before = store.snapshot()
    with no_file_beyond(100_000), pytest.raises(StoreError) as refused:
        store.commit({A: MANY, BASE + "source/b": ONE}, who="FB 56", why="zu viel")
    assert str(store.folder) in refused.value.text.de
    assert "free space" in refused.value.text.en
    assert store.snapshot() == before
    assert [path.name for path in (store.folder / "sources").iterdir()] == ["a.nt"]
    assert [commit.why for commit in store.log()] == ["Probe"]


@pytest.mark.usefixtures("to_be_read")
def test_a_folder_that_can_only_be_read_is_read(store: SourceFiles) -> None:
    assert list(store.paths()) == [A]
    store.put_beside("places.json", "{}")  # can be made again, so nobody has to know
    with pytest.raises(StoreError, match="Rechte prüfen"):
        store.commit({A: None}, who="FB 56", why="fort")
    assert store.text(A) == ONE


def test_readers_wait_for_nobody_after_a_broken_commit_was_finished(store: SourceFiles) -> None:
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(SourceFiles, "_finish", lambda _: None)
        store.commit({A: MANY}, who="FB 56", why="unterbrochen")
    with store.reading(), store.reading() as paths:
        assert paths[A].read_text().endswith(MANY)


def test_a_line_of_the_log_that_is_being_written_is_not_read_yet(store: SourceFiles) -> None:
    with (store.folder / "log.jsonl").open("a") as log:
        log.write('{"at": "2026-')
    assert [commit.why for commit in store.log()] == ["Probe"]


@pytest.mark.parametrize("said", ["", "[]", '{"format": 1', "\ufeff"])
def test_a_folder_whose_description_is_damaged_is_refused(store: SourceFiles, said: str) -> None:
    (store.folder / "planwerk.json").write_text(said)
    with pytest.raises(StoreError, match=r"planwerk\.json"):
        SourceFiles(store.folder, BASE)


@pytest.mark.parametrize("broken", [b"garbage\n", b"<x:a> <x:b> \xff .\n"])
def test_a_line_that_somebody_broke_is_named_and_an_import_heals_it(
    store: SourceFiles, broken: bytes
) -> None:
    with (store.folder / "sources" / "a.nt").open("ab") as file:
        file.write(broken)
    with pytest.raises(StoreError, match=r"a\.nt, Zeile 3: Das ist kein N-Triples"):
        list(read_statements(store.paths()))
    with pytest.raises(StoreError, match=r"a\.nt"):
        rdf_bytes(store.paths(), FORMATS[".trig"])
    store.commit({A: ONE}, who="FB 56", why="neu")
    assert len(list(read_statements(store.paths()))) == 1


def test_a_line_of_the_log_that_is_no_entry_is_shown(store: SourceFiles) -> None:
    (store.folder / "log.jsonl").write_text('{"at": 1}\n')
    with pytest.raises(StoreError, match=r"log\.jsonl: Die Zeile"):
        store.log()


def test_a_store_of_a_newer_version_says_so(store: SourceFiles) -> None:
    (store.folder / "planwerk.json").write_text(json.dumps({"format": FORMAT + 1, "base": BASE}))
    with pytest.raises(StoreError, match="neuere Fassung von Planwerk"):
        SourceFiles(store.folder, BASE)
