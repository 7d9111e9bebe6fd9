"""Give out: pictures, tables, workbooks and RDF."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.commands.asked import DONE, known_day, need_data
from api.tables.terminal import say
from api.wanted import wanted_day
from api.workspace import Workspace
from graph.errors import BadRequest, reason

WORKBOOK = ".xlsx"


def picture(workspace: Workspace, asked: Namespace) -> int:
    """Write the picture of the meeting as one file."""
    from graph.output.lenses.view import View
    from graph.output.takeaway.formats import write_picture

    need_data(workspace)
    out = Path(asked.out)
    if asked.walk:
        return _walk_picture(workspace, asked, out)
    view = View(
        lens=asked.lens or "",
        focus=asked.focus,
        to=asked.to,
        depth=asked.depth,
        kinds=tuple(asked.kind or ()),
        since=wanted_day(asked.since) if asked.since else None,
        as_of=wanted_day(asked.as_of),
        limit=asked.limit,
        aggregate=asked.aggregate or "",
    )
    drawn = workspace.drawing(view, known_on=known_day(asked))
    write_picture(drawn, out, workspace.settings.lang)
    _say_written(workspace, asked, out)
    return DONE


def _walk_picture(workspace: Workspace, asked: Namespace, out: Path) -> int:
    """Write a whole walk as one offline file."""
    from api.jobs import walking
    from graph.output.walks.wall import walk_html

    if out.suffix != ".html":
        raise BadRequest(
            f"{out.name}: einen Rundgang gibt es nur als .html.", f"{out.name}: a walk comes as .html only."
        )
    walk, day = walking.the_walk(workspace, asked.walk), wanted_day(asked.as_of) if asked.as_of else None
    text = walk_html(walking.show(workspace, walk, day), workspace.settings.lang)
    with placed(out) as new:
        new.write_text(text, "utf-8", newline="\n")
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
    """Write the whole store as a folder of tables, a workbook or one RDF file, by the suffix of the name."""
    from graph.output.rdf import FORMATS, write_rdf

    need_data(workspace)
    out = Path(asked.out)
    if out.suffix in FORMATS:
        with workspace.files.reading() as paths:
            write_rdf(paths, out)
    elif out.suffix == WORKBOOK:
        _export_workbook(workspace, out)
    elif out.suffix:
        choice = ", ".join((WORKBOOK, *FORMATS))
        raise BadRequest(
            f"{out.name}: die Endung {out.suffix} gibt es nicht; möglich sind {choice} oder ein Ordner.",
            f"{out.name}: there is no suffix {out.suffix}; possible are {choice} or a folder.",
        )
    else:
        _export_folder(workspace, out)
    if out.suffix not in FORMATS:
        _say_left_out(workspace, asked)
    _say_written(workspace, asked, out)
    return DONE


def _say_left_out(workspace: Workspace, asked: Namespace) -> None:
    """Say that decisions have no table, where there are any."""
    left = len(workspace.network().of_type("Decision"))
    text = {
        "de": f"{left} Entscheidungen haben keine Tabelle und fehlen hier; alles enthält planwerk export OUT.trig.",
        "en": f"{left} decisions have no table and are missing here; planwerk export OUT.trig holds everything.",
    }
    if left:
        say(text[workspace.settings.lang], quiet=asked.quiet)


def _export_folder(workspace: Workspace, out: Path) -> None:
    from graph.output.tables import table_files
    from graph.store.reading import read_statements

    out.mkdir(parents=True, exist_ok=True)
    for name, text in table_files(read_statements(workspace.files.paths()), workspace.settings.base).items():
        (out / name).write_text(text, "utf-8", newline="\n")


def _export_workbook(workspace: Workspace, out: Path) -> None:
    from graph.output.workbook.whole import write_workbook
    from graph.store.reading import read_statements

    settings = workspace.settings
    with placed(out) as new:
        write_workbook(
            read_statements(workspace.files.paths()),
            new,
            base=settings.base,
            snapshot=workspace.snapshot(),
            lang=settings.lang,
        )


@contextmanager
def placed(out: Path) -> Iterator[Path]:
    """Give a file to write beside ``out``; it takes its place only when it is whole.

    Raises BadRequest where the folder does not exist or cannot be written to.
    """
    new = out.with_name(f".{out.name}.new")
    try:
        yield new
        new.replace(out)
    except OSError as error:
        raise BadRequest(
            f"{out} lässt sich nicht schreiben ({reason(error).de}). Ist der Ordner da und die Datei geschlossen?",
            f"{out} cannot be written ({reason(error).en}). Is the folder there and the file closed?",
        ) from None
    finally:
        new.unlink(missing_ok=True)


def template(workspace: Workspace, asked: Namespace) -> int:
    """Write the empty workbook that a city starts from."""
    from graph.output.workbook.whole import write_template

    out = Path(asked.out)
    if out.suffix != WORKBOOK:
        raise BadRequest(
            f"{out.name}: die Vorlage ist eine Arbeitsmappe; bitte einen Namen mit {WORKBOOK} angeben.",
            f"{out.name}: the template is a workbook; please give a name with {WORKBOOK}.",
        )
    with placed(out) as new:
        write_template(new, workspace.settings.lang)
    _say_written(workspace, asked, out)
    return DONE


def sheet(workspace: Workspace, asked: Namespace) -> int:
    """Write the ten-minute sheet for one department, as a workbook that comes back or as a page to print."""
    from graph.output.department.page import sheet_html
    from graph.output.department.questions import department_sheet
    from graph.output.department.workbook import write_sheet

    need_data(workspace)
    out, settings = Path(asked.out), workspace.settings
    if out.suffix not in {WORKBOOK, ".html"}:
        raise BadRequest(
            f"{out.name}: den Bogen gibt es als {WORKBOOK} und als .html.",
            f"{out.name}: the sheet comes as {WORKBOOK} or .html.",
        )
    network = workspace.network()
    wanted = department_sheet(network, asked.department, wanted_day(asked.as_of))
    with placed(out) as new:
        if out.suffix == WORKBOOK:
            write_sheet(
                wanted, network, new, base=settings.base, snapshot=workspace.snapshot(), lang=settings.lang
            )
        else:
            new.write_text(sheet_html(wanted, settings.lang), "utf-8", newline="\n")
    _say_written(workspace, asked, out)
    return DONE
