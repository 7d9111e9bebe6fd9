"""The command ``planwerk``: parse the words, do the work, answer with an exit status.

0 done · 1 refused with a clear message and nothing changed · 2 wrong usage. Each command lives in ``api.commands`` and
is imported only when it runs: ``planwerk --help`` starts about as fast as Python itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from graph.errors import PlanwerkError

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


class Words:
    """Picks the German or the English of each pair."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, de: str, en: str) -> str:
        """Return the sentence in the language of this run."""
        return en if self.lang == "en" else de


class Parser(argparse.ArgumentParser):
    """A parser that says where help is."""

    def error(self, message: str) -> NoReturn:
        """Write what is wrong and leave with status 2."""
        self.print_usage(sys.stderr)
        sys.stderr.write(f"{self.prog}: {message}  (--help)\n")
        raise SystemExit(WRONG_USAGE)


def parser(lang: str = "de") -> Parser:
    """Return the parser of all commands, with help in ``lang``."""
    say = Words(lang)
    top = Parser(
        prog="planwerk",
        description=say(
            "Wissensgraph der Planungsinstrumente einer Stadt: Überschneidungen, Lücken, Fragen.",
            "Knowledge graph of a city's planning instruments: overlaps, gaps, questions.",
        ),
    )
    _add_globals(top, say)
    commands = top.add_subparsers(dest="command", metavar=say("BEFEHL", "COMMAND"), required=True)
    for add in (
        _add_serve,
        _add_import,
        _add_corrections,
        _add_check,
        _add_overlaps,
        _add_gaps,
        _add_duties,
        _add_findings,
        _add_decide,
        _add_related,
        _add_similar_goals,
        _add_query,
        _add_ask,
        _add_questions,
        _add_picture,
        _add_walk,
        _add_walks,
        _add_export,
        _add_sheet,
        _add_template,
        _add_bench,
    ):
        add(commands, say)
    return top


def _add_globals(top: Parser, say: Words) -> None:
    top.add_argument(
        "--store",
        metavar="PATH",
        help=say(
            "Ordner des Speichers (sonst PLANWERK_STORE oder .planwerk/)",
            "folder of the store (else PLANWERK_STORE or .planwerk/)",
        ),
    )
    top.add_argument(
        "--lang", choices=("de", "en"), help=say("Sprache der Ausgabe", "language of the output")
    )
    top.add_argument(
        "--quiet", action="store_true", help=say("nur Ergebnisse ausgeben", "write results only")
    )


def _command(commands: argparse._SubParsersAction[Parser], name: str, text: str) -> Parser:
    return commands.add_parser(name, help=text, description=text)


def _add_format(command: Parser, say: Words, *more: str) -> None:
    command.add_argument(
        "--format",
        choices=("table", "json", "csv", *more),
        default="table",
        help=say(
            "Tabelle für Menschen, JSON oder CSV für Programme", "table for people, JSON or CSV for programs"
        ),
    )


def _add_days(command: Parser, say: Words) -> None:
    command.add_argument(
        "--as-of",
        metavar="D",
        help=say(
            "Stichtag, zum Beispiel 2026-01-01 (sonst heute)", "the day, for instance 2026-01-01 (else today)"
        ),
    )
    command.add_argument(
        "--known",
        metavar="D",
        help=say("nur Quellen, die es an diesem Tag gab", "only sources that existed on this day"),
    )


def _add_serve(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands, "serve", say("Seiten, SPARQL und Graph im Browser", "pages, SPARQL and graph")
    )
    command.add_argument(
        "--host", default="127.0.0.1", help=say("Adresse (127.0.0.1)", "address (127.0.0.1)")
    )
    command.add_argument("--port", type=int, default=8000, help=say("Anschluss (8000)", "port (8000)"))
    command.add_argument(
        "--read-only",
        action="store_true",
        help=say("nichts annehmen (so ist es ohne --editing)", "accept nothing (the case without --editing)"),
    )
    command.add_argument(
        "--editing",
        action="store_true",
        default=None,
        help=say(
            "Übernehmen über die Seite /import erlauben (wie PLANWERK_EDITING=1)",
            "allow taking in by the page /import (like PLANWERK_EDITING=1)",
        ),
    )
    command.add_argument(
        "--load",
        metavar="DIR",
        action="append",
        default=[],
        help=say(
            "diesen Ordner laden, wenn der Speicher ihn noch nicht enthält (mehrfach möglich)",
            "load this folder where the store does not hold it yet (may be repeated)",
        ),
    )


