"""Workbooks and texts that broke on their way: each mutant follows from its seed alone."""

from __future__ import annotations

import random
import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

LARGEST = 8_000_000
Parts = list[tuple[str, bytes]]
PartsChange = Callable[[random.Random, Parts], Parts]
BytesChange = Callable[[random.Random, bytes], bytes]

NASTY_TEXTS = (
    "\u202eednürG\u202c",
    "a\u200f\u200eb",
    "\u0000NUL",
    "\ufeff",
    "\ufffe",
    "𝔓𝔩𝔞𝔫",
    "👩‍👩‍👧 Familie",
    "Z̷̢̛͇a̸͚͝l̵̰̈́g̴̛͚o̶̱̕" * 20,
    "=cmd|' /C calc'!A0",
    "+49 241 432",
    "@SUMME(A1)",
    "-" * 3000,
    "x" * 40_000,
    "<script>alert(1)</script>",
    "'); DROP TABLE plans;--",
    "../../etc/passwd",
    "\ud7ff\ue000",
    "ﷺ" * 200,
    "Ⅻ½٣",
    " \t\u00a0\u2003\u3000 ",
    "%s%n{0}{x}\\N\\u0000",
)
NASTY_NUMBERS = (
    "1e309", "-1e308", "99999999999999999999999999", "NaN", "-0", "1e-400", "2958466", "-1", "60", "0.1e", "", "1,5",
    "0x1F", "١٢٣", "9" * 5000, "TRUE",
)  # fmt: skip
NASTY_ATTRIBUTES = (
    "-1", "0", "4294967296", "A1:XFD1048576", "XFD1048576", "AAAA1", "A0", "A1", "Z", "", "\u202e", "&#0;", "&#x1F4A9;",
    "&amp;", "1e9", "true", "rId999", "../../../x.xml", "inlineStr", "s", "d", "e", "str", "x" * 5000, "99999999999999999999",
)  # fmt: skip
AREAS = (
    "A1:XFD1048576",
    "A1:A1048576",
    "A1:B2",
    "B2:A1",
    "C3",
    "A4:C9",
    "B3:D5",
    "ZZZ1:ZZZ9",
    "A1:A0",
    "",
    "A2:H4",
)
DOCTYPES = (
    b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>',
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
)


@dataclass(frozen=True)
class Mutant:
    """A broken file: its name, its bytes, and how it was broken."""

    name: str
    data: bytes
    how: str


def mutant(seed: int, originals: list[Path]) -> Mutant:
    """Return the mutant of a seed: one original, broken once to three times."""
    rng = random.Random(seed)
    path = rng.choice(originals)
    data, done = original(path), []
    changes: dict[str, BytesChange] = {**RAW, **(TEXT if path.suffix == ".csv" else ZIPPED)}
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        kind = rng.choice(list(changes))
        if len(data) > LARGEST:
            break
        data = changes[kind](rng, data)
        done.append(kind)
    suffix = path.suffix
    if rng.random() < 0.04:
        suffix = rng.choice((".csv", ".xlsx", ".ods", ".xls", ".txt", ".tsv", ".xlsm"))
        done.append(f"called {suffix}")
    return Mutant(f"{path.stem}{suffix}", data, f"{path.name}: {', '.join(done)}")


