"""Build an index on disk for replicas, and answer SPARQL from one."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from api.commands.asked import DONE, need_data
from api.tables.terminal import say, write_json
from api.workspace import Workspace

if TYPE_CHECKING:
    from api.settings import Settings
    from graph.store.disk.place import DiskIndex


def index(workspace: Workspace, asked: Namespace) -> int:
    """Build the index of the present state in a folder, beside what stands there, and let it count from now on."""
    from graph.store.disk.published import publish
    from graph.store.stock import OneStore

    need_data(workspace)
    built = publish(Path(asked.folder), OneStore(workspace.files))
    return tell_index(workspace.settings, asked, built)


def tell_index(settings: Settings, asked: Namespace, built: DiskIndex) -> int:
    """Say what was built."""
    if asked.format == "json":
        told = {"folder": str(built.folder), "snapshot": built.snapshot, "statements": built.statements}
        write_json({**told, "bytes": built.bytes, "built": built.built, "seconds": built.seconds})
        return DONE
    size = f"{built.bytes / 2**20:,.0f} MiB"
    said = {
        "de": f"Index von {built.statements:,} Aussagen, {size}, gebaut in {built.seconds} s: {built.folder}",
        "en": f"Index of {built.statements:,} statements, {size}, built in {built.seconds} s: {built.folder}",
    }
    say(said[settings.lang], quiet=asked.quiet)
    return DONE


def replica(workspace: Workspace, asked: Namespace) -> int:
    """Answer SPARQL from the index that counts in a folder, until interrupted."""
    from api.replica import Replica, run_replica

    lang, opened = workspace.settings.lang, Replica(workspace.settings, Path(asked.folder))

    def tell(address: str) -> None:
        number = f"{opened.index.statements:,}"
        said = {
            "de": f"Planwerk antwortet auf {address} aus {number} Aussagen vom {opened.index.built}  (Strg+C beendet)",
            "en": f"Planwerk answers at {address} from {number} statements of {opened.index.built}  (Ctrl+C stops)",
        }
        say(said[lang], quiet=asked.quiet)

    with opened:
        run_replica(opened, asked.host, asked.port, tell)
    return DONE
