"""Spreadsheets as they grew: upload, review, correct, and take in where the operator allows it."""

from __future__ import annotations

import json
import shlex
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from api.pages.exchange.import_view import Chosen, corrections_of, review_view
from api.pages.frame.call import Asked, Call, described, parameter, remember_language
from api.taking_in.known import names_of
from api.taking_in.staging import MOST_BYTES, SECONDS_KEPT, Staged, Staging
from api.web.negotiation import HTML, JSON
from api.web.origin import FIELD, check_origin, check_token, form_token, keep_cookie, read_form, sent_form
from graph.errors import BadRequest, NotAllowed
from graph.intake.sheets.corrections import settled_from_json
from graph.intake.sheets.review import Review

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

router = APIRouter(tags=["data"])

_FORM_BYTES = 2 * 2**20
_ROOM_FOR_FORM = 2**16
_SEE = 303
_MADE = 201
_NO_STORE = {"Cache-Control": "no-store", "Vary": "Accept, Cookie"}


async def _upload(request: Request) -> AsyncIterator[FormData]:
    check_origin(request)
    async with read_form(request, MOST_BYTES + _ROOM_FOR_FORM) as form:
        yield form


async def _document(request: Request) -> Any:
    """Return the JSON that a program sends; nothing where it sends nothing."""
    check_origin(request)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _FORM_BYTES:
            raise BadRequest("Das sind zu viele Korrekturen.", "These are too many corrections.")
    try:
        return json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"Das ist kein JSON ({error}).", f"This is not JSON ({error}).") from None


Upload = Annotated[FormData, Depends(_upload)]
Form = Annotated[FormData, Depends(sent_form(_FORM_BYTES))]
Sent = Annotated[Any, Depends(_document)]
SheetParam = Annotated[str, parameter("nur Zeilen dieses Blatts", "only rows of this sheet")]
ClassParam = Annotated[str, parameter("nur Zeilen dieser Art", "only rows of this class", alias="class")]
PageParam = Annotated[int, parameter("welche hundert Zeilen", "which hundred rows", ge=1)]

_KEPT = Lock()


def staging(call: Call) -> Staging:
    """Return the staged files of the workspace that is served."""
    state = call.request.app.state
    with _KEPT:
        if not hasattr(state, "staging"):
            state.staging = Staging(call.site.workspace)
    held: Staging = state.staging
    return held


def check_editing(call: Call) -> None:
    """Refuse to write where the operator has not allowed it; raises NotAllowed."""
    if not call.site.workspace.settings.editing:
        raise NotAllowed(
            "Hier wird nur geprüft. Übernehmen: planwerk import auf der Kommandozeile, oder die Betreiberin erlaubt es mit "
            "PLANWERK_EDITING=1.",
            "Here spreadsheets are only reviewed. To take one in use planwerk import on the command line, or let the operator "
            "allow it with PLANWERK_EDITING=1.",
        )


def _page(call: Call, template: str, view: Mapping[str, Any], status: int = 200) -> Response:
    cookie, token = form_token(call.request)
    more = {
        "token": token,
        "editing": call.site.workspace.settings.editing,
        "most": MOST_BYTES // 2**20,
        "hours": SECONDS_KEPT // 3600,
        "store": call.site.workspace.settings.store,
    }
    text = call.render(template, {**view, **more})
    page = Response(text, status, _NO_STORE, f"{HTML}; charset=utf-8")
    return remember_language(call.request, keep_cookie(page, cookie))


def _json(document: Mapping[str, Any], status: int = 200, **headers: str) -> Response:
    return JSONResponse(document, status, {**_NO_STORE, **headers})


@router.get(
    "/import", **described("Eigene Tabelle prüfen und übernehmen", "review and take in a spreadsheet")
)
def upload_page(call: Asked) -> Response:
    """Answer with the form to upload a spreadsheet."""
    if call.media() == JSON:
        return _json({"editing": call.site.workspace.settings.editing, "most_bytes": MOST_BYTES})
    return _page(call, "import.html", {})


@router.post("/import", **described("Eigene Tabelle hochladen", "upload a spreadsheet", HTML))
def upload(call: Asked, form: Upload) -> Response:
    """Stage the uploaded file and lead to its review."""
    check_token(call.request, str(form.get(FIELD, "")))
    return RedirectResponse(f"/import/{_staged(call, form).id}", _SEE)


