"""How often a desk that does not push is asked."""

from __future__ import annotations

import random
import time
from collections.abc import AsyncIterator

import anyio
import pytest

from tracker.desks.polling import (
    CHAT_OPEN,
    FLOOR,
    SILENCE,
    TICKET_OPEN,
    WINDOW_HIDDEN,
    WINDOW_OPEN,
    Pace,
    keep_looking,
)
from tracker.model.batch import Batch, Cursor
from tracker.model.focus import HIDDEN, Focus
from tracker.model.ticket import TicketId

pytestmark = pytest.mark.anyio

LIST = Focus(visible=True)
PAGE = Focus(visible=True, ticket=TicketId("1"))
CHAT = Focus(visible=True, ticket=TicketId("1"), chat=True)


@pytest.mark.parametrize(
    ("focus", "about"), [(HIDDEN, WINDOW_HIDDEN), (LIST, WINDOW_OPEN), (PAGE, TICKET_OPEN), (CHAT, CHAT_OPEN)]
)
def test_the_closer_a_person_looks_the_more_often_the_desk_is_asked(focus: Focus, about: float) -> None:
    pace = Pace(rng=random.Random(7))  # noqa: S311 - the same run each time
    pace.attend(focus)
    intervals = [pace.interval() for _ in range(500)]
    assert min(intervals) >= about * 0.8
    assert max(intervals) <= about * 1.2
    assert max(intervals) - min(intervals) > about * 0.3, "a fleet's polls must spread"


def test_a_site_may_choose_its_own_interval_but_not_a_flood() -> None:
    assert Pace(fixed=40).interval() == 40
    assert Pace(fixed=0.001).interval() == FLOOR


async def test_a_kick_ends_the_waiting() -> None:
    pace = Pace(fixed=600)
    async with anyio.create_task_group() as group:
        group.start_soon(pace.wait)
        await anyio.lowlevel.checkpoint()
        pace.kick()


async def test_a_kick_that_came_while_nobody_waited_counts_once() -> None:
    pace = Pace(fixed=600)
    pace.kick()
    pace.kick()
    with anyio.fail_after(5):
        await pace.wait()
    with anyio.move_on_after(0.05) as second:
        await pace.wait()
    assert second.cancelled_caught


@pytest.mark.parametrize(
    ("before", "after", "at_once"),
    [
        (HIDDEN, LIST, True),
        (LIST, PAGE, True),
        (PAGE, CHAT, True),
        (CHAT, PAGE, False),
        (PAGE, Focus(visible=True, ticket=TicketId("2")), True),
        (PAGE, LIST, False),
        (LIST, HIDDEN, False),
        (PAGE, PAGE, False),
    ],
)
async def test_coming_closer_looks_at_once_and_going_away_does_not(
    before: Focus, after: Focus, at_once: bool
) -> None:
    pace = Pace(fixed=600)
    pace.attend(before)
    with anyio.move_on_after(0.05):
        await pace.wait()
    pace.attend(after)
    assert pace.focus == after
    with anyio.move_on_after(0.05) as waiting:
        await pace.wait()
    assert waiting.cancelled_caught is not at_once


class Seconds:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_chat_nobody_writes_in_is_soon_asked_about_like_any_ticket() -> None:
    clock = Seconds()
    pace = Pace(clock=clock)
    pace.attend(CHAT)
    clock.now += SILENCE - 1
    assert FLOOR <= pace.interval() <= CHAT_OPEN * 1.2
    clock.now += 1
    assert pace.interval() >= TICKET_OPEN * 0.8
    pace.stir()
    assert pace.interval() <= CHAT_OPEN * 1.2, "somebody wrote"


def test_a_chat_behind_another_window_hurries_nobody() -> None:
    pace = Pace()
    pace.attend(Focus(visible=False, ticket=TicketId("1"), chat=True))
    assert pace.interval() >= TICKET_OPEN * 0.8


def test_a_site_with_an_interval_of_its_own_keeps_it_in_a_chat() -> None:
    pace = Pace(fixed=40)
    pace.attend(CHAT)
    assert pace.interval() == 40


async def test_a_desk_that_answers_slowly_is_not_pressed_in_a_chat() -> None:
    clock = Seconds()
    pace = Pace(clock=clock)
    pace.attend(CHAT)
    await pace.wait()
    clock.now += 60  # the look took so long
    with anyio.move_on_after(CHAT_OPEN * 1.2 + 0.5) as waiting:
        await pace.wait()
    assert waiting.cancelled_caught


async def test_the_time_set_is_the_time_waited() -> None:
    began = time.monotonic()
    await Pace(fixed=FLOOR).wait()
    assert time.monotonic() - began >= FLOOR * 0.99


async def test_looking_goes_on_from_the_last_cursor() -> None:
    asked: list[Cursor | None] = []
    pace = Pace(fixed=600)

    async def look(since: Cursor | None) -> AsyncIterator[Batch]:
        asked.append(since)
        yield Batch()  # under way: no place to go on from
        yield Batch(cursor=Cursor(f"c{len(asked)}"), caught_up=True)
        pace.kick()

    stream = keep_looking(look, Cursor("start"), pace=pace)
    with anyio.fail_after(5):
        async for _ in stream:
            if len(asked) == 3:
                break
    assert asked == ["start", "c1", "c2"]


async def test_a_look_that_fails_ends_the_stream() -> None:
    async def look(since: Cursor | None) -> AsyncIterator[Batch]:
        yield Batch(cursor=since)
        raise ConnectionError("gone")

    stream = keep_looking(look, Cursor("c"), pace=Pace(fixed=600))
    assert (await anext(stream)).cursor == "c"
    with pytest.raises(ConnectionError):
        await anext(stream)
