"""What is said after the end at Request Tracker: thanks, a rating, still fine, it came back."""

from __future__ import annotations

import pytest

from tests.contract.listening import hear
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, send
from tests.desks.rt.acting import a_wish, raised
from tests.desks.rt.site import FACILITIES, IT_SUPPORT, WORKPLACE, RtSiteRig
from tests.rigs.flaky_proxy import Fault
from tests.rigs.technician import Technician
from tracker.desks.base import Capability
from tracker.desks.rt.desk import RtDesk
from tracker.model.errors import CommandRejected, DeskError
from tracker.model.event import EventKind
from tracker.model.ticket import Act, TicketId, TicketState
from tracker.model.wish import WishKind

pytestmark = [pytest.mark.rt, pytest.mark.anyio]


async def ended(desk: RtDesk, tess: Technician, outgoing: Outgoing, queue: str, *how: str) -> TicketId:
    ticket = await raised(desk, outgoing, queue, "After the end")
    for status in ("open", *how):
        tess.status(ticket, status)
    return ticket


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
