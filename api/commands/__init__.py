"""What each command does: ask the workspace, answer on stdout in the wanted form.

A command's module is imported only when the command runs.
"""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module

from api.settings import read_settings
from api.workspace import Workspace

MODULES = {
    "serve": "taking_in",
    "import": "taking_in",
    "corrections": "taking_in",
    "check": "taking_in",
    "overlaps": "finding",
    "gaps": "finding",
    "findings": "finding",
    "decide": "finding",
    "related": "suggesting",
    "similar-goals": "suggesting",
    "duties": "finding",
    "query": "asking",
    "ask": "asking",
    "questions": "asking",
    "picture": "giving_out",
    "walk": "walking",
    "walks": "walking",
    "export": "giving_out",
    "sheet": "giving_out",
    "template": "giving_out",
    "bench": "measuring",
    "index": "replicas",
    "replica": "replicas",
}


def run(asked: Namespace) -> int:
    """Run the command that was asked for and return its exit status."""
    editing = False if getattr(asked, "read_only", False) else getattr(asked, "editing", None)
    settings = read_settings(store=asked.store, lang=asked.lang, editing=editing, cities=asked.cities)
    if settings.cities or asked.city or asked.command == "cities" or getattr(asked, "across", False):
        from api.commands import cities

        if cities.is_about_many(settings, asked):
            return cities.run_many(settings, asked)
        settings = cities.of_one_city(settings, asked)
    module = import_module(f"api.commands.{MODULES[asked.command]}")
    command = getattr(module, "import_" if asked.command == "import" else asked.command.replace("-", "_"))
    with Workspace(settings) as workspace:
        return int(command(workspace, asked))
