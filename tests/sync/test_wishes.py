"""Wishes on their way: done at the desk, kept here where it has no place, taken back with their words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.desk import ALL
from tests.fakes.simulated_time import simulated
from tests.sync.world import World, hours
from tracker.desks.base import Capability
from tracker.model.command import CommandId, ConfirmFixed, Delivery, SayNotFixed
from tracker.model.event import Confidence, Event, EventKind
from tracker.model.ticket import TicketId
from tracker.model.wish import Wish, WishKind

POOR = ALL - {Capability.THANKS, Capability.RATE, Capability.CHECK_INS, Capability.CALLS}


def wish(world: World, ticket: TicketId, kind: WishKind, name: str = "w-1", text: str = "") -> Wish:
    return Wish(CommandId(name), world.clocks.wall(), ticket, kind, text)


def events(world: World, ticket: TicketId) -> tuple[Event, ...]:
    with world.reading() as reader:
        return reader.events(ticket)


def kinds(world: World, ticket: TicketId) -> list[EventKind]:
    return [event.kind for event in events(world, ticket)]


@simulated
async def test_a_wish_goes_with_the_desks_own_word_on_it(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        engine.letters.submit(wish(world, ticket, WishKind.NEWS))
        await world.in_step()
        assert kinds(world, ticket).count(EventKind.NEWS_ASKED) == 1


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        (WishKind.THANKS, EventKind.THANKED),
        (WishKind.RATE, EventKind.RATED),
        (WishKind.STILL_FINE, EventKind.CHECKED_IN),
    ],
)
def test_what_the_desk_has_no_place_for_is_kept_here_as_an_event(
    world: World, kind: WishKind, made: EventKind
) -> None:
    @simulated
    async def story() -> None:
        world.capabilities = POOR
        ticket = world.raised()
        async with world.running() as engine:
            await world.in_step()
            engine.letters.submit(replace(wish(world, ticket, kind, text="Quick."), score=4))
            await world.in_step()
            (event,) = [event for event in events(world, ticket) if event.kind is made]
            assert (event.text, event.confidence) == ("Quick.", Confidence.DERIVED)
            assert event.details.score == (4 if kind is WishKind.RATE else None)
            assert event.details.fine == (True if kind is WishKind.STILL_FINE else None)
            assert world.helpdesk.messages(ticket) == ["It drops."], "the desk was not told"

    story()


@simulated
async def test_a_call_at_a_desk_without_calls_becomes_a_message(world: World) -> None:
    world.capabilities = POOR
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        engine.letters.submit(replace(wish(world, ticket, WishKind.CALL), phone="+49 30 1"))
        await world.in_step()
        assert world.helpdesk.messages(ticket)[-1].startswith("Please call me back. My number is +49 30 1.")


@simulated
async def test_a_word_from_a_toast_and_from_the_window_is_one(world: World) -> None:
    ticket = world.raised()
    world.helpdesk.resolve(ticket, "Replaced.")
    async with world.running() as engine:
        await world.in_step()
        world.network.cut()
        first = ConfirmFixed(CommandId("yes-1"), world.clocks.wall(), ticket)
        assert engine.letters.submit(first) == "yes-1"
        assert engine.letters.submit(replace(first, id=CommandId("yes-2"))) == "yes-1"
        world.network.restore()
        await world.in_step()
        assert kinds(world, ticket).count(EventKind.CONFIRMED) == 1


@simulated
async def test_a_yes_and_a_no_at_once_lose_nothing(world: World) -> None:
    ticket = world.raised()
    world.helpdesk.resolve(ticket, "Replaced.")
    async with world.running() as engine:
        await world.in_step()
        at = world.clocks.wall()
        engine.letters.submit(ConfirmFixed(CommandId("yes-1"), at, ticket))
        engine.letters.submit(SayNotFixed(CommandId("no-1"), at, ticket, "It blinks."))
        await world.in_step()
        assert kinds(world, ticket)[-2:] == [EventKind.CONFIRMED, EventKind.NOT_FIXED]


@simulated
async def test_too_late_to_open_again_is_refused_and_the_words_stay(world: World) -> None:
    ticket = world.raised()
    world.helpdesk.reopens_no_more = True
    async with world.running() as engine:
        await world.in_step()
        engine.letters.submit(wish(world, ticket, WishKind.CAME_BACK, text="Since today."))
        await world.until(lambda: _delivery(world) is Delivery.REJECTED)
        (refused,) = engine.outbox.all()
        assert "closed too long ago" in (refused.error or "")
        draft = engine.letters.edit(refused.command.id)
        assert draft is not None
        assert draft.text == "Since today."


@simulated
async def test_a_wish_without_words_is_taken_back_without_a_draft(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.network.cut()
        engine.letters.submit(wish(world, ticket, WishKind.NEWS))
        await world.until(lambda: _delivery(world) is Delivery.UNSURE)
        assert engine.letters.edit(CommandId("w-1")) is None, "it may have arrived"
        engine.letters.submit(wish(world, ticket, WishKind.CAN_WAIT, "w-2"))
        assert engine.letters.edit(CommandId("w-2")) is None
        assert [pending.command.id for pending in engine.outbox.all()] == ["w-1"]
        assert engine.drafts.all() == ()


@simulated
async def test_an_answer_to_a_visit_names_the_window_that_is_known_here(world: World) -> None:
    ticket = world.raised()
    at = world.clocks.wall()
    world.helpdesk.book_visit(ticket, at + hours(30), at + hours(32))
    async with world.running() as engine:
        await world.in_step()
        world.network.cut()
        engine.letters.submit(replace(wish(world, ticket, WishKind.VISIT_OK), about="v1"))
        world.helpdesk.book_visit(ticket, at + hours(50), at + hours(52))
        world.network.restore()
        await world.until(lambda: _delivery(world) is Delivery.REJECTED)
        (refused,) = engine.outbox.all()
        assert "moved meanwhile" in (refused.error or "")


def _delivery(world: World) -> Delivery | None:
    waiting = world.engine.outbox.all()
    return waiting[0].delivery if waiting else None
