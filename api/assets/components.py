"""Takes from npm what the pages use: ``python -m api.assets.components``.

All packages are pinned in package-lock.json and lie in node_modules, never in the repository. Of the stylesheet of the
KERN design system (``@kern-ux/native``, EUPL-1.2) come the design tokens and the rules whose component classes occur in
the templates, in a cascade layer of their own, so that our stylesheet has the last word; of its fonts the styles that
the pages use. The editor of queries (CodeMirror, MIT) is bundled with our own part of it (see ``api/assets/bundling.py``).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from api.assets.bundling import EDITOR, bundle, read_pins, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "api" / "templates"
PACKAGE = ROOT / "node_modules" / "@kern-ux" / "native"
TAKEN = ROOT / "api" / "static" / "vendor"
STYLESHEET = "kern.css"
STAMP = ".made-from"
FOLDER = Path("dist", "fonts", "fira-sans")
#: The styles of Fira Sans that the pages use: file in the package, weight, slope.
FONTS = (
    ("FiraSans-Regular.woff2", 400, "normal"),
    ("FiraSans-Italic.woff2", 400, "italic"),
    ("FiraSans-SemiBold.woff2", 600, "normal"),
)
#: Names in the selectors that set the tokens of the ground, which no template has to name.
_GROUND = frozenset({"kern-light", "kern-dark", "kern-theme", "kern-level-"})
_CLASS = re.compile(r"\bkern-[a-z0-9_-]+")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ELSEWHERE = re.compile(r"(?:https?:)?//[^\s'\"()]+")
WITHOUT_NPM = (
    "Ohne npm: Die Seiten erscheinen mit dem eigenen Stylesheet statt mit KERN, und SPARQL schreibt man im schlichten Feld. / "
    "Without npm: the pages use our own stylesheet instead of KERN, and SPARQL is written in a plain field."
)
NOT_FETCHED = (
    "npm konnte nicht holen, was die Seiten schöner macht: Sie erscheinen mit dem eigenen Stylesheet, SPARQL schreibt man "
    "im schlichten Feld. / "
    "npm could not fetch what makes the pages nicer: they use our own stylesheet, SPARQL is written in a plain field."
)
NOT_BUNDLED = (
    "esbuild läuft auf diesem Rechner nicht: SPARQL schreibt man im schlichten Feld. / "
    "esbuild does not run on this machine: SPARQL is written in a plain field."
)


def classes_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the component classes that texts name.

    >>> sorted(classes_in(['<p class="side kern-alert kern-alert--info">']))
    ['kern-alert', 'kern-alert--info']
    """
    return frozenset(name for text in texts for name in _CLASS.findall(text))


def used_rules(stylesheet: str, used: frozenset[str]) -> Iterator[str]:
    """Yield the rules of a stylesheet that set tokens or style a component in use; what styles bare elements is left out.

    >>> list(used_rules(".kern-btn{a:b}.kern-card{c:d}body{e:f}@media print{.kern-btn{g:h}}", frozenset({"kern-btn"})))
    ['.kern-btn{a:b}', '@media print{.kern-btn{g:h}}']
    """
    for head, body in _blocks(_COMMENT.sub("", stylesheet)):
        if head.startswith("@media"):
            inner = "".join(used_rules(body, used))
            if inner:
                yield f"{head}{{{inner}}}"
        elif not head.startswith("@"):
            kept = [part.strip() for part in _selectors(head) if _is_used(part, used)]
            if kept:
                yield f"{','.join(kept)}{{{_tight(body)}}}"


def _is_used(selector: str, used: frozenset[str]) -> bool:
    named = _CLASS.findall(selector)
    return set(named) <= used | _GROUND if named else selector.strip() == ":root"


def _tight(body: str) -> str:
    return ";".join(line.strip() for line in body.strip().rstrip(";").split(";\n"))


def _selectors(head: str) -> Iterator[str]:
    """Yield the selectors of a list; commas within brackets part nothing."""
    depth, start = 0, 0
    for place, sign in enumerate(head):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield head[start:place]
            start = place + 1
    yield head[start:]


