"""All operations as a plain page, made from the OpenAPI document; nothing is loaded from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.frame.call import Asked, described
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

router = APIRouter(tags=["start"])


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation."""

    name: str
    place: str
    required: bool
    text: Text


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: method and path, what it does, its parameters and the forms of its answer."""

    method: str
    path: str
    text: Text
    parameters: tuple[Parameter, ...]
    forms: tuple[str, ...]


@router.get("/docs", **described("Beschreibung der Schnittstellen", "description of the interfaces"))
def manual(call: Asked) -> Response:
    """Answer with every operation that the OpenAPI document describes."""
    return call.answer("docs.html", lambda: {"tags": operations(call.request.app.openapi())})


def operations(document: Mapping[str, Any]) -> dict[str, list[Operation]]:
    """Return the operations of an OpenAPI document by their first tag."""
    by_tag: defaultdict[str, list[Operation]] = defaultdict(list)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            by_tag[operation["tags"][0]].append(_operation(method, path, operation))
    return dict(by_tag)


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> Operation:
    forms = operation["responses"].get("200", {}).get("content", {})
    summary = operation["summary"]
    return Operation(
        method=method.upper(),
        path=path,
        text=Text(operation.get("x-summary-de", summary), summary),
        parameters=tuple(map(_parameter, operation.get("parameters", ()))),
        forms=tuple(forms),
    )


def _parameter(parameter: Mapping[str, Any]) -> Parameter:
    described_en = parameter.get("description", "")
    described_de = parameter.get("schema", {}).get("x-description-de", described_en)
    return Parameter(
        parameter["name"], parameter["in"], parameter.get("required", False), Text(described_de, described_en)
    )
