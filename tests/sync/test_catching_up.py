"""News into the store: the list, the histories, then what happens; each batch whole or not at all."""

from __future__ import annotations

from datetime import timedelta

import anyio

from tests.fakes.simulated_time import START, simulated
from tests.sync.world import World
from tracker.model.health import Condition
from tracker.model.listing import Filter
from tracker.store import meta


@simulated
async def test_the_first_sync_brings_every_request_and_its_history(world: World) -> None:
    tickets = [world.raised(f"Request {number}") for number in range(7)]
    world.helpdesk.reply(tickets[3], "Which room?")
    async with world.running():
        await world.in_step()
        with world.reading() as reader:
            assert set(reader.tickets(Filter.ALL)) == set(tickets)
            assert [event.text for event in reader.events(tickets[3])] == ["It drops.", "Which room?"]
            assert reader.as_of() is not None
            assert [service.id for service in reader.services()] == ["network", "hardware"]
            assert reader.attachment_limit() == 4_000_000
    assert world.listener.change.tickets >= set(tickets)
    assert world.listener.change.catalogue


@simulated
async def test_health_goes_from_syncing_to_live_with_the_time(world: World) -> None:
    async with world.running() as engine:
        assert engine.health().condition is Condition.SYNCING
        await world.in_step()
        health = engine.health()
        assert (health.condition, health.push, health.sentence) == (Condition.OK, True, "")
        assert health.as_of is not None
        assert timedelta() <= health.as_of - START < timedelta(seconds=1)
    assert world.listener.conditions == [Condition.OK], "syncing is what every start says"


@simulated
async def test_what_happens_is_pushed_at_once(world: World) -> None:
    ticket = world.raised()
    async with world.running():
        await world.in_step()
        world.helpdesk.reply(ticket, "We are on it.")
        assert await world.until(world.is_in_step) < 1
        with world.reading() as reader:
            assert reader.events(ticket)[-1].text == "We are on it."
    assert [event.text for event in world.listener.events] == ["We are on it."]


@simulated
async def test_a_restart_goes_on_from_the_cursor(world: World) -> None:
    ticket = world.raised()
    async with world.running():
        await world.in_step()
    world.helpdesk.reply(ticket, "While you were out.")
    world.network.requests.clear()
    async with world.running() as engine:
        assert engine.health().as_of is not None
        await world.in_step()
    assert "GET /changes" in world.network.requests
    assert "GET /tickets" not in world.network.requests


@simulated
async def test_a_lost_cursor_tells_all_again_and_doubles_nothing(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        with engine.connection:
            meta.put(engine.connection, "cursor", b"unknown")
    world.helpdesk.reply(ticket, "Hello again.")
    world.listener.told_all.clear()
    async with world.running():
        await world.in_step()
        with world.reading() as reader:
            assert [event.text for event in reader.events(ticket)] == ["It drops.", "Hello again."]
    assert world.listener.told_all == []


@simulated
async def test_events_cursor_and_notice_are_stored_together_or_not_at_all(world: World) -> None:
    """The disk refuses the notice: then the event must not be there either, nor the new cursor."""
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        before = meta.cursor(engine.connection)
        engine.connection.execute(
            "create temp trigger full before insert on main.notice begin select raise(abort, 'full'); end"
        )
        world.helpdesk.reply(ticket, "We are on it.")
        await world.until(lambda: world.condition is Condition.BROKEN)
        with world.reading() as reader:
            assert [event.text for event in reader.events(ticket)] == ["It drops."]
            assert reader.notices() == ()
        assert meta.cursor(engine.connection) == before
        assert world.listener.told_all == []
        engine.connection.execute("drop trigger full")
        await world.in_step()
        assert meta.cursor(engine.connection) == str(len(world.helpdesk.facts))
    assert [notice.ticket for notice in world.listener.toasts] == [ticket]


@simulated
async def test_nobody_signed_in_waits_quietly(world: World) -> None:
    async with world.running(follow=False) as engine:
        engine.follow(None)
        await anyio.sleep(60)
        assert world.condition is Condition.SIGN_IN_NEEDED
        assert world.network.requests == []
        engine.follow(world.desk())
        await world.in_step()


@simulated
async def test_following_another_desk_closes_the_first(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        first = engine.desk
        engine.follow(world.desk())
        await world.in_step()
        assert engine.desk is not first
        assert first is not None
        assert not first._signed_in  # type: ignore[attr-defined]


@simulated
async def test_after_leaving_nothing_more_is_written(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.helpdesk.reply(ticket, "Just now.")
        await engine.leave()
        engine.forget()
        world.helpdesk.reply(ticket, "Too late.")
        await anyio.sleep(30)
        with world.reading() as reader:
            assert reader.tickets(Filter.ALL) == ()
            assert reader.events(ticket) == ()
        assert engine.health().as_of is None
        assert engine.desk is None
        assert engine.account is None


@simulated
async def test_asking_for_news_ends_with_the_desks_next_word(world: World) -> None:
    world.raised()
    async with world.running() as engine:
        assert engine.account is not None
        first = engine.account.expect_news()
        await first.wait()
        second = engine.account.expect_news()
        assert not second.is_set()
        assert engine.account.expect_news() is second
        world.helpdesk.reply(next(iter(world.helpdesk.tickets)), "Hello.")
        await second.wait()