def _blocks(stylesheet: str) -> Iterator[tuple[str, str]]:
    """Yield head and body of every block on the outermost level."""
    depth, start, opened = 0, 0, 0
    for match in re.finditer(r"[{};]", stylesheet):
        sign, place = match[0], match.start()
        if sign == "{":
            opened = place if depth == 0 else opened
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield stylesheet[start:opened].strip(), stylesheet[opened + 1 : place]
                start = place + 1
        elif depth == 0:
            start = place + 1


def stylesheet_from(package: Path, used: frozenset[str]) -> str:
    """Return our cut of the package's stylesheet, with its fonts; raises ValueError where it names another host."""
    version = re.search(r'"version": "([\d.]+)"', (package / "package.json").read_text("utf-8"))
    rules = "\n".join(used_rules((package / "dist" / "kern.css").read_text("utf-8"), used))
    named = _ELSEWHERE.findall(rules.replace("http://www.w3.org/2000/svg", ""))
    if named:
        raise ValueError(f"{package.name}: {named[0]}")
    faces = "\n".join(
        f'@font-face{{font-family:"Fira Sans";src:url("{file}?v={_tag(package, file)}") format("woff2");'
        f"font-weight:{weight};font-style:{slope};font-display:swap}}"
        for file, weight, slope in FONTS
    )
    return (
        f"/* A cut of @kern-ux/native {version[1] if version else ''}: tokens and used components, in a layer; "
        f"EUPL-1.2, see LICENSE-kern.md. Fira Sans: OFL 1.1. */\n{faces}\n@layer kern{{\n{rules}\n}}\n"
    )


def _tag(package: Path, font: str) -> str:
    """Return the fingerprint under which a font is served for good, as every static file."""
    return sha256((package / FOLDER / font).read_bytes()).hexdigest()[:12]


def take(package: Path, target: Path, used: frozenset[str]) -> None:
    """Write the cut, its fonts and its licence into a folder that is emptied before."""
    sheet = stylesheet_from(package, used)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file, _, _ in FONTS:
        shutil.copyfile(package / FOLDER / file, target / file)
    shutil.copyfile(package / "LICENSE.md", target / "LICENSE-kern.md")
    (target / STYLESHEET).write_text(sheet, "utf-8")


def fingerprint() -> str:
    """Return a fingerprint of all that is made from npm's packages."""
    ours = [Path(__file__), *sources(ROOT), *sorted(TEMPLATES.glob("*.html"))]
    return sha256(b"\0".join(path.read_bytes() for path in [ROOT / "package-lock.json", *ours])).hexdigest()


def install(root: Path = ROOT) -> str | None:
    """Let npm put the pinned packages in place; return the sentence that says why it could not."""
    npm = shutil.which("npm")
    if npm is None:
        return WITHOUT_NPM
    command = [npm, "ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)  # noqa: S603 - no word from outside
    return NOT_FETCHED if done.returncode else None


def main() -> int:
    """Make all anew where what it is made from has changed; without npm say one sentence and change nothing."""
    stamp, wanted = TAKEN / STAMP, fingerprint()
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return 0
    trouble = None if _are_pinned_versions(PACKAGE) else install()
    if trouble:
        sys.stderr.write(f"{trouble}\n")
        return 0
    take(PACKAGE, TAKEN, classes_in(path.read_text("utf-8") for path in TEMPLATES.glob("*.html")))
    if not bundle(ROOT, TAKEN / EDITOR):
        sys.stderr.write(f"{NOT_BUNDLED}\n")
        return 0
    stamp.write_text(wanted, "utf-8")
    return 0


def _are_pinned_versions(package: Path) -> bool:
    """Tell whether node_modules holds what the lock file pins already."""
    held = package.parent.parent / ".package-lock.json"
    pinned = read_pins(ROOT / "package-lock.json")
    return held.exists() and pinned.items() <= read_pins(held).items()


if __name__ == "__main__":
    raise SystemExit(main())
