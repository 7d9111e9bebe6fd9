"""Makes one file of the editor of queries: CodeMirror from node_modules and our own part of it in api/editor.

esbuild (a development dependency of package.json) joins and shortens them. Its licence texts go along in a file beside.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

EDITOR = "editor.js"
LICENCES = "LICENSE-editor.txt"
_FOLDER = Path("api", "editor")
_ESBUILD = Path("node_modules", "esbuild", "bin", "esbuild")
_OPTIONS = (
    "--bundle",
    "--minify",
    "--format=iife",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",
)
#: Our policy refuses the <style> element of this package; our module in its place makes a constructed sheet.
_INSTEAD = f"--alias:style-mod=./{_FOLDER}/sheets.js"


def sources(root: Path) -> list[Path]:
    """Return our own part of the editor, and this recipe."""
    return [Path(__file__), *sorted((root / _FOLDER).glob("*.js"))]


def read_pins(lock: Path) -> dict[str, str]:
    """Return the hash of every package that a lock file of npm names and that no platform may lack."""
    packages: Mapping[str, Mapping[str, str]] = json.loads(lock.read_text("utf-8"))["packages"]
    return {
        name: entry["integrity"]
        for name, entry in packages.items()
        if "integrity" in entry and not entry.get("optional")
    }


def bundle(root: Path, target: Path) -> bool:
    """Write the editor as one script, with the licences of what is in it; False where esbuild does not run here.

    Raises ValueError where a package says nothing of its licence.
    """
    node, record = shutil.which("node"), target.with_suffix(".json")
    if node is None:
        return False
    files = [str(_FOLDER / EDITOR), f"--outfile={target}", f"--metafile={record}"]
    command = [node, str(_ESBUILD), *files, *_OPTIONS, _INSTEAD, "--log-level=error"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)  # noqa: S603 - no word from outside
    if done.returncode:
        return False
    taken = packages_of(json.loads(record.read_text("utf-8"))["inputs"])
    target.with_name(LICENCES).write_text("\n".join(_licences(root, taken)), "utf-8")
    record.unlink()
    return True


def packages_of(inputs: Iterable[str]) -> list[str]:
    """Return the packages that files come from.

    >>> packages_of(["node_modules/@codemirror/view/dist/index.js", "node_modules/crelt/index.js", "api/editor/editor.js"])
    ['@codemirror/view', 'crelt']
    """
    parts = (path.rpartition("node_modules/")[2].split("/") for path in inputs if "node_modules/" in path)
    return sorted({"/".join(names[: 2 if names[0].startswith("@") else 1]) for names in parts})


def _licences(root: Path, packages: Iterable[str]) -> Iterator[str]:
    """Yield the name and the licence text of every package."""
    for name in packages:
        found = sorted((root / "node_modules" / name).glob("LICENSE*"))
        if not found:
            raise ValueError(f"{name}: LICENSE")
        yield f"{name}\n\n{found[0].read_text('utf-8')}"
