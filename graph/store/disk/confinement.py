"""What a worker on an index of files may still do: open the files of that index for reading, and nothing else (Linux).

RocksDB opens files while it answers, so such a worker keeps the right to open some. In its stead the kernel refuses, for
all its threads: files for writing, sockets, programs and what could be used to get at them (seccomp, needed); and, where
it can, every file outside the folder of the index (Landlock). All else is as for workers in memory (``sandbox``).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import struct
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import sandbox

if TYPE_CHECKING:
    from pathlib import Path

_ENOUGH_TO_OPEN: Final = 1024
_PR_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

#: Per machine: its number for the kernel, the call that opens files, and those that are refused: socket, socketpair,
#: execve, execveat, ptrace, io_uring_setup, openat2, open_by_handle_at, truncate, unlinkat, renameat, renameat2, and
#: where they exist open, creat, truncate, rename, unlink.
_CALLS: Final = {
    "x86_64": (0xC000003E, 257, (41, 53, 59, 322, 101, 425, 437, 304, 76, 263, 264, 316, 2, 85, 82, 87)),
    "aarch64": (0xC00000B7, 56, (198, 199, 221, 281, 117, 425, 437, 265, 45, 35, 38, 276)),
}
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION: Final = 1
_BENEATH_PATH: Final = 1
_READ: Final = 1 << 2 | 1 << 3
_RIGHTS: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
_NETWORK_SINCE: Final = 4
_libc = ctypes.CDLL(None, use_errno=True)


def open_confined(folder: Path, host: int, descriptor: int) -> tuple[ox.Store, int, int]:
    """Make this fork of ``host`` a worker on an index; return the index, the number of its wire, and the address space.

    Raises OSError where the kernel does not confine it, or the index cannot be opened.
    """
    kept = sandbox.begin_worker(host, descriptor)
    statm = os.open("/proc/self/statm", os.O_RDONLY)
    _see_only(folder)
    _refuse_calls()
    store = ox.Store.read_only(str(folder))
    sandbox.close_for_good(resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_ENOUGH_TO_OPEN, _ENOUGH_TO_OPEN))
    return store, kept, sandbox.address_space(statm)


def _refuse_calls() -> None:
    """Let the kernel refuse calls of this process, of its threads to come, and of no other."""
    machine, opening, refused = _CALLS[platform.machine()]
    steps = [_step(_LOAD, _MACHINE), _step(_EQUAL, machine, 1, 0), _step(_RETURN, _REFUSE)]
    steps.append(_step(_LOAD, _NUMBER))
    for number in refused:
        steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _REFUSE)]
    steps += [_step(_EQUAL, opening, 0, 3), _step(_LOAD, _ARGUMENTS + 2 * 8), _step(_ANY_BIT, _WRITING, 0, 1)]
    steps += [_step(_RETURN, _REFUSE), _step(_RETURN, _ALLOW)]
    code = ctypes.create_string_buffer(b"".join(steps))
    program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    if _libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, program, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


def _step(code: int, value: int, when_so: int = 0, else_: int = 0) -> bytes:
    """Return one instruction of the kernel's filter language."""
    return struct.pack("HBBI", code, when_so, else_, value)


def _see_only(folder: Path) -> bool:
    """Let this process read below a folder and nowhere else; False where the kernel has no means for that."""
    version = _libc.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    rights = _RIGHTS[min(version, max(_RIGHTS))]
    handled = struct.pack("QQ", rights, 3) if version >= _NETWORK_SINCE else struct.pack("Q", rights)
    rules = _libc.syscall(_CREATE_RULESET, handled, len(handled), 0)
    beneath = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    rule = struct.pack("=Qi", _READ, beneath)
    refused = _libc.syscall(_ADD_RULE, rules, _BENEATH_PATH, rule, 0) or _libc.syscall(
        _RESTRICT_SELF, rules, 0
    )
    os.close(beneath)
    os.close(rules)
    return not refused
