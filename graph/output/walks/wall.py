"""A walk as people see it: each step as a slide for the wall, and the whole walk as one offline file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from graph.errors import Text
from graph.findings.decisions import states
from graph.output.drawing.network_json import table_rows
from graph.output.drawing.texts import TEXTS
from graph.output.paper.sheet import bare_svg
from graph.output.takeaway.packed import pack, policy_for, unpacking
from graph.output.takeaway.picture import (
    asset,
    common_words,
    graph_fragment,
    library,
    script_json,
    templates,
)
from graph.output.walks.words import WORDS
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.output.walks.slides import Show, Slide

#: How decisions are kept: in the page until they are saved as a file, at once in the store, or not at all.
Mode = Literal["file", "store", "read"]
_SPOKEN = (
    "step", "saved", "kept", "nothing", "lacks_reason", "lacks_role", "lacks_state", "save_hint", "page_hint", "discard",
    "discard_sure", "discarded", "draft", "left",
)  # fmt: skip


def slide_html(
    show: Show,
    slide: Slide,
    lang: str,
    *,
    mode: Mode,
    link: Callable[[int], str],
    token: str = "",
    rows: bool = False,
    packed: bool = False,
) -> Markup:
    """Return one step as a part of a page; ``link`` gives the address of a step, ``rows`` fills the table without script.

    In a file the data are ``packed``, and the table says each link once.
    """
    fragment = slide.document and graph_fragment(
        slide.document,
        lang,
        rows=table_rows(slide.document, once=packed) if rows else (),
        state="none",
        focus_link="",
        page_link="",
        section=f"pw{slide.number}",
        bare=True,
        packed=packed,
    )
    return Markup(  # noqa: S704 - rendered with autoescape
        templates()
        .get_template("walk_slide.html")
        .render(
            show=show,
            slide=slide,
            lang=lang,
            mode=mode,
            link=link,
            token=token,
            fragment=fragment,
            paper=slide.document and Markup(bare_svg(slide.document, lang).decode()),  # noqa: S704 - escaped where it is made
            words=WORDS,
            states=state_labels(),
        )
    )


def state_labels() -> Mapping[str, Text]:
    """Return the states that a finding can be put into, with their names."""
    concepts = load_vocabulary().schemes["decision-state"].concepts
    return {state: concepts[state].label for state in states()}


def common(show: Show) -> Markup:
    """Return what the pictures of a walk have in common, as JSON."""
    return common_words([slide.document for slide in show.slides if slide.document])


def speech(show: Show) -> Markup:
    """Return the words that the script of a walk says, as JSON."""
    said = {name: WORDS[name] for name in _SPOKEN}
    said |= {f"state.{state}": label for state, label in state_labels().items()}
    said["title"] = show.walk.title
    return script_json({name: text.document() for name, text in said.items()})


def walk_html(show: Show, lang: str = "de") -> str:
    """Return the whole walk as one offline page: all steps, the library once, nothing from outside; the same text each time.

    Raises NotFound where the walk has no steps.
    """
    show.walk.step(1)
    style = asset("graph.css") + asset("walk.css")
    scripts = [library(), asset("graph.js"), asset("walk.js")]
    slides = [
        slide_html(
            show, slide, lang, mode="file", link=lambda number: f"#step-{number}", rows=True, packed=True
        )
        for slide in show.slides
    ]
    return (
        templates()
        .get_template("walk.html")
        .render(
            show=show,
            slides=slides,
            lang=lang,
            words=WORDS,
            day=Text(f"{show.day:%d.%m.%Y}", show.day.isoformat()),
            policy=policy_for(style, scripts),
            style=Markup(style),  # noqa: S704 - our own files
            scripts=[pack(script) for script in scripts],
            unpacking=Markup(unpacking()),  # noqa: S704 - our own file
            too_old=TEXTS["too_old"],
            common=common(show),
            speech=speech(show),
        )
    )
