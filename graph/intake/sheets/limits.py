"""What reading one workbook may take: more for more to read, up to what the operator allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EXIT_MEMORY: Final = 12
"""Exit status of a child whose memory has come to its end."""

_MIB: Final = 2**20
_SMALL: Final = _MIB
_SMALL_SECONDS: Final = 9.0
_SMALL_MEMORY: Final = 512 * _MIB
_SECONDS_PER_MIB: Final = 6.0
_MEMORY_PER_BYTE: Final = 14


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """The most that reading a workbook may take.

    ``seconds`` of the processor (three times that on the clock) and bytes of ``memory``; both are for the largest files,
    small ones get nine seconds and 512 MiB. ``file_bytes`` is how large a file may be, ``answer_bytes`` what may be
    found in it.
    """

    seconds: float = 240.0
    memory: int = 1024 * _MIB
    file_bytes: int = 100 * _MIB
    answer_bytes: int = 400 * _MIB

    def for_size(self, size: int) -> tuple[float, int]:
        """Return seconds and bytes of memory for so many unpacked bytes.

        >>> ImportLimits().for_size(100_000)
        (9.0, 536870912)
        """
        further = max(0, size - _SMALL)
        seconds = min(self.seconds, _SMALL_SECONDS + further / _MIB * _SECONDS_PER_MIB)
        return seconds, min(self.memory, _SMALL_MEMORY + further * _MEMORY_PER_BYTE)
