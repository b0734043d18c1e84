"""What is told of news, and what is not: history, one's own acts, anything twice."""

from __future__ import annotations

from datetime import timedelta

import anyio
import pytest

from tests.fakes.simulated_time import START, simulated
from tests.sync.world import World, hours
from tracker.model.batch import Batch
from tracker.model.focus import Focus
from tracker.model.notice import NoticeClass, Show
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId


class Crash(BaseException):
    """The program ends here."""


async def crash_at(world: World, point: str) -> None:
    """Run until the program passes this point after the technician's next word, and end there."""

    def stop(name: str) -> None:
        if name == point:
            raise Crash

    async def run() -> None:
        async with world.running():
            await world.in_step()
            world.checkpoint = stop
            world.helpdesk.reply(next(iter(world.helpdesk.tickets)), "We are on it.")
            await anyio.sleep(60)

    with pytest.raises(BaseExceptionGroup) as ended:
        await run()
    assert ended.group_contains(Crash)
    world.checkpoint = lambda _point: None


@simulated
async def test_history_is_never_announced(world: World) -> None:
    ticket = world.raised()
    world.helpdesk.ask(ticket, "Which room?")
    world.helpdesk.resolve(ticket, "Done.")
    async with world.running():
        await world.in_step()
    assert world.listener.told_all == []
    assert world.listener.events == []


@simulated
async def test_what_happens_is_told_once_also_after_a_restart(world: World) -> None:
    ticket = world.raised()
    async with world.running():
        await world.in_step()
        world.helpdesk.ask(ticket, "Which room?")
        await world.until(lambda: world.listener.toasts)
    for _ in range(3):
        async with world.running():
            await world.in_step()
            await anyio.sleep(5)
    assert len(world.listener.toasts) == 1
    with world.reading() as reader:
        assert [notice.ticket for notice in reader.notices()] == [ticket]
        assert reader.counts().unread == 1


@simulated
async def test_a_crash_before_the_news_is_stored_tells_it_at_the_next_start(world: World) -> None:
    world.raised()
    await crash_at(world, "news.before_store")
    assert world.listener.toasts == []
    async with world.running():
        await world.in_step()
    assert len(world.listener.toasts) == 1


@pytest.mark.parametrize("point", ["news.after_store", "news.after_tell"])
def test_a_crash_after_the_news_is_stored_never_tells_it_twice(world: World, point: str) -> None:
    @simulated
    async def story() -> None:
        world.raised()
        await crash_at(world, point)
        told = len(world.listener.toasts)
        async with world.running():
            await world.in_step()
            await anyio.sleep(60)
        assert len(world.listener.toasts) == told == int(point == "news.after_tell")
        with world.reading() as reader:
            assert reader.counts().unread == 1, "it is in the list all the same"

    story()


