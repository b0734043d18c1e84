"""Each wish at Request Tracker: said once, found again, and told as what it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from anyio import create_task_group, fail_after, to_thread
from anyio.lowlevel import checkpoint

from tests.contract.listening import hear
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, send
from tests.desks.rt.acting import in_hours, raised
from tests.desks.rt.site import FACILITIES, IT_SUPPORT, WORKPLACE, RtSiteRig
from tests.rigs.flaky_proxy import Fault
from tests.rigs.technician import Technician
from tracker.desks.base import Capability
from tracker.desks.rt.desk import RtDesk
from tracker.model.call import CallState
from tracker.model.command import new_command_id
from tracker.model.errors import CommandRejected, DeskError
from tracker.model.event import EventKind
from tracker.model.person import ActorKind
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.ticket import Act, TicketId, TicketState
from tracker.model.window import Window
from tracker.model.wish import Wish, WishKind

pytestmark = [pytest.mark.rt, pytest.mark.anyio]

WORDS = {
    WishKind.NEWS: EventKind.NEWS_ASKED,
    WishKind.CAN_WAIT: EventKind.CAN_WAIT,
    WishKind.CALL: EventKind.CALLBACK_ASKED,
    WishKind.CALL_OFF: EventKind.CALLBACK_CANCELLED,
    WishKind.THANKS: EventKind.THANKED,
    WishKind.OPTION: EventKind.OPTION_CHOSEN,
}


def a_wish(ticket: TicketId, kind: WishKind, **more: object) -> Wish:
    wish = Wish(new_command_id(), datetime.now(UTC), ticket, kind)
    return replace(wish, **more)  # type: ignore[arg-type]


async def a_visit(tess: Technician, ticket: TicketId) -> None:
    tess.set_fields(ticket, {"Technician visit": in_hours(20), "Visit until": in_hours(22)})
    tess.status(ticket, "scheduled")


async def ended(desk: RtDesk, tess: Technician, outgoing: Outgoing, queue: str, *how: str) -> TicketId:
    ticket = await raised(desk, outgoing, queue, "After the end")
    for status in ("open", *how):
        tess.status(ticket, status)
    return ticket


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
    tess.clear_field(ticket, "Technician visit")
    with pytest.raises(CommandRejected, match="was called off"):
        await jane.send(a_wish(ticket, WishKind.VISIT_MOVE), outgoing)
    assert len(tess.messages(ticket)) == 1


async def test_thanks_and_still_fine_open_nothing_and_are_told(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await ended(jane, tess, outgoing, IT_SUPPORT, "resolved")
    for kind in (WishKind.THANKS, WishKind.STILL_FINE):
        wish = a_wish(ticket, kind, text="Works.")
        assert await jane.find(wish) is None
        receipt = await send(jane, wish, outgoing)
        assert not receipt.kept_here
        assert receipt.event is not None
        assert await jane.find(wish) == receipt
    assert {Capability.THANKS, Capability.CHECK_INS} <= (await jane.check()).capabilities
    assert tess.read(ticket, "Status") == "resolved"
    assert len(tess.messages(ticket)) == 1
    story = await hear(jane)
    assert story.kinds(ticket)[-2:] == [EventKind.THANKED, EventKind.CHECKED_IN]
    assert story.of(ticket)[-1].details.fine is True


async def test_thanks_are_kept_here_where_comments_are_not_for_employees(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await ended(jane, tess, outgoing, FACILITIES, "resolved")
    receipt = await send(jane, a_wish(ticket, WishKind.THANKS), outgoing)
    assert receipt.kept_here
    assert (tess.read(ticket, "Status"), len(tess.messages(ticket))) == ("resolved", 1)


async def test_a_rating_with_its_line_lands_in_the_fields(
    rt_site: RtSiteRig, jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await ended(jane, tess, outgoing, IT_SUPPORT, "resolved")
    assert Act.RATE in (await hear(jane)).tickets[ticket].may
    wish = a_wish(ticket, WishKind.RATE, score=5, text="Quick and kind.")
    rt_site.network.fail(Fault.LOSE, match=rt_site.writes, times=1)
    with pytest.raises(DeskError):
        await jane.send(wish, outgoing)
    rt_site.network.restore()
    assert await jane.find(wish) is not None
    receipt = await send(jane, wish, outgoing)
    assert not receipt.kept_here
    fields = tess.fields(ticket)
    assert (fields["Satisfaction"], fields["Rating comment"]) == ("5", "Quick and kind.")
    story = await hear(jane)
    (rated,) = [event for event in story.of(ticket) if event.kind in (EventKind.RATED, EventKind.CONFIRMED)]
    assert (rated.kind, rated.details.score, rated.text) == (EventKind.RATED, 5, "Quick and kind.")
    assert story.tickets[ticket].rating == 5


async def test_a_rating_is_kept_here_where_the_desk_has_no_place_for_it(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await ended(jane, tess, outgoing, FACILITIES, "resolved")
    assert (await send(jane, a_wish(ticket, WishKind.RATE, score=3), outgoing)).kept_here
    with pytest.raises(CommandRejected) as refused:
        await jane.send(a_wish(ticket, WishKind.RATE, score=9), outgoing)
    assert_plain(refused.value)


async def test_it_came_back_opens_again_and_is_no_not_yet(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await ended(jane, tess, outgoing, IT_SUPPORT, "resolved", "closed")
    await send(jane, a_wish(ticket, WishKind.CAME_BACK, text="It flickers again."), outgoing)
    story = await hear(jane)
    assert story.tickets[ticket].state is TicketState.WORKING
    (checked, reopened) = story.of(ticket)[-2:]
    assert (checked.kind, checked.details.fine, reopened.kind) == (
        EventKind.CHECKED_IN,
        False,
        EventKind.REOPENED,
    )


async def test_a_desk_that_opens_nothing_again_says_so(
    rt_site: RtSiteRig, jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await ended(jane, tess, outgoing, WORKPLACE, "resolved", "closed")
    with pytest.raises(CommandRejected, match="Raise a new one") as refused:
        await jane.send(a_wish(ticket, WishKind.CAME_BACK), outgoing)
    assert_plain(refused.value)
    desk = rt_site.desk("jane", options=(("final_statuses", "closed"),))
    before = len(tess.messages(ticket))
    with pytest.raises(CommandRejected, match="does not open this request again"):
        await desk.send(a_wish(ticket, WishKind.CAME_BACK), outgoing)
    assert len(tess.messages(ticket)) == before
    assert Act.NOT_FIXED not in (await hear(desk)).tickets[ticket].may
    await desk.aclose()


async def test_what_would_open_an_ended_request_is_not_sent(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await ended(jane, tess, outgoing, IT_SUPPORT, "resolved")
    with pytest.raises(CommandRejected, match="has ended meanwhile") as refused:
        await jane.send(a_wish(ticket, WishKind.NEWS), outgoing)
    assert_plain(refused.value)
    assert tess.read(ticket, "Status") == "resolved"


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
