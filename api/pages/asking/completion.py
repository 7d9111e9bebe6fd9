"""What the editor of queries may complete: prefixes, terms, codes and words of SPARQL at once, things as they are asked for.

The vocabulary is one answer that browsers keep until it changes. A store can hold very many things, so their names are
looked up as somebody types, as the search does.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from api.pages.asking.query_words import FUNCTIONS, KEYWORDS
from api.pages.exchange.vocabulary import shortened
from api.pages.frame.call import Asked, described, parameter
from api.pages.frame.kinds import kind
from api.pages.frame.names import short_name
from api.pages.inventory.search import checked_query, looked_up
from api.web.negotiation import JSON, is_held
from ontology.tables import load_tables
from ontology.terms import PREFIXES, SCHEME
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from api.pages.frame.call import Call
    from ontology.vocabulary import ClassTerm, Concept, PropertyTerm

router = APIRouter(tags=["sparql"])

THING_PREFIX = "id"
MOST = 6
#: What may stand behind the colon of a prefixed name without being escaped (SPARQL 1.1, PN_LOCAL).
_PLAIN_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?")
_KINDS: Mapping[str, Text] = {
    "class": Text("Klasse", "class"),
    "property": Text("Eigenschaft", "property"),
    "code": Text("Schlüsselwert", "code"),
    "prefix": Text("Präfix", "prefix"),
    "variable": Text("Variable", "variable"),
    "keyword": Text("Schlüsselwort", "keyword"),
    "function": Text("Funktion", "function"),
}


@router.get(
    "/api/completion",
    **described(
        "Was der Editor vervollständigt: Präfixe, Begriffe, Schlüsselwerte und Wörter von SPARQL",
        "what the editor completes: prefixes, terms, codes and words of SPARQL",
        JSON,
    ),
)
def completion(call: Asked) -> Response:
    """Answer with all that can be completed but the things of the store."""
    body = _body(call.lang, call.site.workspace.settings.base)
    tag = f'"{sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Cookie"}
    if is_held(call.request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=JSON, headers=headers)


@cache
def _body(lang: str, base: str) -> bytes:
    """Return the answer in a language, for a store whose things have addresses below a base."""
    document = {
        "prefixes": prefixes(base),
        "kinds": {name: word[lang] for name, word in _KINDS.items()},
        "terms": list(_terms(lang)),
        "keywords": [
            {"kind": name, "word": word, "info": told[lang]}
            for name, words in (("keyword", KEYWORDS), ("function", FUNCTIONS))
            for word, told in words.items()
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def prefixes(base: str) -> dict[str, str]:
    """Return every prefix that a query may need: of vocabularies, of code lists, and of the store's own things.

    >>> prefixes("https://example.org/id/")["modality"]
    'https://w3id.org/planwerk/scheme/modality#'
    """
    lists = {name: f"{SCHEME}{name}#" for name in sorted(load_vocabulary().schemes)}
    return {
        **PREFIXES,
        **{name: home for name, home in lists.items() if name not in PREFIXES},
        THING_PREFIX: base,
    }


def _terms(lang: str) -> Iterator[dict[str, Any]]:
    """Yield our own terms before borrowed ones and codes."""
    known = load_vocabulary()
    groups: tuple[tuple[str, Mapping[str, PropertyTerm | ClassTerm]], ...] = (
        ("property", known.properties),
        ("class", known.classes),
    )
    for name, terms in groups:
        for term in sorted(
            terms.values(), key=lambda term: (not term.iri.startswith(PREFIXES["pw"]), term.name)
        ):
            yield _term(name, shortened(term.iri), term, lang)
    for code in known.concepts.values():
        yield {**_term("code", _code_name(code), code, lang), "notation": code.notation}


@cache
def _column_titles() -> Mapping[str, tuple[str, ...]]:
    """Return for each property what the columns of the tables call it: people know those names."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for table in load_tables():
        for column in table.columns:
            if column.property and not column.inverse:
                found[column.property] |= dict.fromkeys((column.title.de, column.title.en))
    return {iri: tuple(titles) for iri, titles in found.items()}


def _term(name: str, short: str, term: ClassTerm | PropertyTerm | Concept, lang: str) -> dict[str, Any]:
    also = [
        title for title in _column_titles().get(term.iri, ()) if title not in {term.label.de, term.label.en}
    ]
    return {
        "kind": name,
        "short": short,
        "local": short.partition(":")[2],
        "iri": term.iri,
        "label": term.label.document(),
        "definition": term.definition[lang] if term.definition else None,
        **({"also": also} if also else {}),
    }


def _code_name(code: Concept) -> str:
    """Return the prefixed name of a code: the list, then the code; those of the vocabulary itself by its prefix."""
    home = f"{SCHEME}{code.scheme}#"
    return f"{code.scheme}:{code.slug}" if code.iri == home + code.slug else shortened(code.iri)


QueryParam = Annotated[str, parameter("Teil eines Namens", "part of a name")]


@router.get(
    "/api/completion/things",
    **described(
        "Dinge des Bestands, deren Namen zu einem Wort passen, wie SPARQL sie schreibt",
        "things of the store whose names fit a word, as SPARQL writes them",
        JSON,
    ),
)
def things(call: Asked, q: QueryParam = "") -> Response:
    """Answer with the things that a word finds, umlauts and typing errors forgiven as in the search."""
    nodes = islice(looked_up(call, checked_query(q)).nodes, MOST)
    headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
    return JSONResponse({"q": q, "things": [_thing(call, node) for node in nodes]}, headers=headers)


def _thing(call: Call, node: str) -> dict[str, Any]:
    network = call.network
    return {
        "short": written(node, call.site.workspace.settings.base),
        "name": short_name(network, node)[call.lang],
        "kind": kind(network.type(node)).one[call.lang],
    }


def written(iri: str, base: str) -> str:
    """Return an address as a query writes it: by the prefix of the store's own things where its local part is plain.

    >>> written("https://example.org/id/p-sep3", "https://example.org/id/")
    'id:p-sep3'
    >>> written("https://example.org/id/source/seed", "https://example.org/id/")
    '<https://example.org/id/source/seed>'
    """
    local = iri.removeprefix(base)
    is_plain = iri.startswith(base) and _PLAIN_LOCAL.fullmatch(local)
    return f"{THING_PREFIX}:{local}" if is_plain else f"<{iri}>"