def _add_import(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands,
        "import",
        say(
            "Tabellen übernehmen, ganz oder gar nicht: Ordner mit CSV-Tabellen, .xlsx, .ods, .csv, .tsv",
            "take in tables, all or nothing: folders of CSV tables, .xlsx, .ods, .csv, .tsv",
        ),
    )
    command.add_argument(
        "source",
        nargs="+",
        metavar="SOURCE",
        help=say("Ordner mit Tabellen oder eigene Tabelle", "folder of tables, or a spreadsheet as it grew"),
    )
    command.add_argument("--dry-run", action="store_true", help=say("nur prüfen", "only check"))
    command.add_argument("--report", metavar="FILE.json", help=say("Bericht als JSON", "report as JSON"))
    command.add_argument(
        "--mapping",
        metavar="FILE.json",
        help=say(
            "Korrekturen für eine eigene Tabelle: Spalten, andere Namen, Antworten (wird gemerkt)",
            "corrections for a spreadsheet: columns, other names, answers (will be remembered)",
        ),
    )
    command.add_argument(
        "--source-id",
        metavar="ID",
        help=say(
            "Kennung der Lieferung (sonst aus dem Namen von Ordner oder Datei)",
            "id of the delivery (else from the name of the folder or file)",
        ),
    )
    command.add_argument(
        "--date",
        metavar="D",
        help=say(
            "Stand der Lieferung (sonst aus delivery.json; bei eigenen Tabellen heute)",
            "date of the delivery (else from delivery.json; for spreadsheets today)",
        ),
    )
    _add_format(command, say)


def _add_corrections(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands,
        "corrections",
        say(
            "gemerkte Korrekturen einer eigenen Tabelle ausgeben (JSON)",
            "print the remembered corrections of a spreadsheet (JSON)",
        ),
    )
    command.add_argument("source", metavar="SOURCE", help=say("Kennung der Lieferung", "id of the delivery"))


def _add_check(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands, "check", say("Daten gegen die Regeln prüfen (SHACL)", "check data by the rules (SHACL)")
    )
    command.add_argument(
        "--all", action="store_true", help=say("auch Hinweise einzeln zeigen", "show hints one by one")
    )
    _add_format(command, say)


def _add_overlaps(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands, "overlaps", say("Überschneidungen zwischen Planwerken", "overlaps between plans")
    )
    command.add_argument(
        "--top", type=_positive, metavar="N", help=say("höchstens N zeigen", "show at most N")
    )
    command.add_argument(
        "--band",
        choices=("stark", "mittel", "schwach", "alle"),
        help=say("Band (sonst stark und mittel)", "band (else stark and mittel)"),
    )
    command.add_argument("--plan", metavar="ID", help=say("nur dieses Planwerk", "only this plan"))
    _add_days(command, say)
    _add_format(command, say)


def _add_gaps(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands,
        "gaps",
        say("Lücken in der Kette von Planwerk bis Instrument", "gaps in the chain from plan to instrument"),
    )
    command.add_argument(
        "--kind",
        metavar="K",
        action="append",
        help=say("Art der Lücke (mehrfach möglich)", "kind of gap (may be repeated)"),
    )
    command.add_argument(
        "--top", type=_positive, metavar="N", help=say("höchstens N je Art", "at most N per kind")
    )
    _add_days(command, say)
    _add_format(command, say)


