"""The net stays where it was from one meeting to the next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from api.jobs.places import NAME
from graph.output.lenses.view import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from api.workspace import Workspace

    Tables = Callable[..., Path]

DAY = date(2026, 1, 1)
HEAD = "id,title_de,kind,lead_department,status,valid_from,valid_to,adopted_on,legal_basis,topics,areas,summary_de,source_url,source_date,series,participating,decision,adopted_by,target_groups,source_id,note"
ROW = "{0},{0},,,,,,,,,,,,,,,,,,s1,"


def plans(*names: str) -> str:
    return "\n".join([HEAD, *(ROW.format(name) for name in names)])


def places(workspace: Workspace, **more: object) -> dict[str, tuple[float, float]]:
    nodes = workspace.drawing(View(lens="net", as_of=DAY, **more))["nodes"]  # type: ignore[arg-type]
    return dict(zip(nodes["id"], zip(nodes["x"], nodes["y"], strict=True), strict=True))


def test_one_more_plan_moves_no_other(workspace: Workspace, tables: Tables) -> None:
    workspace.import_folder(tables(plans=plans("p-a", "p-b", "p-c")))
    before = places(workspace)
    workspace.import_folder(tables(plans=plans("p-a", "p-b", "p-c", "p-d")))
    after = places(workspace)
    assert after.keys() - before.keys() == {"p-d"}
    assert before.items() <= after.items()


def test_what_is_narrowed_stands_where_it_stood_in_the_whole(workspace: Workspace, tables: Tables) -> None:
    workspace.import_folder(tables(plans=plans("p-a", "p-b", "p-c")))
    whole = places(workspace)
    assert places(workspace, limit=2).items() <= whole.items()


def test_a_damaged_file_of_places_is_replaced(workspace: Workspace, tables: Tables) -> None:
    workspace.import_folder(tables(plans=plans("p-a", "p-b")))
    fresh = places(workspace)
    for damage in ("{", "[1, 2]", '{"p-a": 3}', '{"p-a": ["x", null]}'):
        workspace.files.put_beside(NAME, damage)
        assert places(workspace, limit=900 + len(damage)) == fresh
