"""A workbook is read in a child that can do nothing else, and whatever happens there ends as a review or a refusal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from openpyxl import Workbook

from graph.errors import IntakeError, Text
from graph.intake.sheets import child
from graph.intake.sheets.child import ChildDefect, review_file
from graph.intake.sheets.known import Known, KnownThing
from graph.intake.sheets.limits import ImportLimits
from graph.intake.sheets.parts import add_part, parts_of
from graph.intake.sheets.review import Record, Review, RowClass, Where

LIMITS = ImportLimits()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    workbook = Workbook()
    for line in (["Titel", "Federführung"], ["Sozialplan", "FB 56"], ["Jugendplan", "FB 45"]):
        workbook.active.append(line)
    path = tmp_path / "Plan.xlsx"
    workbook.save(path)
    return path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Every child that a test starts; at the end none is left."""
    children: list[subprocess.Popen[bytes]] = []
    spawn = child._spawn

    def watched(order: BinaryIO, errors: BinaryIO) -> subprocess.Popen[bytes]:
        children.append(spawn(order, errors))
        return children[-1]

    monkeypatch.setattr(child, "_spawn", watched)
    yield children
    assert children
    assert all(process.returncode is not None for process in children)


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that puts other code in the place of the child."""

    def put(code: str) -> None:
        def spawn(order: BinaryIO, errors: BinaryIO) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-c", code]
            return subprocess.Popen(command, stdin=order, stdout=subprocess.PIPE, stderr=errors)

        monkeypatch.setattr(child, "_spawn", spawn)

    return put


def refusal(path: Path, limits: ImportLimits = LIMITS) -> str:
    with pytest.raises(IntakeError) as caught:
        review_file(path, Known(), limits=limits)
    assert f"“{path.name}”" in caught.value.text.en
    return caught.value.text.de


def test_a_workbook_comes_back_as_a_review(plan: Path, started: list[object]) -> None:
    review = review_file(plan, Known(), limits=LIMITS)
    assert isinstance(review, Review)
    assert review.source == "Plan.xlsx"
    assert [row.row for row in review.rows] == [1, 2, 3]


def test_what_reading_noticed_is_a_problem_of_the_review(tmp_path: Path) -> None:
    path = tmp_path / "Plan.csv"
    path.write_text('Titel;Amt\n"Sozialplan;FB 56\n', "utf-8")
    problem = review_file(path, Known(), limits=LIMITS).problems[0]
    assert (problem.severity, problem.code, problem.where.row) == ("error", "unbalanced-quotes", 2)


def test_what_is_known_goes_along(plan: Path) -> None:
    known = Known(units=(KnownThing("dep-fb56", ("Fachbereich Wohnen", "FB 56"), {"code": "FB 56"}),))
    assert review_file(plan, known, limits=LIMITS).source == "Plan.xlsx"


def test_progress_is_told_up_to_the_last_row(plan: Path) -> None:
    told: list[tuple[int, int]] = []
    review_file(plan, Known(), limits=LIMITS, watch=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]


def test_a_refusal_names_the_file(tmp_path: Path, started: list[object]) -> None:
    path = tmp_path / "alt.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert refusal(path).startswith(
        "„alt.xls“ ist eine alte Excel-Datei (.xls). Bitte in Excel als .xlsx speichern"
    )


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "fehlt.xlsx") == "„fehlt.xlsx“ ist keine Datei. Bitte den Pfad prüfen."
    os.mkfifo(tmp_path / "rohr.xlsx")
    assert refusal(tmp_path / "rohr.xlsx").startswith("„rohr.xlsx“ ist keine Datei.")


def test_a_file_larger_than_allowed_is_refused(plan: Path) -> None:
    assert refusal(plan, ImportLimits(file_bytes=100)).startswith("„Plan.xlsx“ ist größer als")


def test_a_file_that_takes_too_long_is_refused(plan: Path, started: list[object]) -> None:
    assert refusal(plan, ImportLimits(seconds=0.001)).startswith("„Plan.xlsx“ zu lesen dauert länger als")


def test_a_file_that_needs_too_much_memory_is_refused(plan: Path, started: list[object]) -> None:
    assert refusal(plan, ImportLimits(memory=2**20)).startswith("„Plan.xlsx“ zu lesen braucht mehr als 1 MB")


def test_a_review_larger_than_allowed_is_refused(plan: Path, started: list[object]) -> None:
    assert refusal(plan, ImportLimits(answer_bytes=100)).startswith(
        "„Plan.xlsx“ enthält mehr, als auf einmal"
    )


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.kill(os.getpid(), 11)",
        "import sys; sys.exit(3)",
        "raise SystemExit",
        "print('{\"size\": 5}')",
        "import os, time; os.close(1); time.sleep(60)",
    ],
)
def test_a_child_that_ends_without_an_answer_is_a_refusal(
    plan: Path, instead: Callable[[str], None], code: str
) -> None:
    instead(code)
    assert refusal(plan).startswith("„Plan.xlsx“ konnte nicht gelesen werden: Das Lesen brach ab.")


@pytest.mark.parametrize("code", ["import os; os.abort()", "import os; os._exit(12)"])
def test_a_child_whose_memory_ends_is_a_refusal(
    plan: Path, instead: Callable[[str], None], code: str
) -> None:
    instead(code)
    assert refusal(plan).startswith("„Plan.xlsx“ zu lesen braucht mehr als 512 MB Arbeitsspeicher.")


@pytest.mark.parametrize(
    "said",
    [
        "nonsense",
        "[]",
        '{"part": 5}',
        '{"done": true}',
        '{"refused": {}}',
        '{"own": 5}',
        '{"size": "x"}',
        '{"progress": 1}',
        "\\xff",
    ],
)
def test_a_child_that_talks_nonsense_is_a_refusal(
    plan: Path, instead: Callable[[str], None], said: str
) -> None:
    instead(f"import sys; sys.stdout.buffer.write(b'''{said}\\n''')")
    assert refusal(plan).startswith("„Plan.xlsx“ konnte nicht gelesen werden: Das Lesen brach ab.")


def test_a_defect_of_ours_is_a_refusal_that_keeps_its_trace(
    plan: Path, instead: Callable[[str], None]
) -> None:
    instead("""print('{"defect": "ZeroDivisionError"}')""")
    with pytest.raises(IntakeError) as caught:
        review_file(plan, Known(), limits=LIMITS)
    assert isinstance(caught.value.__cause__, ChildDefect)
    assert "ZeroDivisionError" in str(caught.value.__cause__)


def test_the_child_has_none_of_our_environment(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANWERK_SECRET", "geheim")
    given: list[dict[str, str]] = []
    popen = subprocess.Popen

    def looked_at(*command: object, env: dict[str, str], **more: object) -> subprocess.Popen[bytes]:
        given.append(env)
        return popen(*command, env=env, **more)

    monkeypatch.setattr(subprocess, "Popen", looked_at)
    review_file(plan, Known(), limits=LIMITS)
    assert [set(env) for env in given] == [{"PYTHONPATH", "LC_ALL", "MALLOC_ARENA_MAX"}]


_PROBE = """
import os, socket, sys
from graph import sandbox
ours, theirs = os.pipe()
if (pid := os.fork()) == 0:
    kept = sandbox.confine_child(os.getppid(), theirs)
    for attempt in (lambda: open("/etc/passwd"), lambda: open("/tmp/new", "w"), socket.socket, os.pipe):
        try:
            attempt()
            os.write(kept, b"open ")
        except OSError as error:
            os.write(kept, error.strerror.encode() + b". ")
    os._exit(0)
