"""The words of SPARQL and ready-made questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usage.cities import add_across
from api.usage.parser import add_command, add_format

if TYPE_CHECKING:
    from api.usage.parser import Commands, Words


def add_query(commands: Commands, say: Words) -> None:
    """Add ``planwerk query``."""
    command = add_command(commands, "query", say("SPARQL-Abfrage beantworten", "answer a SPARQL query"))
    given = command.add_mutually_exclusive_group(required=True)
    given.add_argument(
        "file", nargs="?", metavar="FILE.rq", help=say("Datei mit der Abfrage", "file with the query")
    )
    given.add_argument("-e", dest="text", metavar="QUERY", help=say("die Abfrage selbst", "the query itself"))
    add_format(command, say, "xml", "tsv", "ttl", "nt", "jsonld")
    add_across(command, say)


def add_ask(commands: Commands, say: Words) -> None:
    """Add ``planwerk ask``."""
    command = add_command(
        commands, "ask", say("eine fertige Frage beantworten", "answer a ready-made question")
    )
    command.add_argument("name", help=say("Name der Frage (planwerk questions)", "name (planwerk questions)"))
    command.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="k=v",
        help=say("Wert für einen Parameter", "value of a parameter"),
    )
    command.add_argument(
        "--format",
        choices=("table", "csv", "xlsx", "json"),
        help=say(
            "Tabelle für Menschen (üblich), oder die Dateien der Seite: CSV, Arbeitsmappe, JSON",
            "table for people (usual), or the files of the page: CSV, workbook, JSON",
        ),
    )
    command.add_argument(
        "--out",
        metavar="FILE",
        help=say(
            "in diese Datei schreiben; .csv, .xlsx und .json sagen die Form",
            "write to this file; .csv, .xlsx and .json say the form",
        ),
    )
    add_across(command, say)


def add_questions(commands: Commands, say: Words) -> None:
    """Add ``planwerk questions``."""
    command = add_command(
        commands, "questions", say("die fertigen Fragen auflisten", "list the ready-made questions")
    )
    add_format(command, say, "ttl", "jsonld")
    add_across(command, say)
    command.add_argument(
        "--site",
        metavar="URL",
        default="http://127.0.0.1:8000",
        help=say(
            "Adresse, deren /sparql die Fragen als RDF beantwortet (http://127.0.0.1:8000)",
            "address whose /sparql answers the questions in RDF (http://127.0.0.1:8000)",
        ),
    )
