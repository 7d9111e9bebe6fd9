"""Give out: pictures, tables and RDF."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from api.commands.asked import DONE, known_day, need_data
from api.terminal import say
from api.workspace import Workspace, wanted_day
from graph.errors import BadRequest

if TYPE_CHECKING:
    pass


def picture(workspace: Workspace, asked: Namespace) -> int:
    """Write the picture of the meeting as one file."""
    from graph.output.picture import write_picture

    need_data(workspace)
    out = Path(asked.out)
    drawn = workspace.drawing(
        wanted_day(asked.as_of),
        focus=asked.focus,
        depth=asked.depth,
        kinds=asked.kind or (),
        limit=asked.limit,
        known_on=known_day(asked),
    )
    write_picture(drawn, out, workspace.settings.lang)
    _say_written(workspace, asked, out)
    return DONE


def _say_written(workspace: Workspace, asked: Namespace, out: Path) -> None:
    size = (
        sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) if out.is_dir() else out.stat().st_size
    )
    lang = workspace.settings.lang
    say(
        {"de": f"{out} geschrieben ({size // 1024} KB).", "en": f"{out} written ({size // 1024} KB)."}[lang],
        quiet=asked.quiet,
    )


def export(workspace: Workspace, asked: Namespace) -> int:
    """Write the whole store as a folder of tables or as one RDF file, by the suffix of the name."""
    from graph.output.rdf import FORMATS, write_rdf
    from graph.output.tables import table_files
    from graph.store.reading import read_statements

    need_data(workspace)
    out = Path(asked.out)
    if out.suffix in FORMATS:
        write_rdf(workspace.files.paths(), out)
    elif out.suffix:
        raise BadRequest(
            f"{out.name}: die Endung {out.suffix} gibt es nicht; möglich sind {', '.join(FORMATS)} oder ein Ordner.",
            f"{out.name}: there is no suffix {out.suffix}; possible are {', '.join(FORMATS)} or a folder.",
        )
    else:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in table_files(
            read_statements(workspace.files.paths()), workspace.settings.base
        ).items():
            (out / name).write_text(text, "utf-8", newline="\n")
    _say_written(workspace, asked, out)
    return DONE
