"""Measure: how well the product's own rankings do on labels that others gave."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from api.commands.asked import DONE
from api.tables.terminal import write_json
from api.workspace import Workspace


def bench(workspace: Workspace, asked: Namespace) -> int:  # noqa: ARG001 - what is measured is in the files named
    """Write the figures as JSON."""
    from api.jobs.bench import outcomes

    write_json(outcomes(Path(asked.programs), Path(asked.labels)))
    return DONE
