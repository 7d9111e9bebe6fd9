"""Messages between the program and a worker: two lengths, a head in JSON, a body of bytes.

``EXIT_MEMORY`` is the exit status of a worker whose memory has come to its end.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import socket

EXIT_MEMORY: Final = 12

_AT_ONCE: Final = 2**18
_LENGTHS: Final = struct.Struct(">IQ")


def send(wire: socket.socket, head: dict[str, Any], body: bytes = b"") -> None:
    """Write one message; raise OSError when nobody reads."""
    text = json.dumps(head).encode()
    head_sent = _LENGTHS.pack(len(text), len(body)) + text
    if len(body) <= _AT_ONCE:
        wire.sendall(head_sent + body)  # whoever reads is woken once
    else:
        wire.sendall(head_sent)
        wire.sendall(body)


def receive(wire: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Read one message; None when the other end is gone, also in the middle of a message."""
    lengths = _read(wire, _LENGTHS.size)
    if lengths is None:
        return None
    head_size, body_size = _LENGTHS.unpack(lengths)
    head, body = _read(wire, head_size), _read(wire, body_size)
    if head is None or body is None:
        return None
    return json.loads(head), body


def _read(wire: socket.socket, size: int) -> bytes | None:
    """Read exactly ``size`` bytes, or None."""
    buffer = bytearray(size)
    view, filled = memoryview(buffer), 0
    while filled < size:
        try:
            got = wire.recv_into(view[filled:])
        except ConnectionResetError:
            return None
        if not got:
            return None
        filled += got
    return bytes(buffer)
