"""What the forms of walks have in common: who may send them, what they carry, and the page they stand on."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from api.pages.frame.call import Call, remember_language
from api.pages.walking.view import tidy
from api.settings import Settings
from api.web.negotiation import HTML
from api.web.origin import form_token, keep_cookie, sent_form
from api.web.problems import problem_of
from graph.errors import BadRequest, NotAllowed, PlanwerkError, Text
from graph.output.walks.walk import LONGEST_TEXT, LONGEST_TITLE, checked_title

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORM_BYTES = 4 * 2**20
_SEE = 303
_NO_STORE = {"Cache-Control": "no-store", "Vary": "Accept, Cookie"}
MOST_TOP = 30


Form = Annotated[FormData, Depends(sent_form(_FORM_BYTES))]


def check_editing(call: Call) -> None:
    """Refuse to change walks where the operator has not allowed it; raises NotAllowed."""
    if not call.site.workspace.settings.editing:
        raise NotAllowed(
            "Rundgänge werden hier nur gelesen. Ändern: planwerk walk auf der Kommandozeile, oder die Betreiberin erlaubt "
            "es mit planwerk serve --editing.",
            "Walks are only read here. To change one use planwerk walk on the command line, or let the operator allow it with "
            "planwerk serve --editing.",
        )


def page(
    call: Call, template: str, view: Mapping[str, Any], problem: PlanwerkError | None = None
) -> Response:
    """Return a page with a form on it, and let the asker keep the cookie that goes with its token."""
    cookie, token = form_token(call.request)
    more = {
        "token": token,
        "longest_title": LONGEST_TITLE,
        "longest_text": LONGEST_TEXT,
        "most_top": MOST_TOP,
    }
    text = call.render(template, {"problem": problem, **view, **more})
    status = int(problem_of(problem).status) if problem else 200
    answer = Response(text, status, _NO_STORE, f"{HTML}; charset=utf-8")
    return remember_language(call.request, keep_cookie(answer, cookie, "/walks"))


def who(settings: Settings) -> str:
    """Return whom the change log names for a change on the page: the configured unit or role, else the page."""
    usual = next(field.default for field in fields(Settings) if field.name == "who")
    return settings.who if settings.who != usual else "Seite"


def title_of(german: str, english: str) -> Text:
    """Return a title as typed in both languages; the German one stands for both where it is alone."""
    said = checked_title(tidy(german))
    return Text(said, checked_title(tidy(english)) if english.strip() else said)


def top_of(text: str) -> int:
    """Return how many findings were asked for; BadRequest where it is no sensible number."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_TOP):
        raise BadRequest(
            f"Wie viele Hinweise? Möglich sind 1 bis {MOST_TOP}.",
            f"How many findings? 1 to {MOST_TOP} are possible.",
        )
    return int(text)


def back_to(call: Call, address: str, done: str, at: int | None = None) -> Response:
    """Lead to a page that says what was done, so that loading it again does nothing once more."""
    return RedirectResponse(call.link(address, done=done, at=at or None), _SEE)
