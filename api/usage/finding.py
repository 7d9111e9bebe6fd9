"""The words of findings, decisions, duties and similarity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usage.cities import add_across
from api.usage.parser import add_command, add_days, add_format, positive

if TYPE_CHECKING:
    from api.usage.parser import Commands, Words


def add_overlaps(commands: Commands, say: Words) -> None:
    """Add ``planwerk overlaps``."""
    command = add_command(
        commands, "overlaps", say("Überschneidungen zwischen Planwerken", "overlaps between plans")
    )
    command.add_argument(
        "--top", type=positive, metavar="N", help=say("höchstens N zeigen", "show at most N")
    )
    command.add_argument(
        "--band",
        choices=("stark", "mittel", "schwach", "alle"),
        help=say("Band (sonst stark und mittel)", "band (else stark and mittel)"),
    )
    command.add_argument("--plan", metavar="ID", help=say("nur dieses Planwerk", "only this plan"))
    add_days(command, say)
    add_format(command, say)


def add_gaps(commands: Commands, say: Words) -> None:
    """Add ``planwerk gaps``."""
    command = add_command(
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
        "--top", type=positive, metavar="N", help=say("höchstens N je Art", "at most N per kind")
    )
    add_days(command, say)
    add_format(command, say)


def add_findings(commands: Commands, say: Words) -> None:
    """Add ``planwerk findings``."""
    command = add_command(commands, "findings", say("Hinweise aller Regeln", "findings of all rules"))
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
    add_days(command, say)
    add_format(command, say)
    add_across(command, say)


def add_decide(commands: Commands, say: Words) -> None:
    """Add ``planwerk decide``."""
    command = add_command(commands, "decide", say("über einen Hinweis entscheiden", "decide on a finding"))
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
    add_format(command, say)


def add_related(commands: Commands, say: Words) -> None:
    """Add ``planwerk related``."""
    command = add_command(
        commands,
        "related",
        say("ähnliche Planwerke, als Vorschlag", "similar plans, as a suggestion"),
    )
    command.add_argument("plan", metavar="PLAN", help=say("Kennung des Planwerks", "id of the plan"))
    command.add_argument(
        "--top", type=positive, metavar="N", default=3, help=say("höchstens N (3)", "at most N (3)")
    )
    add_days(command, say)
    add_format(command, say)


def add_similar_goals(commands: Commands, say: Words) -> None:
    """Add ``planwerk similar-goals``."""
    command = add_command(
        commands,
        "similar-goals",
        say(
            "erfasste Ziele, die einem Text ähneln, als Vorschlag",
            "recorded goals like a text, as a suggestion",
        ),
    )
    command.add_argument("text", metavar="TEXT", help=say("Wortlaut eines Ziels", "wording of a goal"))
    command.add_argument(
        "--top", type=positive, metavar="N", default=3, help=say("höchstens N (3)", "at most N (3)")
    )
    add_across(command, say)
    add_format(command, say)


def add_duties(commands: Commands, say: Words) -> None:
    """Add ``planwerk duties``."""
    command = add_command(
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
    add_days(command, say)
    add_format(command, say)
    add_across(command, say)
