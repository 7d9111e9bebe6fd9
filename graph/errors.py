"""What a person can put right.

PlanwerkError
├── IntakeError        tables that cannot be taken in (carries every problem found)
├── StoreError         the folder of source files cannot be read or written
│   └── StoreUnreachable   the SPARQL server that holds the sources does not do its part
├── QueryError
│   ├── QueryRefused   the query asks for what is not served (update, SERVICE, FROM <file:>, too long)
│   ├── QueryInvalid   the query is not SPARQL; names line and column
│   ├── QueryStopped   the query ran past its time or memory
│   └── QueryBusy      too many queries are running; try again shortly
├── NotAllowed         the operator has not allowed it, or it was not asked from our own page
├── TooLarge           what was sent is larger than what is taken
├── Changed            somebody else has changed it in the meantime
├── Busy               too many are asking for the same at once; try again shortly
├── NotFound           an id that the graph does not hold
└── BadRequest         a parameter that cannot be understood

Every error says what is wrong, where, and what to do, in German and English.
Anything else that is raised is a defect of the program.
"""

from __future__ import annotations

import errno
import os

from ontology.text import Text

__all__ = [
    "BadRequest",
    "Busy",
    "Changed",
    "IntakeError",
    "NotAllowed",
    "NotFound",
    "PlanwerkError",
    "QueryError",
    "QueryInvalid",
    "QueryRefused",
    "QueryStopped",
    "StoreError",
    "StoreUnreachable",
    "Text",
    "TooLarge",
    "reason",
]

_REASONS = {
    errno.EACCES: Text("keine Berechtigung", "permission denied"),
    errno.EPERM: Text("keine Berechtigung", "permission denied"),
    errno.EROFS: Text("dort darf nur gelesen werden", "it can only be read there"),
    errno.ENOSPC: Text("kein Platz mehr auf dem Datenträger", "no space left on the disk"),
    errno.EDQUOT: Text("der zugeteilte Platz ist aufgebraucht", "the allotted space is used up"),
    errno.EFBIG: Text("die Datei würde zu groß", "the file would become too large"),
    errno.ENOENT: Text("das gibt es nicht", "it does not exist"),
    errno.EEXIST: Text("das gibt es schon und ist kein Ordner", "it exists already and is no folder"),
    errno.ENOTDIR: Text("das ist kein Ordner", "it is no folder"),
    errno.EISDIR: Text("das ist ein Ordner", "it is a folder"),
    errno.ENAMETOOLONG: Text("der Name ist zu lang", "the name is too long"),
    errno.ENOTEMPTY: Text("der Ordner ist nicht leer", "the folder is not empty"),
    errno.EMFILE: Text("zu viele Dateien sind offen", "too many files are open"),
    errno.EIO: Text("der Datenträger meldet einen Fehler", "the disk reports an error"),
    errno.ENOMEM: Text("der Arbeitsspeicher reicht nicht", "memory does not suffice"),
    errno.EADDRINUSE: Text(
        "dort antwortet schon ein anderes Programm", "another program answers there already"
    ),
    errno.EADDRNOTAVAIL: Text(
        "diese Adresse hat der Rechner nicht", "this machine does not have that address"
    ),
}


def reason(error: OSError) -> Text:
    """Return why the system refused something, in words.

    >>> reason(PermissionError(13, "Permission denied")).de
    'keine Berechtigung'
    """
    words = os.strerror(error.errno) if error.errno else str(error)
    return _REASONS.get(error.errno or 0) or Text(words, words)


class PlanwerkError(Exception):
    """A clear refusal: nothing was changed."""

    def __init__(self, de: str, en: str) -> None:
        super().__init__(de)
        self.text = Text(de, en)


class IntakeError(PlanwerkError):
    """What was brought cannot be taken in."""


class StoreError(PlanwerkError):
    """The folder of source files cannot be read or written."""


class StoreUnreachable(StoreError):
    """The SPARQL server that holds the sources is down, slow, lets nobody in, or is none."""


class QueryError(PlanwerkError):
    """A query that gets no answer; ``place`` is its line and column, from 1, where the text shows what is wrong."""

    def __init__(self, de: str, en: str, place: tuple[int, int] | None = None) -> None:
        super().__init__(de, en)
        self.place = place


class QueryRefused(QueryError):
    """The query asks for something that is not served here."""


class QueryInvalid(QueryError):
    """The text is not a SPARQL query."""


class QueryStopped(QueryError):
    """The query ran past its limit of time or memory."""


class QueryBusy(QueryError):
    """Every worker has other queries to answer."""


class NotAllowed(PlanwerkError):
    """The operator has not allowed it, or it was not asked from our own page."""


class TooLarge(PlanwerkError):
    """What was sent is larger than what is taken."""


class Changed(PlanwerkError):
    """Somebody else has changed it since it was looked at."""


class Busy(PlanwerkError):
    """Too many are asking for the same at once."""


class NotFound(PlanwerkError):
    """The graph holds nothing under this id."""


class BadRequest(PlanwerkError):
    """A parameter that cannot be understood."""
