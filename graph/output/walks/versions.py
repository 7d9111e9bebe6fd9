"""What the text of all walks says about one of them: its lines, a version made of them, and the walk itself."""

from __future__ import annotations

from hashlib import sha256

from graph.output.walks.stored import read_walks, walk_iri
from graph.output.walks.walk import Walk


def lines_about(text: str, name: str, base: str) -> str:
    """Return the lines of one walk and its steps; empty where the text does not hold it."""
    node = walk_iri(base, name)
    starts = (f"<{node}> ", f"<{node}/")
    return "".join(f"{line}\n" for line in text.split("\n") if line.startswith(starts))


def version_of(lines: str) -> str:
    """Return the version of a walk by its lines: the same for the same walk, empty where there is none."""
    return sha256(lines.encode()).hexdigest()[:16] if lines else ""


def walk_in(lines: str, base: str) -> Walk | None:
    """Return the walk that its lines tell, None where there are none."""
    return next(iter(read_walks(lines, base).values()), None)
