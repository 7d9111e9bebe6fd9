"""Break workbooks and import them: each is accepted or refused in one clear sentence, and nothing is half stored.

``python -m tests.sheets.fuzz --mutants 2000`` prints a table; the exit status is 0 where every mutant kept the promises:
no traceback, the store unchanged unless accepted, time and memory within the limits.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import api.commands.taking_in  # noqa: F401 (loaded once, before the forks)
from api.cli import main as planwerk
from api.settings import read_settings
from api.workspace import Workspace
from tests.sheets.catalogue import WORKBOOKS, write
from tests.sheets.city import AACHEN
from tests.sheets.mutants import Mutant, mutant

UNCLEAR = re.compile(r"Traceback|object at 0x|\w+Error\b|\w+Exception\b|File \"")
BROKE_OFF = re.compile(r"brach ab|broke off")
BESIDE = {"lock"}


@dataclass(frozen=True)
class Limits:
    """What one import may take: seconds of the processor, which a busy machine does not lengthen."""

    seconds: float = 10.0
    megabytes: int = 512


@dataclass
class Outcome:
    """What became of one mutant."""

    seed: int
    how: str
    status: int
    said: str
    seconds: float
    megabytes: int
    broken: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Return the kind of refusal: its sentence without names and numbers, or that it was accepted."""
        if self.status == 0:
            return "accepted"
        sentence = re.sub(r"^[„“]?FILE[“”]?:? (?:\d+ \w+; [^.]*\.)?\s*", "", self.said)
        return re.sub(r"[„“].*?[“”]|\d[\d.,]*", "…", re.split(r"[:.,(](?:\s|$)", sentence)[0])[:70]


# one mutant


def fate(seed: int, broken: Mutant, base: Path, folder: Path, limits: Limits) -> Outcome:
    """Import one mutant into a copy of a store and see what became of it."""
    store = folder / "store"
    shutil.copytree(base, store)
    before = fingerprint(store)
    file = folder / broken.name
    file.write_bytes(broken.data)
    lang = "en" if seed % 3 == 0 else "de"
    words = [
        "--store",
        str(store),
        "--lang",
        lang,
        "--quiet",
        "import",
        str(file),
        "--report",
        str(folder / "R.json"),
    ]
    status, seconds, megabytes = _run(words, folder / "said.txt", 12 * limits.seconds)
    said = (folder / "said.txt").read_text("utf-8", "replace").strip().replace(broken.name, "FILE")
    outcome = Outcome(seed, broken.how, status, said, round(seconds, 2), megabytes)
    outcome.broken = list(_promises(outcome, fingerprint(store) != before, folder / "R.json", limits))
    return outcome


def fingerprint(store: Path) -> str:
    """Return what the store holds as one number."""
    seen = hashlib.sha256()
    for path in sorted(store.rglob("*")):
        if path.is_file() and path.name not in BESIDE:
            seen.update(str(path.relative_to(store)).encode() + path.read_bytes())
    return seen.hexdigest()


def _run(words: list[str], said: Path, patience: float) -> tuple[int, float, int]:
    """Run the command in a child of this process: status, processor seconds, megabytes of the largest process.

    One that is not done after ``patience`` seconds by the clock hangs, and is killed.
    """
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        _be_the_command(words, said)
    while True:
        done, ended, used = os.wait4(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() - begun > patience:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.005)
    return os.waitstatus_to_exitcode(ended), used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def _be_the_command(words: list[str], said: Path) -> None:
    """Become the command: own group, what it says into a file, never back into the program around it."""
    os.setpgid(0, 0)
    spoken = os.open(said, os.O_WRONLY | os.O_CREAT)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(spoken, 2)
    status = 70
    try:
        status = planwerk(words)
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    except BaseException:  # noqa: BLE001 (whatever gets out is what is looked for)
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)


def _promises(outcome: Outcome, changed: bool, report: Path, limits: Limits) -> Iterator[str]:
    """Yield each promise that was broken."""
    if outcome.status not in {0, 1}:
        yield f"status {outcome.status}"
    if outcome.status == 0 and not _told(report):
        yield "accepted without a report"
    if outcome.status != 0 and changed:
        yield "refused, and yet the store changed"
    if outcome.status != 0 and not outcome.said:
        yield "refused without a word"
    if UNCLEAR.search(outcome.said):
        yield "unclear words"
    if BROKE_OFF.search(outcome.said):
        yield "an error that nobody foresaw"
    if outcome.seconds > limits.seconds:
        yield f"{outcome.seconds} s"
    if outcome.megabytes > limits.megabytes:
        yield f"{outcome.megabytes} MB"


