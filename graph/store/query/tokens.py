r"""The words of SPARQL 1.1 (section 19.8), as far as they must be told apart before any engine reads a query.

Possessive throughout, so that no text takes more than linear time. A quote or backslash that fits nowhere
is a token of kind ``stray``. Names take every character beyond ASCII, for none means anything outside
names.
"""

from __future__ import annotations

import re
from typing import Final

_SCHEME: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_START = r"[A-Za-z_\x80-\U0010ffff]"
_CHAR = r"[A-Za-z0-9_.\-\x80-\U0010ffff]"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_BACKSLASHED = r"""\\(?:[tbnrf"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"""

TOKEN: Final = re.compile(
    rf"""
      (?P<blank>    \s++ | \#[^\n\r]*+ )
    | (?P<string>   \"\"\" (?: [^"\\] | {_BACKSLASHED} | "(?!"") )*+ \"\"\"
                  | ''' (?: [^'\\] | {_BACKSLASHED} | '(?!'') )*+ '''
                  | (?!\"\"\") " (?: [^"\\\n\r] | {_BACKSLASHED} )*+ "
                  | (?!''') ' (?: [^'\\\n\r] | {_BACKSLASHED} )*+ ' )
    | (?P<iri>      < [^<>"{{}}|^`\\\x00-\x20]*+ > )
    | (?P<variable> [?$] [A-Za-z0-9_\x80-\U0010ffff]++ )
    | (?P<language> @ [A-Za-z]++ (?: -{{1,2}} [A-Za-z0-9]++ )*+ )
    | (?P<number>   (?: [0-9]++ (?: \.[0-9]*+ )?+ | \.[0-9]++ ) (?: [eE][+-]?[0-9]++ )?+ )
    | (?P<name>     (?: {_START} {_CHAR}*+ )?+ :
                    (?: (?: [A-Za-z0-9_:\x80-\U0010ffff] | {_ESCAPED} )
                        (?: [A-Za-z0-9_.:\-\x80-\U0010ffff] | {_ESCAPED} )*+ )?+ )
    | (?P<word>     {_START} {_CHAR}*+ )
    | (?P<open>     [(\[{{] )
    | (?P<close>    [)\]}}] )
    | (?P<sign>     [!+\-^] )
    | (?P<stray>    ["'\\] )
    | (?P<other>    . )
    """,
    re.VERBOSE | re.DOTALL,
)


def with_base(text: str, base: str | None) -> str:
    """Return a query that says what its relative addresses go by, if it has any; a BASE of its own still counts.

    >>> with_base("ASK { <#a> ?b ?c }", "http://a.example/sparql")
    'BASE <http://a.example/sparql> ASK { <#a> ?b ?c }'
    >>> with_base("ASK { <urn:a> ?b ?c }", "http://a.example/sparql")
    'ASK { <urn:a> ?b ?c }'
    """
    addresses = (token[0] for token in TOKEN.finditer(text) if token.lastgroup == "iri")
    relative = any(not _SCHEME.match(address) for address in addresses)
    return f"BASE <{base}> {text}" if base and relative else text