def _add_findings(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(commands, "findings", say("Hinweise aller Regeln", "findings of all rules"))
    command.add_argument(
        "--rule",
        metavar="R",
        action="append",
        help=say("nur diese Regel (mehrfach möglich)", "only this rule"),
    )
    command.add_argument(
        "--state", metavar="S", help=say("nur Hinweise in diesem Stand", "only in this state")
    )
    command.add_argument(
        "--since",
        metavar="ID",
        help=say(
            "was seit diesem Stand des Speichers neu, fort oder anders ist",
            "what is new, gone or different since this state of the store",
        ),
    )
    _add_days(command, say)
    _add_format(command, say)


def _add_decide(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(commands, "decide", say("über einen Hinweis entscheiden", "decide on a finding"))
    command.add_argument("finding", metavar="FINDING", help=say("Kennung des Hinweises", "id of the finding"))
    command.add_argument("state", metavar="STATE", help="offen, bestätigt, gewollt, verworfen, erledigt")
    command.add_argument("--reason", metavar="TEXT", default="", help=say("Grund (nötig)", "reason (needed)"))
    command.add_argument(
        "--paper", metavar="P", default="", help=say("Vorlage oder Niederschrift", "paper or minutes")
    )
    command.add_argument(
        "--role",
        metavar="R",
        help=say(
            "wer entscheidet, als Rolle (sonst PLANWERK_WHO)", "who decides, as a role (else PLANWERK_WHO)"
        ),
    )
    _add_format(command, say)


def _add_related(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands,
        "related",
        say("ähnliche Planwerke, als Vorschlag", "similar plans, as a suggestion"),
    )
    command.add_argument("plan", metavar="PLAN", help=say("Kennung des Planwerks", "id of the plan"))
    command.add_argument(
        "--top", type=_positive, metavar="N", default=3, help=say("höchstens N (3)", "at most N (3)")
    )
    _add_days(command, say)
    _add_format(command, say)


def _add_similar_goals(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands,
        "similar-goals",
        say(
            "erfasste Ziele, die einem Text ähneln, als Vorschlag",
            "recorded goals like a text, as a suggestion",
        ),
    )
    command.add_argument("text", metavar="TEXT", help=say("Wortlaut eines Ziels", "wording of a goal"))
    command.add_argument(
        "--top", type=_positive, metavar="N", default=3, help=say("höchstens N (3)", "at most N (3)")
    )
    _add_format(command, say)


def _add_duties(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands, "duties", say("Planungspflichten nach Frist, mit Antwort", "planning duties by deadline")
    )
    command.add_argument(
        "--no-delegation",
        action="store_true",
        help=say("nach Rechtsstatus, ohne übertragene Aufgaben abzuziehen", "by legal status alone"),
    )
    command.add_argument(
        "--body",
        metavar="ID",
        help=say("Körperschaft (sonst die einzige)", "public body (else the only one)"),
    )
    _add_days(command, say)
    _add_format(command, say)


def _add_query(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(commands, "query", say("SPARQL-Abfrage beantworten", "answer a SPARQL query"))
    given = command.add_mutually_exclusive_group(required=True)
    given.add_argument(
        "file", nargs="?", metavar="FILE.rq", help=say("Datei mit der Abfrage", "file with the query")
    )
    given.add_argument("-e", dest="text", metavar="QUERY", help=say("die Abfrage selbst", "the query itself"))
    _add_format(command, say, "xml", "tsv", "ttl", "nt", "jsonld")


def _add_ask(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(commands, "ask", say("eine fertige Frage beantworten", "answer a ready-made question"))
    command.add_argument("name", help=say("Name der Frage (planwerk questions)", "name (planwerk questions)"))
    command.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="k=v",
        help=say("Wert für einen Parameter", "value of a parameter"),
    )
    _add_format(command, say)


def _add_questions(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands, "questions", say("die fertigen Fragen auflisten", "list the ready-made questions")
    )
    _add_format(command, say)


def _add_picture(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands,
        "picture",
        say("Bild für die Sitzung: eine Datei ohne Netz", "picture for the meeting: one file, no network"),
    )
    command.add_argument(
        "out",
        metavar="OUT.(html|svg|png|pdf|json|graphml|gexf|csv|xlsx)",
        help=say("Zieldatei", "file to write"),
    )
    command.add_argument(
        "--walk",
        metavar="NAME",
        help=say("dieser Rundgang, ganz (nur .html)", "this walk, whole (.html only)"),
    )
    command.add_argument(
        "--focus", metavar="ID", help=say("Umgebung dieses Dings", "surroundings of this thing")
    )
    command.add_argument(
        "--to",
        metavar="ID",
        help=say("wie --focus mit diesem Ding zusammenhängt", "how --focus hangs together with this"),
    )
    _add_lens(command, say)
    command.add_argument(
        "--depth", type=int, choices=(1, 2, 3), default=1, help=say("Schritte vom Fokus", "steps")
    )
    command.add_argument(
        "--kind",
        action="append",
        metavar="K",
        help=say("nur diese Arten, zum Beispiel Plan", "only these kinds, for instance Plan"),
    )
    command.add_argument(
        "--limit",
        type=_positive,
        metavar="N",
        default=200,
        help=say("höchstens N Knoten (200)", "at most N nodes (200)"),
    )
    _add_days(command, say)


def _add_walk(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands,
        "walk",
        say(
            "Rundgang für eine Sitzung vorbereiten, ändern und zeigen",
            "prepare, change and show the walk of a meeting",
        ),
    )
    command.add_argument(
        "name",
        metavar="NAME",
        help=say("Name, zum Beispiel steuerung-2026", "name, for instance steuerung-2026"),
    )
    command.add_argument(
        "--from-findings",
        action="store_true",
        help=say(
            "aus offenen Hinweisen machen; Anmerkungen bleiben", "make it from open findings; notes are kept"
        ),
    )
    command.add_argument(
        "--rule",
        metavar="R",
        action="append",
        help=say(
            "nur Hinweise dieser Regel (mehrfach möglich)", "only findings of this rule (may be repeated)"
        ),
    )
    command.add_argument(
        "--band", metavar="B", help=say("nur Hinweise dieses Bandes", "only findings of this band")
    )
    command.add_argument(
        "--top",
        type=_positive,
        metavar="N",
        default=8,
        help=say("höchstens N Hinweise (8)", "at most N findings (8)"),
    )
    _add_walk_changes(command, say)
    command.add_argument(
        "--as-of",
        metavar="D",
        help=say(
            "der Tag, den der Rundgang betrachtet (sonst immer heute)",
            "the day it looks at (else always today)",
        ),
    )
    _add_format(command, say)


def _add_walk_changes(command: Parser, say: Words) -> None:
    command.add_argument("--title", metavar="TEXT", help=say("Titel", "title"))
    command.add_argument(
        "--add",
        metavar="WHAT",
        action="append",
        default=[],
        help=say(
            "Schritt anfügen: Kennung eines Hinweises oder Adresse einer Ansicht (/graph?…)",
            "add a step: id of a finding, or address of a view (/graph?…)",
        ),
    )
    command.add_argument(
        "--remove", type=_positive, metavar="N", help=say("Schritt N streichen", "remove step N")
    )
    command.add_argument(
        "--move",
        type=_positive,
        nargs=2,
        metavar=("N", "M"),
        help=say("Schritt N an Stelle M setzen", "put step N at place M"),
    )
    command.add_argument(
        "--note",
        nargs=2,
        metavar=("N", "TEXT"),
        help=say("Anmerkung zu Schritt N (leer: löschen)", "note on step N (empty: remove it)"),
    )
    command.add_argument("--delete", action="store_true", help=say("den Rundgang löschen", "delete the walk"))


def _add_walks(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands, "walks", say("vorbereitete Rundgänge auflisten", "list the walks that are prepared")
    )
    _add_format(command, say)


def _add_lens(command: Parser, say: Words) -> None:
    """Let the lens be named, and what only some lenses take."""
    command.add_argument(
        "--lens",
        choices=("lanes", "ego", "ways", "shared", "net", "compare", "time", "areas"),
        help=say(
            "Ansicht (sonst Bahnen, mit --focus Umgebung)", "lens (else lanes, with --focus surroundings)"
        ),
    )
    command.add_argument(
        "--aggregate",
        choices=("department", "topic"),
        help=say("Bahnen zusammenfassen nach", "group lanes by"),
    )
    command.add_argument(
        "--since",
        metavar="D",
        help=say("mit diesem früheren Tag vergleichen", "compare with this earlier day"),
    )


def _add_export(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands,
        "export",
        say(
            "alles ausgeben: Arbeitsmappe, Ordner mit Tabellen oder RDF-Datei",
            "give everything back: workbook, folder of tables or RDF file",
        ),
    )
    command.add_argument("out", metavar="DIR|OUT.(xlsx|trig|ttl|nq|nt|jsonld)", help=say("Ziel", "where to"))


def _add_sheet(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands,
        "sheet",
        say(
            "Zehn-Minuten-Bogen für eine Dienststelle: was bekannt ist, was fehlt",
            "ten-minute sheet for one department: what is known, what is missing",
        ),
    )
    command.add_argument(
        "department",
        metavar="DEPARTMENT",
        help=say("Kennung, Kürzel („FB 56“) oder Name", "id, code (“FB 56”) or name"),
    )
    command.add_argument("out", metavar="OUT.(xlsx|html)", help=say("Zieldatei", "file to write"))
    command.add_argument("--as-of", metavar="D", help=say("Stichtag (sonst heute)", "the day (else today)"))


def _add_template(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    command = _command(
        commands,
        "template",
        say(
            "leere Arbeitsmappe für eine Stadt, die neu beginnt",
            "empty workbook for a city that starts from nothing",
        ),
    )
    command.add_argument("out", metavar="OUT.xlsx", help=say("Zieldatei", "file to write"))


def _add_bench(commands: argparse._SubParsersAction[Parser], say: Words) -> None:
    bench = _command(
        commands,
        "bench",
        say("Verfahren an fremden Angaben messen", "measure the methods on labels that others gave"),
    )
    kinds = bench.add_subparsers(dest="kind", metavar=say("WAS", "WHAT"), required=True)
    command = _command(
        kinds,
        "outcomes",
        say(
            "verwandte Planwerke: Rangfolge gegen bekannte Wirkungsziele halten (JSON)",
            "related plans: hold the ranking against known outcomes (JSON)",
        ),
    )
    command.add_argument(
        "programs",
        metavar="PROGRAMS.jsonl.gz",
        help=say("Verzeichnis, ein Programm je Zeile", "inventory, one programme per line"),
    )
    command.add_argument(
        "labels",
        metavar="LABELS.csv",
        help=say("Spalten program_id und outcome", "columns program_id, outcome"),
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} < 1")
    return number


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that ``words`` name and return its exit status."""
    given = sys.argv[1:] if words is None else list(words)
    asked = parser(_language(given)).parse_args(given)
    from api.commands import run
    from graph.errors import PlanwerkError

    try:
        return run(asked)
    except PlanwerkError as error:
        return _refuse(error, _language(given))
    except BrokenPipeError:  # the reader of our output has left, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return REFUSED


def _language(words: Sequence[str]) -> str:
    """Return the language the words ask for, before they are parsed: help itself comes in it."""
    for word, after in zip(words, [*words[1:], ""], strict=False):
        if word == "--lang":
            return after
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return os.environ.get("PLANWERK_LANG") or "de"


def _refuse(error: PlanwerkError, lang: str) -> int:
    from api.terminal import printable

    sys.stderr.write(printable(error.text[lang]) + "\n")
    for problem in getattr(error, "problems", ()):
        sys.stderr.write(printable(f"  {problem.message[lang]}") + "\n")
    return REFUSED


if __name__ == "__main__":
    raise SystemExit(main())
