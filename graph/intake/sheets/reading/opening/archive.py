"""The zip file that a workbook is: checked before anything in it is read, and then read part by part.

Nothing is ever unpacked to disk, so names like ``../../x`` lead nowhere; archives inside the archive stay closed.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from graph.intake.sheets.reading.opening.refusals import damaged, suspicious, too_large

_MOST_PARTS: Final = 20_000
_MOST_BYTES: Final = 400 * 2**20
_MOST_RATIO: Final = 200
_SMALL: Final = 20 * 2**20
_CHUNK: Final = 1 << 16
_ENCRYPTED: Final = 0x1
_READ: Final = (".xml", ".rels")
_BROKEN: Final = (BadZipFile, zlib.error, EOFError, NotImplementedError, OverflowError, ValueError, OSError)


class Archive:
    """The parts of a checked zip file by name, whatever its case.

    ``size`` is how many bytes of XML it says to hold; reading never gives more than it says.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except _BROKEN as error:
            raise damaged(
                "das Archiv ist unvollständig oder fehlerhaft", "its archive is incomplete or faulty"
            ) from error
        self._parts = _checked(self._zip.infolist())
        self.size = sum(part.file_size for part in self._parts.values())

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return _key(name) in self._parts

    def names(self) -> list[str]:
        """Return the names of all parts, in lower case."""
        return [_key(name) for name in self._zip.namelist()]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part, in pieces; raise IntakeError where it is missing or broken."""
        info = self._parts.get(_key(name))
        if info is None:
            raise damaged(f"der Teil „{name}“ fehlt", f"its part “{name}” is missing")
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise damaged(
                f"der Teil „{name}“ ist nicht lesbar", f"its part “{name}” cannot be read"
            ) from error

    def read(self, name: str) -> bytes:
        """Return all bytes of a part."""
        return b"".join(self.chunks(name))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _checked(entries: list[ZipInfo]) -> dict[str, ZipInfo]:
    """Return the parts that hold XML; raise IntakeError where the archive is none that a person would bring."""
    if len(entries) > _MOST_PARTS:
        raise suspicious(
            f"das Archiv hat {len(entries)} Teile (erlaubt sind {_MOST_PARTS})",
            f"its archive has {len(entries)} parts ({_MOST_PARTS} are allowed)",
        )
    parts: dict[str, ZipInfo] = {}
    for entry in entries:
        key = _key(entry.filename)
        if key.endswith(_READ) or key == "mimetype":
            if key in parts:
                raise suspicious(
                    f"der Teil „{entry.filename}“ ist doppelt", f"its part “{entry.filename}” is there twice"
                )
            _check_part(entry)
            parts[key] = entry
    _check_size(sum(part.file_size for part in parts.values()))
    return parts


def _check_part(entry: ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise suspicious("das Archiv ist verschlüsselt", "its archive is encrypted")
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise suspicious(
            "das Archiv ist ungewöhnlich komprimiert", "its archive is compressed in an unusual way"
        )
    if entry.file_size > max(_SMALL, _MOST_RATIO * entry.compress_size):
        _refuse_bomb(entry)


def _refuse_bomb(entry: ZipInfo) -> None:
    packed, unpacked = entry.compress_size // 2**10, entry.file_size // 2**20
    raise too_large(
        f"aus {packed} KB würden {unpacked} MB („{entry.filename}“)",
        f"{packed} KB would become {unpacked} MB (“{entry.filename}”)",
    )


def _check_size(size: int) -> None:
    if size > _MOST_BYTES:
        raise too_large(
            f"ausgepackt hat sie {size // 2**20} MB (erlaubt sind {_MOST_BYTES // 2**20})",
            f"unpacked it has {size // 2**20} MB ({_MOST_BYTES // 2**20} are allowed)",
        )
