"""What RT's transactions mean: people, states, promises, visits, ratings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.contract.listening import hear, listening
from tests.contract.writing import Outgoing, a_reply, not_yet
from tests.desks.rt.acting import asking, in_hours, raised
from tests.desks.rt.site import FACILITIES, IT_SUPPORT, WORKPLACE, RtSiteRig
from tests.rigs.technician import Technician
from tracker.desks.rt.desk import RtDesk
from tracker.model.event import EventKind
from tracker.model.person import ActorKind
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.ticket import Act, Priority, TicketId, TicketState
from tracker.model.visit import VisitState

pytestmark = [pytest.mark.rt, pytest.mark.anyio]


async def test_technicians_are_named_although_their_records_are_closed_to_us(
    jane: RtDesk, tess: Technician, theo: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Names")
    tess.take(ticket)
    tess.hand_to(ticket, theo.person)
    story = await hear(jane)
    assigned, handed = [e for e in story.of(ticket) if e.kind in (EventKind.ASSIGNED, EventKind.HANDED_OVER)]
    assert (assigned.kind, assigned.details.person, assigned.details.previous) == (
        EventKind.ASSIGNED,
        "Tess Tech",
        None,
    )
    assert (handed.details.person, handed.details.previous) == ("Theo Tools", "Tess Tech")
    owner = story.tickets[ticket].owner
    assert owner is not None
    assert owner.name == "Theo Tools"


async def test_a_hand_over_to_another_team_names_it(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Wrong team")
    tess.move(ticket, "Workplace")
    story = await hear(jane)
    (moved,) = [event for event in story.of(ticket) if event.kind is EventKind.HANDED_OVER]
    assert (moved.details.team, moved.details.previous) == ("Workplace", "IT Support")
    assert story.tickets[ticket].team == "Workplace"


async def test_a_promised_date_is_made_moved_and_taken_back(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Promises")
    first, second = in_hours(10), in_hours(20)
    tess.due(ticket, first)
    tess.due(ticket, second)
    tess.field(ticket, "Next update by", in_hours(2))
    story = await hear(jane)
    fixes = [each for each in story.tickets[ticket].promises if each.kind is PromiseKind.FIX]
    assert [(each.latest, each.state) for each in fixes] == [
        (first, PromiseState.MOVED),
        (second, PromiseState.OPEN),
    ]
    assert fixes[1].supersedes == fixes[0].id
    assert {each.kind for each in story.tickets[ticket].promises} == {
        PromiseKind.FIX,
        PromiseKind.NEXT_UPDATE,
    }
    tess.no_due(ticket)
    story = await hear(jane)
    assert [kind for kind in story.kinds(ticket) if kind.value.startswith("promise")] == [
        EventKind.PROMISE_MADE,
        EventKind.PROMISE_MOVED,
        EventKind.PROMISE_MADE,
        EventKind.PROMISE_WITHDRAWN,
    ]


async def test_a_date_promised_when_the_request_was_made_is_told(
    rt_site: RtSiteRig, jane: RtDesk, tess: Technician
) -> None:
    due = in_hours(30)
    name = rt_site.people.named("jane").name
    ticket = TicketId(
        tess.create("IT Support", "By phone", Requestor=name, Due=due.strftime("%Y-%m-%d %H:%M:%S"))
    )
    story = await hear(jane)
    (promise,) = story.tickets[ticket].promises
    assert (promise.kind, promise.latest, promise.state) == (PromiseKind.FIX, due, PromiseState.OPEN)
    assert promise.made_at == story.tickets[ticket].created_at


async def test_a_visit_is_booked_moved_under_way_and_done(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    command = asking(IT_SUPPORT, "Visit", fields=(("Location", "Room 3.14"),))
    ticket = (await jane.send(command, outgoing)).ticket
    tess.take(ticket)
    tess.field(ticket, "Technician visit", in_hours(3))
    tess.status(ticket, "scheduled")
    later = in_hours(4)
    tess.field(ticket, "Technician visit", later)
    tess.status(ticket, "dispatched")
    story = await hear(jane)
    visit = story.tickets[ticket].visit
    assert visit is not None
    assert (visit.starts, visit.state, visit.place, visit.agent) == (
        later,
        VisitState.ON_THE_WAY,
        "Room 3.14",
        "Tess Tech",
    )
    tess.status(ticket, "resolved")
    story = await hear(jane)
    assert [kind for kind in story.kinds(ticket) if kind.value.startswith("visit")] == [
        EventKind.VISIT_BOOKED,
        EventKind.VISIT_MOVED,
        EventKind.VISIT_ON_THE_WAY,
        EventKind.VISIT_DONE,
    ]
    visit = story.tickets[ticket].visit
    assert visit is not None
    assert visit.state is VisitState.DONE


async def test_a_visit_taken_back_is_cancelled(jane: RtDesk, tess: Technician, outgoing: Outgoing) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "No visit")
    tess.field(ticket, "Technician visit", in_hours(3))
    tess.clear_field(ticket, "Technician visit")
    story = await hear(jane)
    assert story.kinds(ticket)[-1] is EventKind.VISIT_CANCELLED
    visit = story.tickets[ticket].visit
    assert visit is not None
    assert visit.state is VisitState.CANCELLED


async def test_a_reply_that_puts_it_to_wait_for_you_is_a_question_and_yours_is_the_answer(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Question")
    tess.reply(ticket, "Which room?", status="waiting")
    await jane.send(a_reply(ticket, "Room 3."), outgoing)
    story = await hear(jane)
    kinds = {event.text: event.kind for event in story.of(ticket) if event.text}
    assert kinds["Which room?"] is EventKind.QUESTION
    assert kinds["Room 3."] is EventKind.ANSWER
    assert story.kinds(ticket).count(EventKind.QUESTION) == 1


async def test_an_answer_ends_the_wait_though_rt_leaves_the_status_as_it_is(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Answered")
    tess.reply(ticket, "Which room?", status="waiting")
    for text in ("Room 3.", "On the left."):
        await jane.send(a_reply(ticket, text), outgoing)
    story = await hear(jane)
    assert tess.read(ticket, "Status") == "waiting"
    assert (story.tickets[ticket].state, story.tickets[ticket].state_word) == (TicketState.WORKING, "waiting")
    assert story.kinds(ticket)[-2:] == [EventKind.ANSWER, EventKind.REPLY]
    tess.reply(ticket, "And which desk?")
    story = await hear(jane)
    assert story.tickets[ticket].state is TicketState.WAITING_FOR_YOU
    assert story.kinds(ticket)[-1] is EventKind.QUESTION


async def test_a_question_that_follows_a_told_reply_is_still_told_as_one(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Waiting later")
    async with listening(jane) as ear:
        await ear.until(lambda told: told.caught_up)
        tess.reply(ticket, "Please restart it.")
        await ear.until(lambda told: told.says(ticket, "Please restart it."))
        tess.status(ticket, "waiting")
        story = await ear.until(lambda told: EventKind.QUESTION in told.kinds(ticket))
    assert story.tickets[ticket].state is TicketState.WAITING_FOR_YOU
    assert Act.ANSWER in story.tickets[ticket].may


async def test_not_yet_on_rts_own_lifecycle_opens_again_by_the_reply(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, FACILITIES, "Lamp")
    tess.take(ticket)
    tess.status(ticket, "open")
    tess.status(ticket, "resolved")
    await jane.send(not_yet(ticket, "Still dark."), outgoing)
    story = await hear(jane)
    assert story.tickets[ticket].state is TicketState.WORKING
    assert story.kinds(ticket)[-2:] == [EventKind.NOT_FIXED, EventKind.REOPENED]
    assert story.of(ticket)[-2].text == "Still dark."


async def test_the_priority_an_employee_gives_is_kept_and_changes_are_told(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    command = asking(IT_SUPPORT, "Urgent", priority=Priority.URGENT)
    ticket = (await jane.send(command, outgoing)).ticket
    assert (await hear(jane)).tickets[ticket].priority is Priority.URGENT
    tess.priority(ticket, 10)
    story = await hear(jane)
    assert story.tickets[ticket].priority is Priority.LOW
    assert story.of(ticket)[-1].details.status_word == "low"


async def test_a_rating_given_elsewhere_is_told(jane: RtDesk, tess: Technician, outgoing: Outgoing) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Rated")
    tess.field(ticket, "Satisfaction", "2")
    story = await hear(jane)
    assert story.tickets[ticket].rating == 2
    assert (story.of(ticket)[-1].kind, story.of(ticket)[-1].details.score) == (EventKind.RATED, 2)


async def test_dates_that_are_not_set_are_none_and_not_1970(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "No dates")
    snapshot = (await hear(jane)).tickets[ticket]
    assert (snapshot.promises, snapshot.visit, snapshot.state_since) == ((), None, None)


async def test_what_the_server_does_itself_is_nobodys_deed(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "By itself")
    tess.reply(ticket, "Hello.")  # RT opens a new ticket on the first reply
    story = await hear(jane)
    (started,) = [event for event in story.of(ticket) if event.kind is EventKind.WORK_STARTED]
    assert started.actor.kind is ActorKind.SYSTEM
    assert started.at - story.tickets[ticket].created_at < timedelta(minutes=1)


async def test_the_status_map_of_the_site_is_used(
    rt_site: RtSiteRig, tess: Technician, outgoing: Outgoing
) -> None:
    options = (("status.parked", "waiting_for_parts"), ("status.dispatched", "visit:on_site"))
    desk = rt_site.desk("jane", options=options)
    ticket = await raised(desk, outgoing, WORKPLACE, "Map")
    tess.status(ticket, "open")
    tess.status(ticket, "parked")
    story = await hear(desk)
    assert story.tickets[ticket].state is TicketState.WAITING_FOR_PARTS
    assert story.kinds(ticket)[-1] is EventKind.ON_HOLD
    tess.status(ticket, "open")
    tess.field(ticket, "Technician visit", in_hours(1))
    tess.status(ticket, "dispatched")
    story = await hear(desk)
    assert story.kinds(ticket)[-1] is EventKind.VISIT_ARRIVED
    assert (await desk.check()).gaps == ()
    await desk.aclose()


async def test_a_status_without_a_place_in_the_map_is_named_as_a_gap(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, WORKPLACE, "Gap")
    tess.status(ticket, "open")
    tess.status(ticket, "parked")
    await hear(jane)
    assert "The status “parked” is not in the map" in " ".join((await jane.check()).gaps)
