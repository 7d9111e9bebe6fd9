"""Text files are the truth: a commit is there whole or not at all, and the log says what happened."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import StoreError
from graph.store.files import SourceFiles

BASE = "https://example.org/id/"
A, B = BASE + "source/a", BASE + "source/b"
ONE = "<x:a> <x:b> <x:c> .\n"
TWO = "<x:a> <x:b> <x:d> .\n"


def files(folder: Path) -> SourceFiles:
    return SourceFiles(folder, BASE)


def commit(store: SourceFiles, **texts: str | None) -> None:
    store.commit({BASE + "source/" + name: text for name, text in texts.items()}, who="FB 56", why="Probe")


def test_a_source_is_one_file_that_names_its_graph(tmp_path: Path) -> None:
    commit(files(tmp_path), a=ONE)
    assert (tmp_path / "sources" / "a.nt").read_text() == f"# <{A}>\n{ONE}"


def test_the_log_tells_who_when_why_and_what_was_before(tmp_path: Path) -> None:
    store = files(tmp_path)
    commit(store, a=ONE)
    commit(store, a=TWO, b=ONE)
    first, second = store.log()
    assert (second.who, second.why, second.previous) == ("FB 56", "Probe", first.id)
    assert (second.added, second.removed) == (2, 1)
    assert second.id == store.snapshot()


def test_an_earlier_state_of_a_source_is_kept(tmp_path: Path) -> None:
    store = files(tmp_path)
    commit(store, a=ONE)
    commit(store, a=TWO)
    previous = store.log()[-1].sources[A].previous
    assert (tmp_path / "history" / f"{previous}.nt").read_text().endswith(ONE)


def test_the_same_text_again_is_no_change(tmp_path: Path) -> None:
    store = files(tmp_path)
    commit(store, a=ONE)
    commit(store, a=ONE)
    assert len(store.log()) == 1


def test_a_text_may_come_line_by_line(tmp_path: Path) -> None:
    store = files(tmp_path)
    commit(store, a=ONE)
    changed = store.commit({A: iter([ONE, TWO])}, who="FB 56", why="Probe")
    assert (changed.added, changed.removed) == (1, 0)
    assert store.text(A) == ONE + TWO
    same = store.preview({A: iter([ONE, TWO]), B: iter([])}, who="FB 56", why="Probe")
    assert set(same.sources) == {B}


def test_a_source_can_be_removed(tmp_path: Path) -> None:
    store = files(tmp_path)
    commit(store, a=ONE, b=TWO)
    commit(store, a=None)
    assert list(store.paths()) == [B]


def test_a_preview_changes_nothing(tmp_path: Path) -> None:
    store = files(tmp_path / "store")
    preview = store.preview({A: ONE}, who="w", why="y")
    assert preview.added == 1
    assert not (tmp_path / "store").exists()


def test_a_hand_edited_file_is_another_snapshot(tmp_path: Path) -> None:
    store = files(tmp_path)
    commit(store, a=ONE)
    before, stamp = store.snapshot(), store.stamp()
    (tmp_path / "sources" / "a.nt").write_text(f"# <{A}>\n{ONE}{TWO}")
    assert store.snapshot() != before
    assert store.stamp() != stamp


def test_a_file_that_does_not_name_its_source_is_refused(tmp_path: Path) -> None:
    store = files(tmp_path)
    commit(store, a=ONE)
    (tmp_path / "sources" / "a.nt").write_text(ONE)
    with pytest.raises(StoreError, match="nennt in der ersten Zeile nicht ihre Quelle"):
        store.paths()


def test_a_store_of_another_base_is_refused(tmp_path: Path) -> None:
    commit(files(tmp_path), a=ONE)
    with pytest.raises(StoreError, match="gehört zu Basis"):
        SourceFiles(tmp_path, "https://other.example/id/")


@pytest.mark.parametrize("name", ["x/y", "ä ö", "..", "a" * 300, "a%2Fb"])
def test_any_source_id_is_a_file_within_the_folder(tmp_path: Path, name: str) -> None:
    store = files(tmp_path)
    commit(store, **{name: ONE})
    assert list(store.paths()) == [BASE + "source/" + name]
    assert store.text(BASE + "source/" + name) == ONE
    assert [path.parent for path in tmp_path.rglob("*.nt")] == [tmp_path / "sources"]


def test_a_journal_left_by_a_crash_is_finished(tmp_path: Path) -> None:
    store = files(tmp_path)
    commit(store, a=ONE)
    entry = store._entry(store._changes({A: TWO, B: ONE}, stage=True), "w", "y")
    store._write_journal(entry, {A: False, B: False})
    again = files(tmp_path)
    assert (again.text(A), again.text(B)) == (ONE, None)
    assert set(again.paths()) == {A, B}
    assert (again.text(A), again.text(B)) == (TWO, ONE)
    assert [c.id for c in again.log()] == [store.log()[0].id, again.snapshot()]


def test_unfinished_files_without_a_journal_are_thrown_away(tmp_path: Path) -> None:
    store = files(tmp_path)
    commit(store, a=ONE)
    store._changes({A: TWO}, stage=True)
    again = files(tmp_path)
    assert again.text(A) == ONE
    commit(again, b=TWO)
    assert not list(tmp_path.rglob("*.new"))


def test_half_a_line_in_the_log_does_no_harm(tmp_path: Path) -> None:
    store = files(tmp_path)
    commit(store, a=ONE)
    with (tmp_path / "log.jsonl").open("a") as log:
        log.write('{"at": "20')
    entry = store._entry(store._changes({A: TWO}, stage=True), "w", "y")
    store._write_journal(entry, {A: False})
    store.paths()
    assert [c.id for c in store.log()][-1] == store.snapshot()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from("abc"), st.sampled_from([None, ONE, TWO, ONE + TWO]), min_size=1),
        max_size=6,
    )
)
def test_the_folder_holds_what_the_last_commits_said(
    tmp_path_factory: pytest.TempPathFactory, said: list[dict[str, str | None]]
) -> None:
    store = files(tmp_path_factory.mktemp("said"))
    expected: dict[str, str] = {}
    for texts in said:
        commit(store, **texts)
        expected = {k: v for k, v in {**expected, **texts}.items() if v is not None}
    assert {iri.removeprefix(BASE + "source/"): store.text(iri) for iri in store.paths()} == expected
    ids = [entry.id for entry in store.log()]
    assert [entry.previous for entry in store.log()][1:] == ids[:-1]


_WRITER = """
import sys
from pathlib import Path
from graph.store.files import SourceFiles
base = sys.argv[2]
store = SourceFiles(Path(sys.argv[1]), base)
for round in range(10_000):
    text = "".join(f'<x:{n}> <x:round> "{round}" .\\n' for n in range(200))
    store.commit({f"{base}source/{n}": text for n in range(8)}, who="w", why=str(round))
    print(round, flush=True)
"""


def kill_while_writing(folder: Path, seconds: float) -> None:
    """Kill a process that commits without pause, some time after its first commit."""
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), BASE],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("seconds", [0.011, 0.023, 0.037, 0.052, 0.078])
def test_a_killed_writer_leaves_one_whole_commit(tmp_path: Path, seconds: float) -> None:
    kill_while_writing(tmp_path, seconds)
    store = files(tmp_path)
    texts = {store.text(source) for source in store.paths()}
    assert len(texts) == 1, "all sources come from the same commit"
    last = store.log()[-1]
    assert last.id == store.snapshot()
    assert f'"{last.why}"' in texts.pop()
    for line in (tmp_path / "log.jsonl").read_text().splitlines():
        json.loads(line)
