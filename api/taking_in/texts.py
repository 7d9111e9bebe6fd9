"""Words of the import of spreadsheets, German and English, by key; part of the words of the surface."""

from __future__ import annotations

from collections.abc import Mapping

from ontology.text import Text

IMPORT_TEXTS: Mapping[str, Text] = {
    "change.new": Text("Neu: „{name}“ ({table}).", "New: “{name}” ({table})."),
    "change.gone": Text("Entfallen: „{name}“ ({table}).", "Gone: “{name}” ({table})."),
    "change.field": Text("„{name}“, {column}: {old} → {new}.", "“{name}”, {column}: {old} → {new}."),
    "change.filled": Text("„{name}“, {column}: neu {new}.", "“{name}”, {column}: now {new}."),
    "change.emptied": Text(
        "„{name}“, {column}: entfallen, bisher {old}.", "“{name}”, {column}: gone, was {old}."
    ),
}