def _told(report: Path) -> bool:
    """Whether there is a report with rows."""
    try:
        told: dict[str, Any] = json.loads(report.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told.get("rows"), list)


# many mutants


def fates(seeds: Sequence[int], limits: Limits) -> Iterator[Outcome]:
    """Import many mutants one after the other; one in sixteen into a store that holds Aachen's plans."""
    with tempfile.TemporaryDirectory() as place:
        room = Path(place)
        originals = _originals(room / "originals")
        bases = _bases(room)
        for number, seed in enumerate(seeds, 1):
            if number % 50 == 0:
                sys.stderr.write(f"{number} / {len(seeds)}\n")
            with tempfile.TemporaryDirectory(dir=room) as folder:
                base = bases[1] if seed % 16 == 0 else bases[0]
                yield fate(seed, mutant(seed, originals), base, Path(folder), limits)


def fates_side_by_side(first: int, count: int, limits: Limits, jobs: int) -> Iterator[Outcome]:
    """Share the mutants out among programs that run at the same time."""
    share = -(-count // jobs)
    programs = []
    for begin in range(first, first + count, share):
        words = ["--first", str(begin), "--mutants", str(min(share, first + count - begin)), "--json"]
        words += ["--seconds", str(limits.seconds), "--megabytes", str(limits.megabytes)]
        program = [sys.executable, "-m", "tests.sheets.fuzz", *words]
        programs.append(subprocess.Popen(program, stdout=subprocess.PIPE, text=True))
    for running in programs:
        yield from (Outcome(**outcome) for outcome in json.loads(running.communicate()[0]))


def _originals(folder: Path) -> list[Path]:
    folder.mkdir()
    return sorted(write(name, folder)[0] for name in WORKBOOKS)


def _bases(room: Path) -> tuple[Path, Path]:
    """Make an empty store and one with Aachen's plans, in a process of their own: the forks shall hold no open store."""
    (room / "empty").mkdir()
    child = os.fork()
    if child == 0:
        with Workspace(read_settings({}, store=str(room / "aachen"))) as workspace:
            workspace.import_folder(AACHEN)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return room / "empty", room / "aachen"


def table(outcomes: list[Outcome], limits: Limits) -> str:
    """Return what became of the mutants, for people."""
    codes = Counter(outcome.code for outcome in outcomes)
    lines = [f"{count:6}  {code}" for code, count in codes.most_common()]
    lines.append(f"\n{len(outcomes):6}  mutants, limits {limits.seconds:g} s and {limits.megabytes} MB")
    for name, key in (("slowest", "seconds"), ("fattest", "megabytes")):
        worst = sorted(outcomes, key=lambda outcome: -getattr(outcome, key))[:3]
        lines += [f"{name}: {getattr(one, key):>8} {key}  seed {one.seed}  {one.how}" for one in worst]
    broken = [outcome for outcome in outcomes if outcome.broken]
    lines.append(f"\n{len(broken):6}  broke a promise")
    lines += [f"  seed {o.seed}: {'; '.join(o.broken)}  ({o.how})\n    {o.said[-300:]}" for o in broken]
    return "\n".join(lines) + "\n"


def main(words: Sequence[str] | None = None) -> int:
    """Break, import, and print the table, or everything as JSON."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mutants", type=int, default=2000)
    asked.add_argument("--first", type=int, default=1, help="the first seed")
    asked.add_argument("--seconds", type=float, default=Limits.seconds)
    asked.add_argument("--megabytes", type=int, default=Limits.megabytes)
    asked.add_argument("--jobs", type=int, default=1)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args(words)
    limits = Limits(given.seconds, given.megabytes)
    if given.jobs > 1:
        outcomes = list(fates_side_by_side(given.first, given.mutants, limits, given.jobs))
    else:
        outcomes = list(fates(range(given.first, given.first + given.mutants), limits))
    told = json.dumps([asdict(outcome) for outcome in outcomes]) if given.json else table(outcomes, limits)
    sys.stdout.write(told)
    return int(any(outcome.broken for outcome in outcomes))


if __name__ == "__main__":
    raise SystemExit(main())
