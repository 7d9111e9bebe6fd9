"""What all commands ask first: is there anything, and on which day."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from api.wanted import wanted_day
from api.workspace import Workspace
from graph.errors import NotFound

DONE, REFUSED = 0, 1


def need_data(workspace: Workspace) -> None:
    """Refuse to go on where the store is empty."""
    if workspace.is_empty:
        store = workspace.settings.store
        raise NotFound(
            f"Der Speicher {store} ist leer. Bitte zuerst: planwerk import data/aachen",
            f"The store {store} is empty. Please first: planwerk import data/aachen",
        )


def known_day(asked: Namespace) -> date | None:
    """Return the day whose knowledge counts; None where all does."""
    return wanted_day(asked.known) if asked.known else None