def original(path: Path) -> bytes:
    """Return a file without the time at which it was written, so that mutants stay the same."""
    data = path.read_bytes()
    if path.suffix == ".csv":
        return data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return _pack(
        [
            (name, re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2025-01-01T00:00:00Z", part))
            for name, part in parts
        ]
    )


def in_every_part(data: bytes, old: bytes, new: bytes) -> bytes:
    """Replace bytes in every part of a workbook."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return _pack([(name, archive.read(name).replace(old, new)) for name in archive.namelist()])


# any bytes


def _flip(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 4, 32))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _insert(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(rng.choice((1, 16, 900))) + data[at:]


def _cut_out(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.randrange(1, 200) :]


RAW: dict[str, BytesChange] = {"flip": _flip, "truncate": _truncate, "insert": _insert, "cut out": _cut_out}


# text with delimiters


def _any_encoding(rng: random.Random, data: bytes) -> bytes:
    codec = rng.choice(
        ("utf-16", "utf-16-le", "utf-32", "utf-7", "cp437", "cp1252", "mac-roman", "iso8859-15", "utf-8-sig")
    )
    return data.decode("utf-8", "replace").encode(codec, "replace")


def _two_encodings(rng: random.Random, data: bytes) -> bytes:
    half = len(data) // 2
    return data[:half] + data[half:].decode("cp1252", "replace").encode("utf-8") + "äöüß€".encode("cp1252")


def _mixed_delimiters(rng: random.Random, data: bytes) -> bytes:
    marks = (b";", b"\t", b",", b"|", b"^", b"\x1f")
    return re.sub(rb"[;\t,]", lambda found: rng.choice(marks) if rng.random() < 0.3 else found[0], data)


def _quotes(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice((b'"', b'"""', b"'", b'";"', b'"\r\n"')) + data[at:]


def _line_ends(rng: random.Random, data: bytes) -> bytes:
    ends = (b"\r", b"\n", b"\r\n", b"\n\n\n", b"\x0b", b"\xe2\x80\xa8", b"\x85")
    return re.sub(rb"\r?\n", lambda _: rng.choice(ends), data)


def _nul(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + b"\x00" * rng.choice((1, 40)) + data[at:]


def _nasty_cells(rng: random.Random, data: bytes) -> bytes:
    def nasty(found: re.Match[bytes]) -> bytes:
        if rng.random() > 0.1:
            return found[0]
        return rng.choice(NASTY_TEXTS + NASTY_NUMBERS).encode("utf-8", "surrogatepass")

    return re.sub(rb"[^;\t,\r\n]+", nasty, data)


def _many(rng: random.Random, data: bytes) -> bytes:
    """Give very many columns, one very long cell, or the lines many times."""
    return rng.choice((data + b";" * 30_000, data + b"x" * 2_000_000, data * 300, b"\n" * 100_000 + data))


def _nothing(rng: random.Random, data: bytes) -> bytes:
    return rng.choice(
        (b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b";;;;\n;;;;\n", b"\x00", b'"', b" ", rng.randbytes(5000))
    )


TEXT: dict[str, BytesChange] = {
    "any encoding": _any_encoding,
    "two encodings": _two_encodings,
    "mixed delimiters": _mixed_delimiters,
    "quotes": _quotes,
    "line ends": _line_ends,
    "NUL": _nul,
    "nasty cells": _nasty_cells,
    "many": _many,
    "nothing": _nothing,
}


# workbooks: zipped parts of XML


def _zipped(change: PartsChange) -> BytesChange:
    """Return the change of the parts as a change of the file; what is no archive any more is flipped."""

    def changed(rng: random.Random, data: bytes) -> bytes:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
        except (
            zipfile.BadZipFile,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            zipfile.zlib.error,
        ):
            return _flip(rng, data)
        return _pack(change(rng, parts)) if parts else _flip(rng, data)

    return changed


def _pack(parts: Parts) -> bytes:
    stream = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore", UserWarning)  # two parts of one name are what some mutants are
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _drop(rng: random.Random, parts: Parts) -> Parts:
    gone = rng.randrange(len(parts))
    return parts[:gone] + parts[gone + 1 :]


def _rename(rng: random.Random, parts: Parts) -> Parts:
    at = rng.randrange(len(parts))
    name = rng.choice(
        (
            "../../evil.xml",
            "/etc/x",
            parts[at][0].upper(),
            "xl/worksheets/sheet99.xml",
            "a" * 300,
            "C:\\x.xml",
            "ä\u202e.xml",
        )
    )
    return [*parts[:at], (name, parts[at][1]), *parts[at + 1 :]]


def _swap(rng: random.Random, parts: Parts) -> Parts:
    one, other = rng.randrange(len(parts)), rng.randrange(len(parts))
    swapped = list(parts)
    swapped[one], swapped[other] = (parts[one][0], parts[other][1]), (parts[other][0], parts[one][1])
    return swapped


def _bomb(rng: random.Random, parts: Parts) -> Parts:
    at = rng.randrange(len(parts))
    filling = rng.choice((b"<row/>", b" ", b"\x00", b"<c r='A1'><v>1</v></c>")) * rng.choice(
        (200_000, 3_000_000)
    )
    name, data = parts[at]
    return [*parts[:at], (name, data[: len(data) // 2] + filling + data[len(data) // 2 :]), *parts[at + 1 :]]


def _many_parts(rng: random.Random, parts: Parts) -> Parts:
    return parts + [(f"xl/media/{number}.bin", b"x") for number in range(rng.choice((50, 5000)))]


def _in_xml(change: BytesChange, only: str = "") -> PartsChange:
    """Return the change of one XML part."""

    def changed(rng: random.Random, parts: Parts) -> Parts:
        fitting = [
            at for at, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels")) and only in name
        ]
        if not fitting:
            return _drop(rng, parts)
        at = rng.choice(fitting)
        return [*parts[:at], (parts[at][0], change(rng, parts[at][1])), *parts[at + 1 :]]

    return changed


def _some(rng: random.Random, pattern: bytes, data: bytes, make: Callable[[re.Match[bytes]], bytes]) -> bytes:
    """Replace one match, or a tenth of all."""
    found = list(re.finditer(pattern, data))
    chosen = (
        set(rng.sample(range(len(found)), 1 if rng.random() < 0.5 else len(found) // 10)) if found else set()
    )
    numbered = iter(range(len(found)))
    return re.sub(pattern, lambda match: make(match) if next(numbered) in chosen else match[0], data)


def _attribute(rng: random.Random, data: bytes) -> bytes:
    return _some(
        rng,
        rb'(\s[\w:]+=)"[^"]*"',
        data,
        lambda m: m[1] + b'"' + rng.choice(NASTY_ATTRIBUTES).encode() + b'"',
    )


def _attribute_gone(rng: random.Random, data: bytes) -> bytes:
    return _some(rng, rb'\s[\w:]+="[^"]*"', data, lambda m: rng.choice((b"", m[0] + m[0])))


def _tag_gone(rng: random.Random, data: bytes) -> bytes:
    return _some(rng, rb"<[^>]+>", data, lambda m: rng.choice((b"", m[0] * 2, b"<x>" + m[0])))


def _well_formed_gone(rng: random.Random, data: bytes) -> bytes:
    return _some(rng, rb"<(\w+)[^>]*>[^<]*</\1>", data, lambda m: rng.choice((b"", m[0] * 2)))


def _moved(rng: random.Random, data: bytes) -> bytes:
    places = ("XFD1048576", "A1", "B3", "ZZ77", "C1048576", "XFE1", "A1048577", "a5", "1A", "AA0")
    return _some(rng, rb' r="[A-Z]+\d+"', data, lambda _: f' r="{rng.choice(places)}"'.encode())


def _rows_moved(rng: random.Random, data: bytes) -> bytes:
    return _some(
        rng,
        rb'<row r="\d+"',
        data,
        lambda _: f'<row r="{rng.choice((0, 1, 3, 1048576, 1048577, -5, 10**12))}"'.encode(),
    )


def _merged(rng: random.Random, data: bytes) -> bytes:
    areas = "".join(f'<mergeCell ref="{rng.choice(AREAS)}"/>' for _ in range(rng.choice((1, 5, 4000))))
    data = re.sub(rb"<mergeCells.*?</mergeCells>", b"", data, flags=re.DOTALL)
    return data.replace(b"</sheetData>", f"</sheetData><mergeCells>{areas}</mergeCells>".encode(), 1)


def _dimension(rng: random.Random, data: bytes) -> bytes:
    data = re.sub(rb"<dimension[^>]*/>", b"", data)
    area = rng.choice(("A1", "A1:A1", "A1:XFD1048576", "B2:A1", "", "x"))
    return data.replace(b"<sheetData>", f'<dimension ref="{area}"/><sheetData>'.encode(), 1)


def _text(rng: random.Random, data: bytes) -> bytes:
    def nasty(found: re.Match[bytes]) -> bytes:
        text = rng.choice(NASTY_TEXTS).encode("utf-8", "surrogatepass")
        return (
            found[1]
            + (
                text
                if rng.random() < 0.3
                else text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b"\0", b"")
            )
            + found[2]
        )

    return _some(rng, rb"(<(?:t|text:p)(?:\s[^>]*)?>)[^<]*(</)", data, nasty)


def _number(rng: random.Random, data: bytes) -> bytes:
    return _some(rng, rb"<v>[^<]*</v>", data, lambda _: f"<v>{rng.choice(NASTY_NUMBERS)}</v>".encode())


def _formula(rng: random.Random, data: bytes) -> bytes:
    formulas = (
        "SUM(A1:XFD1048576)",
        "cmd|' /C calc'!A0",
        "HYPERLINK(&quot;http://x&quot;)",
        "A1",
        "IF(1," * 300 + "1" + ")" * 300,
        "",
    )
    return _some(rng, rb"<v>", data, lambda _: f"<f>{rng.choice(formulas)}</f><v>".encode())


def _declared(rng: random.Random, data: bytes) -> bytes:
    codec = rng.choice(("utf-16", "utf-7", "ebcdic-xml", "cp1252", "x-unknown", "utf-32", "ascii"))
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", data)
    return f'<?xml version="1.0" encoding="{codec}"?>'.encode() + body


def _doctype(rng: random.Random, data: bytes) -> bytes:
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", data)
    reference = rng.choice((b"&d;", b"&x;", b"&b;", b""))
    return rng.choice(DOCTYPES) + re.sub(rb"(<t[^>]*>)", lambda m: m[1] + reference, body, count=3)


def _deep(rng: random.Random, data: bytes) -> bytes:
    depth = rng.choice((200, 50_000))
    return data.replace(b"<sheetData>", b"<sheetData>" + b"<a>" * depth + b"</a>" * depth, 1)


def _repeated(rng: random.Random, data: bytes) -> bytes:
    count = rng.choice((0, -1, 1048576, 10**12))
    return _some(
        rng,
        rb'(number-(?:columns|rows)-(?:repeated|spanned))="\d+"',
        data,
        lambda m: m[1] + f'="{count}"'.encode(),
    )


_PARTS: dict[str, PartsChange] = {
    "part dropped": _drop,
    "part twice": lambda rng, parts: [*parts, rng.choice(parts)],
    "part renamed": _rename,
    "parts swapped": _swap,
    "part empty": lambda rng, parts: _swap(rng, [*parts, ("empty.xml", b"")]),
    "bomb": _bomb,
    "many parts": _many_parts,
    "attribute": _in_xml(_attribute),
    "attribute of a sheet": _in_xml(_attribute, "sheet"),
    "attribute of the looks": _in_xml(_attribute, "styles"),
    "attribute gone": _in_xml(_attribute_gone),
    "tag gone": _in_xml(_tag_gone),
    "element gone": _in_xml(_well_formed_gone),
    "cells moved": _in_xml(_moved, "sheet"),
    "rows moved": _in_xml(_rows_moved, "sheet"),
    "merged": _in_xml(_merged, "worksheets/sheet"),
    "dimension": _in_xml(_dimension, "worksheets/sheet"),
    "text": _in_xml(_text),
    "number": _in_xml(_number, "sheet"),
    "formula": _in_xml(_formula, "sheet"),
    "declared encoding": _in_xml(_declared),
    "document type": _in_xml(_doctype),
    "deep": _in_xml(_deep, "sheet"),
    "repeated": _in_xml(_repeated, "content"),
    "bytes of a part": _in_xml(_flip),
    "part cut short": _in_xml(_truncate),
}
ZIPPED: dict[str, BytesChange] = {name: _zipped(change) for name, change in _PARTS.items()}
