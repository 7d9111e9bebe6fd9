"""Free ports of this machine, and waiting until somebody listens."""

from __future__ import annotations

import socket
import time

LOCAL = "127.0.0.1"
_PATIENCE = 60.0


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, seconds: float = _PATIENCE) -> None:
    """Return when somebody listens; TimeoutError where nobody does in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex((LOCAL, port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)
