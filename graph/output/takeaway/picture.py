"""The picture as people take it away: one offline file, or the same part inside a served page.

The file names no outside host, runs only the scripts whose hashes it declares, and holds all data as a table and, packed,
as JSON; a title is never markup. Drawn by the vis-network that ships with pyvis, from our own template.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from graph.errors import Text
from graph.output.drawing.area_table import areas_of
from graph.output.drawing.bars import bars_of
from graph.output.drawing.network_json import table_rows
from graph.output.drawing.shares import shares_of
from graph.output.drawing.texts import SHAPES, TEXTS
from graph.output.takeaway.packed import pack, policy_for, unpacking
from graph.output.walks.slim import slim

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.output.drawing.document import Document, Words
    from graph.output.drawing.network_json import Row

LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
DASHES = ("", "7 4", "1.5 4")
#: What vis-network is told: positions are given, nothing moves by itself, keys and labels are ours.
OPTIONS: Mapping[str, Any] = {
    "autoResize": False,
    "physics": False,
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "keyboard": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 10_000_000,
    },
}
#: What could end a script element or start another, as JSON escapes that mean the same.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def graph_assets() -> Mapping[str, bytes]:
    """Return the files a page needs beside the fragment, by name: the library, our script and our sheet."""
    return {
        "vis-network.js": library().encode(),
        "graph.js": asset("graph.js").encode(),
        "graph.css": asset("graph.css").encode(),
        "walk.js": asset("walk.js").encode(),
        "walk.css": asset("walk.css").encode(),
    }


def graph_fragment(
    document: Document,
    lang: str = "de",
    *,
    rows: Sequence[Row] = (),
    state: str = "query",
    focus_link: str = "/graph?focus={id}",
    page_link: str = "/id/{id}",
    section: str = "pw",
    bare: bool = False,
    packed: bool = False,
) -> Markup:
    """Return the picture as a part of a page: search, legend, stage, panel, table twin and data.

    ``state`` says where selection and filters are kept: in the address's ``query``, or behind its ``hash``.
    ``rows`` are shown in the table before any script runs. ``section`` begins the ids of the elements, so that a page can
    hold several pictures. A ``bare`` picture is for the wall: without search, legend and panel, in large type, started when
    it is first shown; what several have in common (``common_words``) stands once in the page. In a file the data are
    ``packed``, and ``rows`` say each link once.
    """
    template = templates().get_template("graph_fragment.html")
    texts = _texts(document)
    data = script_json(slim(document) if bare else {**document, "options": dict(OPTIONS)})
    return Markup(  # noqa: S704 - rendered with autoescape
        template.render(
            lang=lang,
            texts=texts,
            kinds=_kinds(document),
            styles=[{"index": place, "dash": dash} for place, dash in enumerate(DASHES)],
            rows=rows,
            bars=bars_of(document),
            shares=shares_of(document),
            areas=areas_of(document, lang),
            state=state,
            focus_link=focus_link,
            page_link=page_link,
            section=section,
            bare=bare,
            caption=_caption(document),
            headed=document["lens"] in {"lanes", "compare"},
            packed=packed,
            data=pack(data) if packed else data,
            words=script_json(
                {"texts": {}} if bare else {"texts": _plain(texts), "shapes": _shapes(document)}
            ),
        )
    )


def _caption(document: Document) -> Words:
    """Return the sentence below a picture on the wall: what its lens tells, else what is shown and what is not."""
    return document["said"][0] if document["said"] else document["limits"]["reason"]


def common_words(documents: Sequence[Document]) -> Markup:
    """Return what several bare pictures of a page have in common, as JSON: texts, outlines and options."""
    texts = {name: text for document in documents for name, text in _texts(document).items()}
    own = dict.fromkeys(("title", "reason", "day"))
    shapes = {name: path for document in documents for name, path in _shapes(document).items()}
    shared = {"options": dict(OPTIONS), "modalities": documents[0]["modalities"] if documents else []}
    kept = {name: text for name, text in texts.items() if name not in own}
    return script_json({"texts": _plain(kept), "shapes": shapes, "document": shared})


def picture_html(document: Document, lang: str = "de") -> str:
    """Return the offline file: everything in one page, the same text for the same document.

    pyvis is imported here and not before: it brings a whole notebook along.
    """
    from graph.output.takeaway.pyvis_network import PlanwerkNetwork  # noqa: PLC0415

    return PlanwerkNetwork(document, lang).generate_html()


def page(document: Document, lang: str) -> str:
    """Return the whole offline page of a document."""
    style, scripts = asset("graph.css"), [library(), asset("graph.js")]
    part = graph_fragment(
        document,
        lang,
        rows=table_rows(document, once=True),
        state="hash",
        focus_link="",
        page_link="",
        packed=True,
    )
    return (
        templates()
        .get_template("picture.html")
        .render(
            lang=lang,
            texts=_texts(document),
            too_old=TEXTS["too_old"],
            as_of=document["as_of"],
            policy=policy_for(style, scripts),
            style=Markup(style),  # noqa: S704 - our own file
            scripts=[pack(script) for script in scripts],
            unpacking=Markup(unpacking()),  # noqa: S704 - our own file
            fragment=part,
        )
    )


def script_json(data: object) -> Markup:
    r"""Return JSON that can stand inside a script element: no sign in it can end the element.

    >>> print(script_json({"label": "</script>"}))
    {"label":"\u003c/script\u003e"}
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Markup(text.translate(ESCAPES))  # noqa: S704 - the signs of markup are escaped


def _texts(document: Document) -> dict[str, Text]:
    kinds = {f"kind{place}": _heading(kind["label"]) for place, kind in enumerate(document["types"])}
    modalities = {f"modality{place}": Text(**said) for place, said in enumerate(document["modalities"])}
    own = {"title": Text(**document["title"]), "reason": Text(**document["limits"]["reason"])}
    own |= {"around": TEXTS["open"]} if document["aggregate"] else {}
    day = document["as_of"] or ""
    own["day"] = Text(".".join(reversed(day.split("-"))), day)
    return {**TEXTS, **kinds, **modalities, **own}


def _heading(words: Words) -> Text:
    """Return a label as it stands at the beginning of a line."""
    return Text(words["de"][:1].upper() + words["de"][1:], words["en"][:1].upper() + words["en"][1:])


def _plain(texts: Mapping[str, Text]) -> dict[str, dict[str, str]]:
    return {key: text.document() for key, text in texts.items()}


def _kinds(document: Document) -> list[dict[str, object]]:
    return [
        {"index": place, "path": SHAPES[kind["shape"]], "colour": kind["colour"], "shown": kind["shown"]}
        for place, kind in enumerate(document["types"])
        if kind["shown"]
    ]


def _shapes(document: Document) -> dict[str, str]:
    return {kind["shape"]: SHAPES[kind["shape"]] for kind in document["types"] if kind["shown"]}


@cache
def templates() -> Environment:
    """Return the templates of pictures: escaped everywhere, and a name that is missing is an error."""
    loader = PackageLoader("graph.output")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@cache
def asset(name: str) -> str:
    """Return the text of one of our own scripts and sheets."""
    return files("graph.output").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def library() -> str:
    """Return vis-network as it ships with pyvis, with Unix line ends and no pointer to a source map."""
    found = find_spec("pyvis")  # looked up, not imported
    if found is None or found.origin is None:
        raise ModuleNotFoundError(LIBRARY)
    raw = Path(found.origin).parent.joinpath(LIBRARY).read_bytes().decode()
    lines = raw.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))
