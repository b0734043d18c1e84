"""Each wish at Request Tracker: said once, found again, and told as what it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from anyio import create_task_group, fail_after, to_thread
from anyio.lowlevel import checkpoint

from tests.contract.listening import hear
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, send
from tests.desks.rt.acting import a_wish, in_hours, raised
from tests.desks.rt.site import IT_SUPPORT, WORKPLACE, RtSiteRig
from tests.rigs.flaky_proxy import Fault
from tests.rigs.technician import Technician
from tracker.desks.base import Capability
from tracker.desks.rt.desk import RtDesk
from tracker.model.call import CallState
from tracker.model.errors import CommandRejected, DeskError
from tracker.model.event import EventKind
from tracker.model.person import ActorKind
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.ticket import Act, TicketId
from tracker.model.window import Window
from tracker.model.wish import WishKind

pytestmark = [pytest.mark.rt, pytest.mark.anyio]

WORDS = {
    WishKind.NEWS: EventKind.NEWS_ASKED,
    WishKind.CAN_WAIT: EventKind.CAN_WAIT,
    WishKind.CALL: EventKind.CALLBACK_ASKED,
    WishKind.CALL_OFF: EventKind.CALLBACK_CANCELLED,
    WishKind.THANKS: EventKind.THANKED,
    WishKind.OPTION: EventKind.OPTION_CHOSEN,
}


async def a_visit(tess: Technician, ticket: TicketId) -> None:
    tess.set_fields(ticket, {"Technician visit": in_hours(20), "Visit until": in_hours(22)})
    tess.status(ticket, "scheduled")


async def test_what_is_said_while_work_goes_on_comes_back_as_what_it_was(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Wishes")
    for kind in WORDS:
        await send(jane, a_wish(ticket, kind, text=f"My line on {kind.value}."), outgoing)
    story = await hear(jane)
    told = {
        event.kind: event for event in story.of(ticket) if event.text.endswith(tuple(f"{k}." for k in WORDS))
    }
    assert told.keys() == set(WORDS.values())
    assert {event.actor.kind for event in told.values()} == {ActorKind.YOU}
    messages = tess.messages(ticket)
    assert len(messages) == 1 + len(WORDS)
    assert messages[1].startswith("Is there any news on this request?")


@pytest.mark.parametrize("queue", [IT_SUPPORT, WORKPLACE])
async def test_a_wish_whose_answer_got_lost_is_found_and_said_once(
    queue: str, rt_site: RtSiteRig, jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, queue, "Lost wish")
    window = Window(in_hours(5), in_hours(6))
    for wish in (
        a_wish(ticket, WishKind.NEWS, text="Please."),
        a_wish(ticket, WishKind.CALL, windows=(window,), phone="0123", text="Any time."),
    ):
        assert await jane.find(wish) is None
        rt_site.network.fail(Fault.LOSE, match=rt_site.writes, times=1)
        with pytest.raises(DeskError):
            await jane.send(wish, outgoing)
        rt_site.network.restore()
        again = rt_site.desk("jane")
        found = await again.find(wish)
        assert found is not None
        assert found.event in (await hear(again)).events
        assert await again.find(a_wish(ticket, wish.kind, text="Another.")) is None
        await again.aclose()
    assert len(tess.messages(ticket)) == 3


async def test_a_call_is_asked_for_booked_tried_and_done(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Call me")
    minutes = [in_hours(hours).replace(second=0) for hours in (2, 3, 26, 27)]
    free = (Window(minutes[0], minutes[1]), Window(minutes[2], minutes[3]))
    wish = a_wish(ticket, WishKind.CALL, windows=free, phone="+49 30 123", text="Ring twice.")
    receipt = await send(jane, wish, outgoing)
    story = await hear(jane)
    assert Capability.CALLS in (await jane.check()).capabilities
    call = story.tickets[ticket].call
    assert call is not None
    assert (call.state, call.phone, call.windows) == (CallState.ASKED, "+49 30 123", free)
    (asked,) = [event for event in story.of(ticket) if event.kind is EventKind.CALLBACK_ASKED]
    assert (asked.id, asked.command_id, asked.details.call) == (receipt.event, wish.id, call)

    starts, ends = in_hours(2), in_hours(2.5)
    tess.set_fields(ticket, {"Call from": starts, "Call until": ends, "Call state": "booked"})
    story = await hear(jane)
    call = story.tickets[ticket].call
    assert call is not None
    assert (call.state, call.starts, call.ends) == (CallState.BOOKED, starts, ends)
    (promise,) = story.tickets[ticket].promises
    assert (promise.kind, promise.latest, promise.state) == (PromiseKind.CALLBACK, ends, PromiseState.OPEN)
    for word in ("tried", "booked", "done"):
        tess.field(ticket, "Call state", word)
    story = await hear(jane)
    call = story.tickets[ticket].call
    assert call is not None
    assert (call.state, call.tries) == (CallState.DONE, 1)
    assert [kind.value for kind in story.kinds(ticket) if kind.value.startswith("callback")] == [
        *("callback_asked", "callback_booked", "callback_tried", "callback_booked", "callback_done")
    ]


async def test_times_for_a_call_that_are_over_are_refused(jane: RtDesk, outgoing: Outgoing) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Too late")
    for window in (Window(in_hours(-2), in_hours(-1)), Window(in_hours(2), in_hours(1))):
        with pytest.raises(CommandRejected) as refused:
            await jane.send(a_wish(ticket, WishKind.CALL, windows=(window,)), outgoing)
        assert_plain(refused.value)


async def test_what_is_said_of_a_visit_goes_to_the_desk_and_into_its_fields(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "About the visit")
    await a_visit(tess, ticket)
    visit = (await hear(jane)).tickets[ticket].visit
    assert visit is not None
    place = a_wish(ticket, WishKind.VISIT_PLACE, about=visit.id, place="Room 7", text="Ring at the gate.")
    wished = Window(in_hours(30), in_hours(32))
    for wish in (
        a_wish(ticket, WishKind.VISIT_OK, about=visit.id),
        place,
        a_wish(ticket, WishKind.VISIT_MOVE, about=visit.id, windows=(wished,)),
        a_wish(ticket, WishKind.VISIT_NOT_THERE, about=visit.id),
    ):
        await send(jane, wish, outgoing)
    assert (tess.fields(ticket)["Location"], tess.fields(ticket)["How to find me"]) == (
        "Room 7",
        "Ring at the gate.",
    )
    story = await hear(jane)
    visit = story.tickets[ticket].visit
    assert visit is not None
    assert (visit.confirmed, visit.place, visit.directions) == (True, "Room 7", "Ring at the gate.")
    assert story.kinds(ticket)[-4:] == [
        EventKind.VISIT_CONFIRMED,
        EventKind.VISIT_PLACE,
        EventKind.VISIT_MOVE_ASKED,
        EventKind.VISIT_NOT_THERE,
    ]
    assert Act.CONFIRM_VISIT not in story.tickets[ticket].may


async def test_a_visit_that_was_moved_meanwhile_is_not_confirmed_unseen(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Moved meanwhile")
    await a_visit(tess, ticket)
    early = a_wish(ticket, WishKind.VISIT_OK, at=datetime.now(UTC) - timedelta(minutes=5))
    with pytest.raises(CommandRejected, match="moved meanwhile"):
        await jane.send(early, outgoing)
    other = a_wish(ticket, WishKind.VISIT_NOT_THERE, seen=in_hours(5))
    with pytest.raises(CommandRejected, match="moved meanwhile"):
        await jane.send(other, outgoing)
    tess.clear_field(ticket, "Technician visit")
    with pytest.raises(CommandRejected, match="was called off"):
        await jane.send(a_wish(ticket, WishKind.VISIT_MOVE), outgoing)
    assert len(tess.messages(ticket)) == 1


async def test_who_looks_between_the_words_and_their_note_does_not_take_a_wish_for_a_reply(
    rt_site: RtSiteRig, jane: RtDesk, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Halfway")
    by_hand = await to_thread.run_sync(Technician, rt_site.rig, rt_site.people.named("jane"))
    wish = a_wish(ticket, WishKind.NEWS)
    await to_thread.run_sync(by_hand.reply, ticket, "Any news?")
    rt_site.network.requests.clear()
    async with create_task_group() as tasks:

        async def note_it() -> None:
            with fail_after(20):
                while sum(f"/ticket/{ticket}/history" in line for line in rt_site.network.requests) < 1:
                    await checkpoint()
            await to_thread.run_sync(by_hand.field, ticket, "Client id", f"{wish.id} news")

        tasks.start_soon(note_it)
        story = await hear(jane)
    by_hand.close()
    assert story.kinds(ticket)[2] is EventKind.NEWS_ASKED
    assert story.of(ticket)[2].command_id == wish.id
