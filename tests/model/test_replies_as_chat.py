"""The replies on a request, shown as a conversation where the desk cannot chat."""

from tests.model.making import PRIYA, YOU, at, created, event, received, seen, ticket
from tracker.model.attachment import Attachment
from tracker.model.event import EventKind
from tracker.model.replies_as_chat import replies_as_chat
from tracker.model.ticket import TicketState

NOW = at(18, 12)
WORKING = ticket(state=TicketState.WORKING)


def test_what_was_written_both_ways_stands_in_order() -> None:
    told = [
        created(),
        received(),
        event(EventKind.REPLY, at(18, 10), text="Hi, which program is it?"),
        event(EventKind.REPLY, at(18, 11), YOU, "The browser."),
        event(EventKind.WORK_STARTED, at(18, 11, 5)),
    ]
    shown = replies_as_chat(seen(WORKING, told, NOW))
    assert [(m.sender.name, m.text) for m in shown] == [
        ("Priya Nair", "Hi, which program is it?"),
        ("Jo Ortiz", "The browser."),
    ]
    assert {message.ticket for message in shown} == {WORKING.id}


def test_places_rise_even_within_one_moment_and_stay_when_more_is_written() -> None:
    told = [created(), *(event(EventKind.REPLY, at(18, 10), text=f"{n}", name=f"r{n}") for n in range(3))]
    places = [message.place for message in replies_as_chat(seen(WORKING, told, NOW))]
    assert places == sorted(set(places))
    later = [*told, event(EventKind.REPLY, at(18, 11), PRIYA, "3")]
    assert [message.place for message in replies_as_chat(seen(WORKING, later, NOW))][:3] == places


def test_a_file_without_words_is_a_message_and_a_bare_change_is_none() -> None:
    file = Attachment("f1", "log.txt", 10)
    told = [
        created(),
        event(EventKind.ATTACHMENT, at(18, 10), attachments=(file,)),
        event(EventKind.SOLVED, at(18, 11)),
    ]
    shown = replies_as_chat(seen(ticket(state=TicketState.RESOLVED), told, NOW))
    assert [message.attachments for message in shown] == [(file,)]
