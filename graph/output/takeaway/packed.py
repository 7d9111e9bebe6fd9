"""The scripts of an offline file, packed: a small script unpacks them, and the policy names them by their hashes.

What the browser runs is therefore exactly what the policy allows, as if it stood in the file in plain text; the library alone
would be four fifths of the file.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

HARDEST = 9


def pack(script: str) -> Markup:
    r"""Return a text packed with deflate (RFC 1950), in signs that can stand in any element; the same for the same text.

    >>> from base64 import b64decode
    >>> zlib.decompress(b64decode(pack("draw();")))
    b'draw();'
    """
    return _packed(script)


@cache
def _packed(script: str) -> Markup:
    return Markup(b64encode(zlib.compress(script.encode(), HARDEST)).decode())  # noqa: S704 - letters, digits and +/=


@cache
def unpacking() -> str:
    """Return the script that unpacks the others and runs them in order."""
    return files("graph.output").joinpath("assets", "unpack.js").read_text(encoding="utf-8")


def policy_for(style: str, scripts: Sequence[str]) -> str:
    """Return the policy of an offline page: this style, these scripts and the one that unpacks them, and nothing else."""
    allowed = " ".join(_hash(script) for script in [unpacking(), *scripts])
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