@simulated
async def test_ones_own_acts_are_silent_here_and_elsewhere(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        engine.letters.submit(world.reply(ticket))
        engine.letters.submit(world.create("Another"))
        world.helpdesk.write("jane", world.reply(ticket, "From my browser"), ())
        await world.in_step()
    assert world.listener.toasts == []
    assert len(world.listener.events) == 3
    assert set(world.listener.withdrawn) == set(world.helpdesk.tickets)


@simulated
async def test_writing_elsewhere_reads_what_was_told(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.helpdesk.ask(ticket, "Which room?")
        await world.until(lambda: world.listener.toasts)
        world.helpdesk.write("jane", world.reply(ticket, "Room 5"), ())
        await world.in_step()
        with world.reading() as reader:
            assert reader.counts().unread == 0
        assert world.listener.withdrawn == [ticket]
        assert engine._herald.attention.live == ()


@simulated
async def test_after_a_night_there_is_one_summary_and_what_cannot_wait(world: World) -> None:
    first, second, third = (world.raised(f"Request {number}") for number in range(3))
    async with world.running():
        await world.in_step()
    world.clocks.sleep(hours(3))
    for number in range(4):
        world.helpdesk.reply(first, f"Word {number}")
    world.helpdesk.assign(second)
    world.helpdesk.ask(third, "Which room?")
    async with world.running():
        await world.in_step()
        summaries = [notice for notice in world.listener.toasts if notice.ticket is None]
        assert len(summaries) == 1
        values = dict(summaries[0].body.values)
        assert (values["updates"], values["requests"]) == (6, 3)
        assert "need" in summaries[0].body.template
        assert [notice.ticket for notice in world.listener.toasts if notice.ticket] == [third]
        world.helpdesk.reply(first, "And now live.")
        await world.in_step()
    assert world.listener.toasts[-1].ticket == first


@simulated
async def test_a_short_break_is_no_gap(world: World) -> None:
    ticket = world.raised()
    async with world.running():
        await world.in_step()
    world.clocks.sleep(timedelta(minutes=5))
    world.helpdesk.ask(ticket, "Which room?")
    async with world.running():
        await world.in_step()
    assert [notice.ticket for notice in world.listener.toasts] == [ticket]


@simulated
async def test_what_comes_in_one_go_replaces_instead_of_stacking(world: World) -> None:
    ticket = world.raised()
    async with world.running():
        await world.in_step()
        world.helpdesk.assign(ticket)
        await world.in_step()
        world.helpdesk.start(ticket)
        await world.in_step()
    assert [notice.show for notice in world.listener.toasts] == [Show.TOAST, Show.REPLACE]


@simulated
async def test_a_ticket_that_is_being_read_has_no_toast(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        engine.attend(Focus(visible=True, ticket=ticket))
        world.helpdesk.reply(ticket, "Look here.")
        await world.in_step()
        with world.reading() as reader:
            assert [(n.show, n.read) for n in reader.notices()] == [(Show.LIST, True)]
    assert world.listener.toasts == []


@simulated
async def test_a_request_followed_by_its_local_reference_has_no_toast_either(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        raised = world.create()
        engine.letters.submit(raised)
        await world.in_step()
        engine.attend(Focus(visible=True, ticket=raised.ticket))
        world.helpdesk.reply(TicketId("T-1"), "Look here.")
        await world.in_step()
    assert world.listener.toasts == []


@simulated
async def test_reading_takes_the_toast_away_and_empties_the_badge(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.helpdesk.ask(ticket, "Which room?")
        await world.until(lambda: world.listener.toasts)
        engine.read(ticket)
        with world.reading() as reader:
            assert reader.counts().unread == 0
        assert world.listener.withdrawn == [ticket]
        world.helpdesk.ask(ticket, "And which floor?")
        await world.in_step()
        assert [notice.show for notice in world.listener.toasts] == [Show.TOAST, Show.TOAST]
        engine.read(None)
        with world.reading() as reader:
            assert reader.counts().unread == 0


@simulated
async def test_quiet_hours_hold_a_notice_until_the_morning(world: World) -> None:
    world.notify = NotifySettings(quiet_weekend=False)
    ticket = world.raised()
    async with world.running():
        await world.in_step()
        world.clocks.sleep(hours(14))  # 23:00
        await anyio.sleep(60)
        await world.in_step()
        world.helpdesk.ask(ticket, "Which room?")
        await world.until(world.is_in_step)
        assert world.listener.toasts == []
        await world.until(lambda: world.listener.toasts, within=12 * 3600)
        assert world.clocks.wall() >= START + hours(23)
    assert [notice.ticket for notice in world.listener.toasts] == [ticket]


@simulated
async def test_a_visit_is_told_a_quarter_of_an_hour_before(world: World) -> None:
    ticket = world.raised()
    starts = START + hours(2)
    async with world.running():
        await world.in_step()
        world.helpdesk.book_visit(ticket, starts, starts + hours(1))
        await world.in_step()
        await world.until(
            lambda: any(n.notice_class is NoticeClass.NOW for n in world.listener.toasts), within=2 * 3600
        )
        early = starts - world.clocks.wall()
        assert timedelta(minutes=14, seconds=55) <= early <= timedelta(minutes=15)
    told = len(world.listener.toasts)
    async with world.running():
        await world.in_step()
        await anyio.sleep(600)
    assert len(world.listener.toasts) == told, "a reminder is told once"


@simulated
async def test_a_missed_promise_is_told_by_the_clock_alone(world: World) -> None:
    ticket = world.raised()
    async with world.running():
        await world.in_step()
        world.helpdesk.promise(ticket, START + hours(1))
        await world.in_step()
        await world.until(lambda: len(world.listener.toasts) > 1, within=2 * 3600)
        assert world.clocks.wall() >= START + timedelta(minutes=75)
    assert world.listener.toasts[-1].notice_class is NoticeClass.PROMISE


@simulated
async def test_a_reminder_that_was_due_while_nobody_ran_is_told_at_the_start(world: World) -> None:
    ticket = world.raised()
    starts = START + hours(2)
    async with world.running():
        await world.in_step()
        world.helpdesk.book_visit(ticket, starts, starts + hours(1))
        await world.in_step()
    world.clocks.sleep(timedelta(minutes=110))
    world.listener.told_all.clear()
    async with world.running():
        await world.until(lambda: world.listener.toasts, within=10)
    assert [notice.notice_class for notice in world.listener.toasts] == [NoticeClass.NOW]


@simulated
async def test_a_request_that_is_gone_takes_its_toast_along(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.helpdesk.ask(ticket, "Which room?")
        await world.until(lambda: world.listener.toasts)
        engine._inbound.take(Batch(gone=(ticket,), live=True))
        assert world.listener.withdrawn == [ticket]
        assert engine._herald.attention.live == ()
        with world.reading() as reader:
            assert reader.notices() == ()
