"""The house keeps its shape: floors, sizes, names, and what must never be committed."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "graph", "ontology")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function's body without its docstring."""
    first = node.body[0]
    body = (
        node.body[1:] if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else node.body
    )
    return (node.end_lineno or 0) - (body[0].lineno if body else node.lineno) + 1


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def test_imports_run_downwards_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(cache_dir=None) == 0


def test_no_function_is_longer_than_50_lines_and_most_are_short() -> None:
    lengths = {name: length(node) for name, node in functions()}
    assert [name for name, lines in lengths.items() if lines > 50] == []
    assert median(lengths.values()) <= 8
    assert sorted(lengths.values())[int(len(lengths) * 0.9)] <= 24


def test_nothing_is_called_graph_but_the_package() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = (isinstance(node, ast.Name) and node.id) or (isinstance(node, ast.arg) and node.arg)
            assert named != "graph", f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_no_module_has_an_empty_name() -> None:
    empty = {"utils", "helpers", "manager", "service", "common", "misc"}
    assert [path for path in MODULES if path.stem in empty] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_says_what_it_is_for(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


# Written in two halves, so that this file itself names none of them.
MACHINE = re.compile(
    "|".join(
        f"{start}{end}"
        for start, end in (
            ("/wo", "rk/"),
            ("/ho", r"me/\w"),
            ("/ro", "ot/"),
            ("py", r"pi\.org"),
            ("python", "hosted"),
            ("registry", r"\.npmjs"),
            (r"deb\.deb", "ian"),
        )
    )
)


def test_nothing_committed_names_a_machine_or_a_registry() -> None:
    found = []
    for path in committed():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in MACHINE.finditer(text)]
    assert found == []


def test_no_page_or_script_of_ours_names_an_outside_host() -> None:
    """Addresses of sources are data; what pages load comes from here."""
    loads = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//(?!\{)""", re.IGNORECASE)
    for folder in ("api/templates", "api/static", "graph/output"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".html", ".js", ".css", ".svg"}:
                assert not loads.search(path.read_text("utf-8")), path


def test_no_third_party_code_is_committed() -> None:
    assert [path for path in committed() if ".min." in path.name or "node_modules" in path.parts] == []
    assert [
        path for path in committed() if path.suffix in {".js", ".css"} and path.stat().st_size > 60_000
    ] == []
