"""How fast ``planwerk --help`` is there, against a bare interpreter of the same environment that does nothing.

Both are started in turn as processes of their own, with their output thrown away; the first start of each, which may
still write byte code, does not count. Compared is the processor time; the time on the clock stands beside it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.measuring.figure import Figure, alternately

ROUNDS = 21
BAR = 4.0
_SLOWEST = 5


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Return the ratio of the medians first, then how many modules the help imports and which take longest."""
    bare, help_ = [sys.executable, "-c", "pass"], [*command(), "--help"]
    run(bare)
    run(help_)
    starts = (lambda: run(help_)), (lambda: run(bare))
    ours, theirs = alternately(rounds, *starts)
    our_clock, their_clock = alternately(rounds, *starts, clock=perf_counter)
    detail = (
        f"medians of {rounds} starts each: {ours * 1000:.1f} against {theirs * 1000:.1f} ms; on the clock "
        f"{our_clock * 1000:.1f} against {their_clock * 1000:.1f} ms ({our_clock / their_clock:.2f} ×)"
    )
    return [
        Figure("planwerk --help against python -c pass", ours / theirs, "× as long", BAR, "at most", detail),
        _imports(),
    ]


def command() -> list[str]:
    """Return the installed command, or the module where it is not installed."""
    script = Path(sys.executable).with_name("planwerk")
    return [str(script)] if script.exists() else [sys.executable, "-m", "api.cli"]


def run(words: list[str], *options: str) -> str:
    """Run a command to its end and return what it wrote on standard error."""
    done = subprocess.run(
        [*words, *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    return done.stderr


def _imports() -> Figure:
    """Return how many modules are imported beside those of a bare start, slowest first."""
    bare = set(_import_times("pass"))
    extra = {name: time for name, time in _import_times(_HELP).items() if name not in bare}
    slowest = sorted(extra, key=lambda name: -extra[name])[:_SLOWEST]
    listed = ", ".join(f"{name} {extra[name] / 1000:.1f} ms" for name in slowest)
    return Figure(
        "  modules imported for it", len(extra), "modules", detail=f"with all they import: {listed}"
    )


_HELP = "import api.cli\ntry:\n    api.cli.main(['--help'])\nexcept SystemExit:\n    pass\n"


def _import_times(program: str) -> dict[str, int]:
    """Return the microseconds that each module took, with all that it imports."""
    lines = run([sys.executable, "-X", "importtime", "-c", program]).splitlines()
    rows = [line.removeprefix("import time:").split("|") for line in lines if line.startswith("import time:")]
    return {row[2].strip(): int(row[1]) for row in rows if row[1].strip().isdigit()}