def _staged(call: Call, form: FormData) -> Staged:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise BadRequest("Bitte eine Datei auswählen.", "Please choose a file.")
    content = file.file.read(MOST_BYTES + 1)
    return staging(call).stage(
        file.filename, content, str(form.get("source", "")), str(form.get("date", "")) or None
    )


@router.get("/import/{stage}", **described("Prüfung einer Tabelle", "review of a spreadsheet"))
def show(
    call: Asked, stage: str, sheet: SheetParam = "", kind: ClassParam = "", page: PageParam = 1
) -> Response:
    """Answer with what was found in a staged file, and with the form to correct it."""
    staged = staging(call).show(stage)
    if call.media() == JSON:
        return _json(staged.document())
    view = review_view(staged, Chosen(sheet, kind, page))
    return _page(call, "import_review.html", {**view, "named": _namer(call), "command": _command(staged)})


def _namer(call: Call) -> Callable[[str], str]:
    """Return the function that gives the name of a thing of the store; other words stay as they are."""
    if call.site.workspace.is_empty:
        return str
    network = call.network

    def named(text: str) -> str:
        node = network.iri(text)
        return " · ".join(list(names_of(network, node))[:2]) if node else text

    return named


def _command(staged: Staged) -> str:
    """Return the command that takes a staged file in with its corrections."""
    words = ["planwerk", "import", staged.file, "--source-id", staged.source]
    if staged.day:
        words += ["--date", staged.day]
    if not staged.settled.is_empty:
        words += ["--mapping", f"{staged.source}.corrections.json"]
    return shlex.join(words)


@router.post(
    "/import/{stage}/check", **described("Korrigieren und neu prüfen", "correct and review again", HTML)
)
def check(call: Asked, stage: str, form: Form) -> Response:
    """Apply the corrections of the form and lead back to the review."""
    place = staging(call)
    if form.get("over"):
        place.start_over(stage)
    else:
        given, back = corrections_of(form, Review.from_json(place.show(stage).report))
        place.correct(stage, given, back)
    return RedirectResponse(f"/import/{stage}", _SEE)


@router.post("/import/{stage}/take", **described("Tabelle übernehmen", "take a spreadsheet in", HTML))
def take(call: Asked, stage: str, _form: Form) -> Response:
    """Take a staged file into the store, where that is allowed, and lead to what changed."""
    check_editing(call)
    staging(call).take(stage)
    return RedirectResponse(f"/import/{stage}", _SEE)


@router.get(
    "/import/{stage}/corrections.json",
    **described("Korrekturen als Datei für --mapping", "corrections as a file for --mapping", JSON),
)
def corrections(call: Asked, stage: str) -> Response:
    """Answer with the corrections of a staged file, to be used on the command line."""
    staged = staging(call).show(stage)
    text = json.dumps(staged.settled.to_json(), ensure_ascii=False, indent=2) + "\n"
    name = f'attachment; filename="{staged.source}.corrections.json"'
    return Response(text, media_type=JSON, headers={**_NO_STORE, "Content-Disposition": name})


@router.post(
    "/api/import",
    **described(
        "Tabelle hochladen (multipart, Feld file)", "stage a spreadsheet (multipart, field file)", JSON
    ),
)
def stage_file(call: Asked, form: Upload) -> Response:
    """Stage a file and answer with its review."""
    staged = _staged(call, form)
    return _json(staged.document(), _MADE, Location=f"/api/import/{staged.id}")


@router.get(
    "/api/import/{stage}",
    **described("Prüfung einer Tabelle als JSON", "review of a spreadsheet as JSON", JSON),
)
def show_json(call: Asked, stage: str) -> Response:
    """Answer with the review of a staged file."""
    return _json(staging(call).show(stage).document())


@router.post(
    "/api/import/{stage}",
    **described(
        "mit Korrekturen (JSON wie --mapping) neu prüfen",
        "review again with corrections (JSON like --mapping)",
        JSON,
    ),
)
def correct_json(call: Asked, stage: str, sent: Sent) -> Response:
    """Apply corrections and answer with the new review."""
    return _json(staging(call).correct(stage, settled_from_json(sent, "JSON")).document())


@router.post("/api/import/{stage}/confirm", **described("Tabelle übernehmen", "take a spreadsheet in", JSON))
def confirm_json(call: Asked, stage: str, _sent: Sent) -> Response:
    """Take a staged file into the store, where that is allowed, and answer with what changed."""
    check_editing(call)
    return _json(staging(call).take(stage).document())
