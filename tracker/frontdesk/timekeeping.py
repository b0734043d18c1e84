"""What falls due is done on time: one timer, set to the next due moment, set again at every change."""

import logging
import sqlite3
from collections.abc import Callable

import anyio
import anyio.to_thread

from tracker.frontdesk.attendance import let_agents_lapse, welcome_back
from tracker.frontdesk.carrying_out import forget_unused_files, let_things_happen
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.feed import EVERYTHING
from tracker.model.errors import TrackerError

LONGEST_SLEEP = 60.0
"""Seconds after which the clock is looked at again: it may have been set, or the computer was asleep."""

logger = logging.getLogger(__name__)


async def keep_time(desk: Desk) -> None:
    """Do what is due until cancelled; a failure is logged and tried again a minute later.

    First of all, everybody who chatted before the desk was stopped is taken as there.
    """
    begun = False
    with desk.hub.listening(EVERYTHING) as ear:
        while True:
            ear.clear()
            ear.take()
            work = _do_what_is_due if begun else _begin
            pause = await anyio.to_thread.run_sync(_tried, desk, work)
            begun = begun or pause is not None
            with anyio.move_on_after(LONGEST_SLEEP if pause is None else pause):
                await ear.wait()


def _tried(desk: Desk, work: Callable[[Desk], float]) -> float | None:
    """Do the work and give the pause after it in seconds; None when it failed."""
    try:
        return work(desk)
    except (TrackerError, OSError, sqlite3.Error) as error:
        logger.warning("What is due could not be done: %s", error)
        return None


def _begin(desk: Desk) -> float:
    welcome_back(desk)
    return _do_what_is_due(desk)


def _do_what_is_due(desk: Desk) -> float:
    moments = (let_things_happen(desk), let_agents_lapse(desk))
    forget_unused_files(desk)
    due = min((moment for moment in moments if moment is not None), default=None)
    if due is None:
        return LONGEST_SLEEP
    return min(max(due - desk.clock().timestamp(), 0.0), LONGEST_SLEEP)
