"""The engine's own rules: who is followed, what ends it, what the clock asks for."""

from __future__ import annotations

from functools import partial

import anyio
import pytest

from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.store.samples import event, later, ticket
from tests.sync.world import World, hours
from tracker.model.batch import Batch
from tracker.model.errors import SignInRequired, StoreError
from tracker.model.event import EventKind
from tracker.model.focus import Focus
from tracker.model.health import Condition
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import TicketId, TicketState
from tracker.store.errors import Damaged
from tracker.store.writer import Writer
from tracker.sync.timekeeper import TICK


@simulated
async def test_a_desk_is_there_only_when_somebody_is_signed_in(world: World) -> None:
    async with world.running(follow=False) as engine:
        with pytest.raises(SignInRequired, match="Sign in first"):
            engine.required_desk()
        engine.attend(Focus(visible=True))
        engine.check_now()
        engine._sent(world.create())
        engine.follow(world.desk())
        assert engine.required_desk() is engine.desk
        assert engine.account is not None
        assert engine.account.pace.focus == Focus(visible=True)


@simulated
async def test_a_sign_in_that_ends_while_the_desks_facts_are_asked_for_stops_that_too(world: World) -> None:
    world.network.fail(Fault.SIGN_IN, match=b"GET /desk", times=1)
    async with world.running() as engine:
        await anyio.sleep(3600)
        assert world.network.requests.count("GET /desk") == 1
        engine.check_now()
        await world.until(lambda: world.listener.change.catalogue, within=5)


def fails_with(error: Exception, *_given: object) -> None:
    raise error


@pytest.mark.parametrize("part", ["news", "facts", "clock"])
def test_a_damaged_store_ends_the_engine_so_that_it_is_rebuilt(
    world: World, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    @simulated
    async def run() -> None:
        async with world.running() as engine:
            await world.in_step()
            method = {"news": "unknown", "facts": "put_services", "clock": "next_due"}[part]
            monkeypatch.setattr(Writer, method, partial(fails_with, Damaged()))
            world.raised()
            if part == "facts":
                assert engine.account is not None
                engine.account.wake()
            await anyio.sleep(60)

    with pytest.raises(ExceptionGroup) as ended:
        run()
    assert ended.group_contains(Damaged)


@simulated
async def test_a_disk_that_fails_the_clock_once_is_asked_again(world: World) -> None:
    world.raised()
    async with world.running() as engine:
        await world.in_step()
        due, left = engine.writer.next_due, [1]

        def once() -> int | None:
            if left:
                left.pop()
                raise StoreError("The disk is full.")
            return due()

        engine.writer.next_due = once  # type: ignore[method-assign]
        await anyio.sleep(3 * TICK)
        assert left == []
        assert world.condition is Condition.OK


@simulated
async def test_news_of_a_ticket_that_is_not_here_is_stored_and_not_told(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        stray = event("e-stray", "Hello", ticket=TicketId("T-404"), at=world.clocks.wall())
        engine._inbound.take(Batch(events=(stray,), live=True))
        with world.reading() as reader:
            assert reader.events(TicketId("T-404")) != ()
    assert world.listener.toasts == []


@simulated
async def test_what_is_told_with_its_own_events_counts_for_what_is_due(world: World) -> None:
    """A live batch brings a visit and words on two tickets, of which one is over."""
    async with world.running() as engine:
        await world.in_step()
        now = world.clocks.wall()
        closes = ticket("T-1", state=TicketState.RESOLVED, auto_close_at=now + hours(30))
        over = ticket("T-2", state=TicketState.CANCELLED, auto_close_at=now + hours(30))
        words = (
            event("e1", kind=EventKind.SOLVED, at=now),
            event("e2", at=now, ticket=TicketId("T-2")),
            event("e3", at=later(1), actor=Person("Jane", ActorKind.YOU), ticket=TicketId("T-2")),
        )
        engine._inbound.take(Batch((closes, over), words, live=True))
        assert engine.writer.due(now + hours(31)) == ("T-1",)
        engine._inbound.take(
            Batch((ticket("T-1", state=TicketState.RESOLVED, auto_close_at=now),), live=True)
        )
        assert engine.writer.next_due() is None, "nothing is due of what should have closed already"
