"""What a process that handles strangers' queries or files can no longer do, kept by the kernel (Linux).

Query host and workers, and the child that reads a workbook: a network of their own without any way out
(where the kernel allows it), no new privileges. Workers and child: no new file descriptor at all, so that
neither files nor sockets can be opened; no bytes written to files, no core dump, no further processes or
threads; death with their host. Per query or file: address space and processor seconds; for a query an alarm
on the clock that ends the process, for a file its parent looks at the clock.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from pathlib import Path
from typing import Final

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_CLOSED_FOR_GOOD: Final = (
    resource.RLIMIT_NOFILE,
    resource.RLIMIT_FSIZE,
    resource.RLIMIT_CORE,
    resource.RLIMIT_NPROC,
)
#: Of glibc's mallopt(3): return the top of the heap above so many free bytes, map what is larger than so many.
_TRIM_THRESHOLD: Final = (-1, 32 * 2**20)
_MMAP_THRESHOLD: Final = (-3, 8 * 2**20)
_libc = ctypes.CDLL(None, use_errno=True)


def leave_network() -> bool:
    """Move this process into an empty network; False where the kernel does not allow it."""
    return any(_libc.unshare(flags) == 0 for flags in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET))


def give_up_privileges() -> None:
    """Never gain rights by running a program."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def confine(host: int, descriptor: int) -> tuple[int, int]:
    """Make this fork of ``host`` a worker with one open file; return its number and the address space."""
    space = address_space()
    kept = begin_worker(host, descriptor)
    close_for_good(*_CLOSED_FOR_GOOD)
    return kept, space


def begin_worker(host: int, descriptor: int) -> int:
    """Let this fork of ``host`` die with it and keep one open file; return its number."""
    die_with(host)
    return _keep_only(descriptor)


def confine_child(parent: int, descriptor: int) -> int:
    """Make this child of ``parent`` a reader with one open file; return its number."""
    die_with(parent)
    leave_network()
    give_up_privileges()
    kept = _keep_only(descriptor)
    close_for_good(*_CLOSED_FOR_GOOD)
    return kept


def die_with(parent: int) -> None:
    """Let the kernel end this process when its parent ends, also if that has happened already."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def close_for_good(*limits: int) -> None:
    """Take all that a limit of the kernel counts from this process, never to be had again."""
    for limit in limits:
        resource.setrlimit(limit, (0, 0))


def limit_child(seconds: float, memory: int) -> None:
    """Let the kernel end this process after so many processor seconds, and refuse memory above so many bytes in all."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))


def _keep_only(descriptor: int) -> int:
    """Close every file but ``descriptor``, which is moved and returned; 0, 1 and 2 lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    kept = os.dup2(descriptor, max(descriptor, nowhere) + 1)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
    return kept


def address_space(statm: Path | int = Path("/proc/self/statm")) -> int:
    """Return the bytes of address space this process has now; ``statm`` may be that file, opened before."""
    with open(statm, "rb") as file:  # noqa: PTH123 - also of a file that is open already
        pages = int(file.read().split()[0])
    return pages * resource.getpagesize()


def start_clock(seconds: float, space: int) -> None:
    """Let the kernel end this process after ``seconds``, or memory requests fail above ``space`` bytes."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (processor, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (space, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_REAL, seconds)


def stop_clock() -> None:
    """Take the alarm back, for the query is done; memory stays limited."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def keep_freed_memory() -> None:
    """Keep some of what was freed for the next query, for to get it from the kernel anew takes longer than a small query."""
    for parameter, size in (_TRIM_THRESHOLD, _MMAP_THRESHOLD):
        if hasattr(_libc, "mallopt"):  # glibc; another C library has ways of its own
            _libc.mallopt(parameter, size)


def peak_memory() -> int:
    """Return the most bytes of memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
