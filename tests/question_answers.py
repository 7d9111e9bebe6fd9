"""The whole answers to the questions on Aachen's data and the duties, as digests: what any change of a query or of the data changes.

After a change that is meant: ``python -m tests.question_answers`` writes the digests anew; the diff names the questions.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from api.jobs.asking import bindings_of
from api.settings import read_settings
from api.workspace import Workspace
from ontology.questions import load_questions

ANSWERS = Path(__file__).with_suffix(".json")
DATA = Path(__file__).parent.parent / "data"
DAY = "2026-01-01"
#: Its answer is the vocabulary itself, which tests of its own hold.
LEFT_OUT = frozenset({"q45-vocabulary"})


def digests(workspace: Workspace) -> dict[str, list[object]]:
    """Return the number of rows and the digest of all cells of each answer on a day."""
    found: dict[str, list[object]] = {}
    for name, question in load_questions().items():
        if name in LEFT_OUT or question.group == "across":
            continue
        given = {parameter.name: DAY for parameter in question.parameters if parameter.default == "today"}
        terms = bindings_of(question, given, workspace.settings.base)
        rows = workspace.host().query(question.text, bindings=terms).bindings()
        cells = sorted(
            json.dumps(
                {n: sorted(t.value.replace(";", ",").split(", ")) for n, t in row.items()}, sort_keys=True
            )
            for row in rows
        )
        found[name] = [len(rows), sha256("\n".join(cells).encode()).hexdigest()[:16]]
    return found


def filled(store: Path) -> Workspace:
    """Return a workspace with Aachen's tables and the duties."""
    workspace = Workspace(read_settings({}, store=str(store)))
    workspace.import_folder(DATA / "aachen")
    workspace.import_folder(DATA / "duties-nrw")
    return workspace


def main() -> None:
    """Write the digests anew."""
    with TemporaryDirectory() as folder, filled(Path(folder) / "store") as workspace:
        lines = [f"  {json.dumps(name)}: {json.dumps(held)}" for name, held in digests(workspace).items()]
    ANSWERS.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
