"""The sentences for queries that get no answer: what happened, and what to do about it."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING, Any

from graph.errors import BadRequest, PlanwerkError, QueryBusy, QueryInvalid, QueryStopped
from graph.store.query.mistakes import explain_invalid
from graph.store.workers.frames import EXIT_MEMORY

if TYPE_CHECKING:
    from graph.store.query.answer import Limits
    from graph.store.workers.lane import WorkerEndedError

_ADVICE_DE = (
    "Was hilft: mit LIMIT weniger verlangen, einen langen Verbund in Teilabfragen (innere SELECT) teilen, "
    "MINUS statt FILTER NOT EXISTS schreiben, alle Muster über gemeinsame Variablen verbinden."
)
_ADVICE_EN = (
    "What helps: ask for less with LIMIT, split a long join into sub-selects, "
    "write MINUS instead of FILTER NOT EXISTS, connect all patterns by shared variables."
)
_NOT_SELECTED = re.compile(r"variable (\?\w+) in its SELECT projection")


def busy(limits: Limits) -> QueryBusy:
    """Say that all workers had other queries for as long as this one might wait."""
    return QueryBusy(
        f"Gerade laufen zu viele Abfragen; nach {in_german(limits.wait)} Sekunden war noch kein Platz frei. "
        "Bitte gleich noch einmal versuchen.",
        f"Too many queries are running; there was no place within {limits.wait:g} seconds. "
        "Please try again shortly.",
    )


def lost() -> QueryStopped:
    """Say that the host process went away under the query."""
    return QueryStopped(
        "Der Abfragedienst wurde während dieser Abfrage neu gestartet. Bitte noch einmal versuchen.",
        "The query service was restarted during this query. Please try again.",
    )


def taken_back() -> QueryStopped:
    """Say that whoever asked no longer waits; nobody is there to read it, save in a log."""
    return QueryStopped(
        "Die Abfrage wurde abgebrochen, denn niemand wartet mehr auf ihre Antwort.",
        "The query was cancelled, for nobody waits for its answer any more.",
    )


def ended(error: WorkerEndedError, limits: Limits) -> QueryStopped:
    """Tell from the death of the worker why the query was stopped."""
    if error.killed or error.ended in (-signal.SIGALRM, -signal.SIGXCPU):
        return _too_long(limits)
    if error.ended in (EXIT_MEMORY, -signal.SIGABRT, -signal.SIGKILL):
        return _too_much_memory(limits)
    if error.ended in (-signal.SIGSEGV, -signal.SIGBUS):
        return _too_deep()
    return QueryStopped(
        "Die Abfrage hat ihren Arbeitsprozess beendet, ohne dass eine Antwort kam; der Server läuft weiter. "
        + _ADVICE_DE,
        "The query ended its worker process without an answer; the server keeps running. " + _ADVICE_EN,
    )


def refused(head: dict[str, Any], text: str, limits: Limits) -> PlanwerkError:
    """Return the error for a reply without an answer; raise RuntimeError for a defect of ours."""
    if "invalid" in head:
        return explain_invalid(head["invalid"], text)
    if "failed" in head:
        return _failed(head["failed"])
    if "stopped" in head:
        return _too_large(limits)
    if "unfit" in head:
        return _unfit(head["unfit"])
    if "parameter" in head:
        return BadRequest(
            f"Ein Wert für diese Abfrage ist keine gültige Adresse und kein Literal: {head['parameter']}",
            f"A value for this query is no valid address or literal: {head['parameter']}",
        )
    raise RuntimeError(head["defect"])


def _too_long(limits: Limits) -> QueryStopped:
    return QueryStopped(
        f"Die Abfrage lief länger als {in_german(limits.seconds)} Sekunden und wurde angehalten. "
        + _ADVICE_DE,
        f"The query ran for more than {limits.seconds:g} seconds and was stopped. " + _ADVICE_EN,
    )


def _too_much_memory(limits: Limits) -> QueryStopped:
    size = _mebibytes(limits.memory)
    return QueryStopped(
        f"Die Abfrage brauchte mehr als {size} Arbeitsspeicher und wurde angehalten. " + _ADVICE_DE,
        f"The query needed more than {size} of memory and was stopped. " + _ADVICE_EN,
    )


def _too_deep() -> QueryStopped:
    return QueryStopped(
        "Die Abfrage ist zu tief geschachtelt oder zu lang verkettet und wurde angehalten. "
        "Was hilft: lange Ketten (1+1+…, a/b/…, sehr viele Muster) kürzen oder als VALUES schreiben.",
        "The query is nested too deeply or chained too long and was stopped. "
        "What helps: shorten long chains (1+1+…, a/b/…, very many patterns) or write them as VALUES.",
    )


def _too_large(limits: Limits) -> QueryStopped:
    size = _mebibytes(limits.bytes)
    return QueryStopped(
        f"Die Antwort ist größer als {size} und wurde angehalten. "
        "Was hilft: weniger Spalten, LIMIT, oder kürzere Texte (GROUP_CONCAT, CONCAT).",
        f"The answer is larger than {size} and was stopped. "
        "What helps: fewer columns, LIMIT, or shorter texts (GROUP_CONCAT, CONCAT).",
    )


def _failed(message: str) -> QueryInvalid:
    projection = _NOT_SELECTED.search(message)
    if projection:
        return QueryInvalid(
            f"Für {projection[1]} ist ein Wert vorgegeben, aber SELECT nennt diese Variable nicht.",
            f"A value is given for {projection[1]}, but SELECT does not name this variable.",
        )
    return QueryInvalid(
        f"Die Abfrage lässt sich nicht ausführen: {message}", f"The query cannot be evaluated: {message}"
    )


def _unfit(kind: str) -> BadRequest:
    if kind == "construct":
        return BadRequest(
            "CONSTRUCT und DESCRIBE antworten in Turtle, N-Triples, N-Quads, TriG, RDF/XML oder JSON-LD.",
            "CONSTRUCT and DESCRIBE answer in Turtle, N-Triples, N-Quads, TriG, RDF/XML or JSON-LD.",
        )
    return BadRequest(
        "SELECT und ASK antworten als Tabelle: JSON, XML, CSV oder TSV.",
        "SELECT and ASK answer as a table: JSON, XML, CSV or TSV.",
    )


def in_german(value: float) -> str:
    """Return a number as German writes it."""
    return f"{value:g}".replace(".", ",")


def _mebibytes(size: int) -> str:
    return f"{max(1, size // 2**20)} MiB"
