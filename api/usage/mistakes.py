"""What is wrong with the words of a command, as a sentence in both languages: argparse itself says it in English only."""

from __future__ import annotations

import re
from difflib import get_close_matches

from ontology.text import Text

_SAYINGS = (
    (r"the following arguments are required: (.+)", "Es fehlt: {0}.", "Missing: {0}."),
    (
        r"one of the arguments (.+) is required",
        "Es fehlt eines von: {0}.",
        "One of these is missing: {0}.",
    ),
    (r"unrecognized arguments: (.+)", "Unbekannt oder zu viel: {0}.", "Unknown or too much: {0}."),
    (
        r"argument (\S+): invalid choice: '(.*)' \(choose from (.+)\)",
        "{0}: „{1}“ gibt es nicht{near}; möglich sind {2}.",
        "{0}: there is no “{1}”{near}; possible are {2}.",
    ),
    (
        r"argument (\S+): expected (?:one|at least one|\d+) arguments?",
        "{0}: dahinter fehlt eine Angabe.",
        "{0}: something is missing after it.",
    ),
    (
        r"argument (\S+): invalid \S+ value: '(.*)'",
        "{0}: „{1}“ ist keine ganze Zahl.",
        "{0}: “{1}” is no whole number.",
    ),
    (
        r"argument (\S+): not allowed with argument (\S+)",
        "{0} geht nicht zusammen mit {1}.",
        "{0} does not go together with {1}.",
    ),
    (
        r"ambiguous option: (\S+) could match (.+)",
        "{0} ist nicht eindeutig; gemeint sein kann {1}.",
        "{0} is not definite; it can mean {1}.",
    ),
    (
        r"argument (\S+): ignored explicit argument '(.*)'",
        "{0} nimmt keine Angabe; „{1}“ ist zu viel.",
        "{0} takes nothing; “{1}” is too much.",
    ),
)


def explained(message: str) -> Text:
    """Return what argparse found wrong, in words; what it says that is not known here stays as it is.

    >>> explained("argument --port: expected one argument").de
    '--port: dahinter fehlt eine Angabe.'
    >>> explained("argument BEFEHL: invalid choice: 'finding' (choose from 'find', 'findings')").en
    'BEFEHL: there is no “finding” (findings?); possible are find, findings.'
    """
    for pattern, de, en in _SAYINGS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            parts = [part.replace("'", "") for part in found.groups()]
            near = _near(parts)
            return Text(de.format(*parts, near=near), en.format(*parts, near=near))
    return Text(message, message)


def _near(parts: list[str]) -> str:
    """Return in brackets which of the possible words is probably meant; nothing where none is like it."""
    if parts[2:]:
        alike = get_close_matches(parts[1], parts[2].split(", "), n=1)
        return f" ({alike[0]}?)" if alike else ""
    return ""
