"""Whoever asks for something quick does not wait for what takes long; whoever asks for the same gets the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from api.workspace import Workspace

PATIENCE = 60


def test_something_quick_is_answered_while_something_long_is_made(workspace: Workspace):
    begun, answered = Event(), Event()

    def long() -> bool:
        begun.set()
        return answered.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(workspace._keep, ("long",), long)
        assert begun.wait(PATIENCE)
        assert workspace._keep(("quick",), lambda: "quick") == "quick"
        answered.set()
        assert waiting.result(PATIENCE) is True


def test_what_two_ask_for_at_once_is_made_once(workspace: Workspace):
    made, start = [], Barrier(2)

    def ask() -> object:
        start.wait(PATIENCE)
        return workspace._keep(("same",), lambda: made.append("made") or object())

    with ThreadPoolExecutor(2) as pool:
        first, second = (pool.submit(ask) for _ in range(2))
        assert first.result(PATIENCE) is second.result(PATIENCE)
    assert made == ["made"]


def test_what_could_not_be_made_is_tried_again(workspace: Workspace):
    with pytest.raises(ZeroDivisionError):
        workspace._keep(("thing",), lambda: 1 // 0)
    assert workspace._keep(("thing",), lambda: 1) == 1
    assert workspace._making == {}
