"""The whole store as one RDF file: TriG and N-Quads keep the sources apart, the others merge them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox

from graph.errors import StoreError, reason
from graph.store.source_text import triples_of
from ontology.terms import PREFIXES

FORMATS: Mapping[str, ox.RdfFormat] = {
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def write_rdf(paths: Mapping[str, Path], out: Path) -> None:
    """Write all sources to one file in the format of its suffix.

    Raises StoreError where the file cannot be written.
    """
    try:
        out.write_bytes(rdf_bytes(paths, FORMATS[out.suffix]))
    except OSError as error:
        raise StoreError(
            f"{out} lässt sich nicht schreiben ({reason(error).de}).",
            f"{out} cannot be written ({reason(error).en}).",
        ) from None


def rdf_bytes(paths: Mapping[str, Path], form: ox.RdfFormat) -> bytes:
    """Return all sources in one RDF format; literals exactly as the source files have them."""
    quads = _quads(paths)
    written = BytesIO()
    said = quads if form.supports_datasets else (quad.triple for quad in quads)
    ox.serialize(said, written, format=form, prefixes=dict(PREFIXES))
    return written.getvalue()


def _quads(paths: Mapping[str, Path]) -> Iterator[ox.Quad]:
    for source, path in sorted(paths.items()):
        for triple in triples_of(path):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(source))