os.waitpid(pid, 0)
print(os.read(ours, 1000).decode())
"""


def test_once_it_looks_into_the_file_the_child_opens_no_file_and_no_socket() -> None:
    said = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True).stdout
    assert said == "Too many open files. " * 4 + "\n"


def test_a_review_in_parts_is_the_same_review() -> None:
    rows = [RowClass("Plan", row, "empty", Text("Leer.", "Empty.")) for row in range(2500)]
    records = [Record("plans", Where("Plan", row), {"title": f"Plan {row}"}) for row in range(1001)]
    review = Review("Plan.xlsx", rows=rows, aliases={"SEP": "Sozialplan"})
    review.records["plans"] = records
    parts = list(parts_of(review))
    assert [len(part.rows) for part in parts] == [0, 1000, 1000, 500, 0, 0]
    whole = Review("Plan.xlsx")
    for part in parts:
        add_part(whole, Review.from_json(part.to_json()))
    assert whole.to_json() == review.to_json()


def test_small_files_get_little_and_large_ones_what_the_operator_allows() -> None:
    assert LIMITS.for_size(500_000) == (9.0, 512 * 2**20)
    seconds, memory = LIMITS.for_size(20 * 2**20)
    assert 9 < seconds < LIMITS.seconds
    assert 512 * 2**20 < memory < LIMITS.memory
    assert LIMITS.for_size(10**12) == (LIMITS.seconds, LIMITS.memory)
    assert ImportLimits(seconds=1, memory=10).for_size(0) == (1, 10)
