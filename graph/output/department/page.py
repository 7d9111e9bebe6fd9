"""The sheet for a department as one page without script or network: to print, or to fill on screen."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from graph.output.department import words
from graph.output.department.questions import DepartmentSheet
from ontology.text import Text


def sheet_html(sheet: DepartmentSheet, lang: str) -> str:
    """Return the page; the same sheet always gives the same text."""
    style = files("graph.output").joinpath("assets", "department.css").read_text("utf-8")
    templates = Environment(
        loader=PackageLoader("graph.output"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    texts = {name.lower(): text[lang] for name, text in vars(words).items() if isinstance(text, Text)}
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return templates.get_template("department.html").render(
        sheet=sheet,
        lang=lang,
        t=texts,
        style=Markup(style),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'; base-uri 'none'",
    )
