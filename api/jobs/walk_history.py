"""What happened to walks, read from the change log: each change with the walk before it, and walks that are gone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.output.walks.stored import SOURCE, read_walks
from graph.output.walks.versions import lines_about, version_of, walk_in
from ontology.terms import PW, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.workspace import Workspace
    from graph.errors import Text
    from graph.output.walks.walk import Walk
    from graph.store.files import Commit

#: So many changes of walks are looked back on.
MOST = 60
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a walk: when, by whom, why, how many steps it had before and after; ``state`` names the version before."""

    at: str
    who: str
    why: str
    state: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Gone:
    """A walk that was deleted: its name and title, when, and the state in which it still was."""

    name: str
    title: Text
    at: str
    state: str


def _texts(workspace: Workspace) -> Iterator[tuple[Commit, str, str]]:
    """Yield the last changes of the source of walks with its text before and after, newest first."""
    files, source = workspace.files, workspace.settings.base + SOURCE
    touched = (entry for entry in reversed(files.log()) if source in entry.sources)
    for entry, _ in zip(touched, range(MOST), strict=False):
        change = entry.sources[source]
        yield entry, files.text_before(source, change.previous), files.text_before(source, change.digest)


def changes(workspace: Workspace, name: str) -> list[Change]:
    """Return the last changes of a walk, newest first."""
    base, found = workspace.settings.base, []
    for entry, before, after in _texts(workspace):
        old, new = lines_about(before, name, base), lines_about(after, name, base)
        if old != new:
            state = version_of(old)
            found.append(Change(entry.at, entry.who, entry.why, state, _steps(old), _steps(new)))
        if len(found) == SHOWN:
            break
    return found


def _steps(lines: str) -> int | None:
    return lines.count(f"<{RDF.type}> <{PW.WalkStep}>") if lines else None


def earlier(workspace: Workspace, name: str, version: str) -> str | None:
    """Return the lines that a walk had in an earlier version, None where nobody knows it."""
    base = workspace.settings.base
    for _, before, after in _texts(workspace):
        for text in (after, before):
            lines = lines_about(text, name, base)
            if version_of(lines) == version:
                return lines
    return None


def former(workspace: Workspace, name: str, version: str) -> Walk:
    """Return a walk as it was in an earlier version; NotFound where nobody knows it."""
    walk = walk_in(earlier(workspace, name, version) or "", workspace.settings.base)
    if walk is None:
        raise NotFound(
            f"Diesen früheren Stand des Rundgangs „{name}“ kennt das Änderungsprotokoll nicht.",
            f"The change log does not know this earlier state of the walk “{name}”.",
        )
    return walk


def gone(workspace: Workspace) -> list[Gone]:
    """Return the walks that were deleted of late and are not there again, the last one first."""
    base = workspace.settings.base
    held = _names(workspace.files.text(base + SOURCE) or "", base)
    found: dict[str, Gone] = {}
    for entry, before, after in _texts(workspace):
        for name in sorted(_names(before, base) - _names(after, base) - held - found.keys()):
            lines = lines_about(before, name, base)
            title = read_walks(lines, base)[name].title
            found[name] = Gone(name, title, entry.at, version_of(lines))
    return list(found.values())


def _names(text: str, base: str) -> set[str]:
    kind = re.compile(
        f"^<{re.escape(base)}walk/([^/>]+)> <{re.escape(RDF.type)}> <{re.escape(PW.Walk)}>", re.MULTILINE
    )
    return set(kind.findall(text))
