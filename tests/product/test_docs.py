"""The documents stay true: the reference is what the program says, and the README's commands do what it shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli import parser
from api.reference import reference

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


def test_the_reference_is_what_the_program_says() -> None:
    assert (ROOT / "docs" / "reference.md").read_text("utf-8") == reference(), "run: python -m api.reference"


def console(document: str) -> list[tuple[str, str]]:
    """Return the (command, output) pairs of the console blocks of a document."""
    text = (ROOT / document).read_text("utf-8")
    pairs = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            pairs.append((command, output))
    return pairs


def test_the_readme_shows_what_its_commands_print(tmp_path: Path) -> None:
    pairs = console("README.md")
    assert len(pairs) >= 2
    environment = {**os.environ, "PLANWERK_STORE": str(tmp_path / "store"), "COLUMNS": "120"}
    for command, output in pairs:
        words = shlex.split(command)
        assert words[0] == "planwerk"
        done = subprocess.run(
            [sys.executable, "-m", "api.cli", *words[1:]],
            capture_output=True, text=True, check=True, cwd=ROOT, env=environment,
        )  # fmt: skip
        assert done.stdout == output, command


def planwerk_lines() -> list[tuple[str, str]]:
    """Return every ``planwerk …`` command in a shell block of a document."""
    found = []
    for path in DOCUMENTS:
        for block in re.findall(r"```sh\n(.*?)```", path.read_text("utf-8"), re.DOTALL):
            joined = re.sub(r"'[^']*'", lambda quoted: quoted[0].replace("\n", " "), block)
            lines = [line for line in joined.splitlines() if line.startswith("planwerk ")]
            found += [(path.name, line.partition(" #")[0].strip()) for line in lines]
    return found


@pytest.mark.parametrize(("document", "line"), planwerk_lines())
def test_every_command_in_a_document_is_one_that_the_program_takes(document: str, line: str) -> None:
    parser("en").parse_args(shlex.split(line, comments=True)[1:])


def test_every_link_between_documents_leads_somewhere() -> None:
    for path in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_make_has_the_targets_that_the_documents_name() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for path in DOCUMENTS:
        for target in re.findall(r"`make ([a-z-]+)`", path.read_text("utf-8")):
            assert target in targets, f"{path.name}: make {target}"


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
