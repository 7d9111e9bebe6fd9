"""Files that a crash leaves whole: written beside, flushed to the disk, put in place by one rename; and their digests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

_CHUNK = 1 << 20


def chunks(file: IO[str]) -> Iterator[str]:
    """Yield what is left of a file, a mebibyte at a time."""
    while chunk := file.read(_CHUNK):
        yield chunk


def digest_in(blocks: Iterable[str]) -> str:
    """Return the SHA-256 of a text that comes in blocks."""
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block.encode())
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file; one that is no text, being damaged, has another than any text that is written."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return digest_in(chunks(file))


def digest_written(path: Path, blocks: Iterable[str]) -> str:
    """Write blocks to a file, flushed to disk, and return the digest of them all."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for block in blocks:
            content = block.encode()
            digest.update(content)
            file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def write_durably(path: Path, text: str | Iterable[str]) -> None:
    """Write a file so that a reader, even after a crash, sees the old text or the new one."""
    new = path.with_name(path.name + ".tmp")
    digest_written(new, [text] if isinstance(text, str) else text)
    new.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make sure that renames in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
