"""Conversations in the profile's file: kept once, in order, as they read now, and found again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tracker.model.batch import Batch
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.chat import Amendment, Chat, ChatState, ChatWay, Message, ReadMark
from tracker.model.command import EndChat, SendMessage, StartChat
from tracker.model.identity import CommandId
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import TicketId
from tracker.store.database import open_writer
from tracker.store.outbox import Outbox
from tracker.store.reader import Reader
from tracker.store.talks import Talks
from tracker.store.turns import Lane
from tracker.store.writer import Told, Writer

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
VPN = TicketId("7")
DMITRI = Person("Dmitri Marsh")


class Profile:
    """A profile's file with somebody who writes into it."""

    def __init__(self, folder: Path) -> None:
        connection = open_writer(folder / "tracker.db")
        self.outbox = Outbox(connection)
        self.writer = Writer(connection, self.outbox)
        self.reader = Reader(folder / "tracker.db", Calendar(), Cadence())

    @property
    def talks(self) -> Talks:
        return self.reader.talks

    def hear(self, batch: Batch) -> frozenset[TicketId]:
        return self.writer.apply(batch, Told(), T0).chats


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path)


def said(place: int, text: str = "", by: Person = DMITRI) -> Message:
    return Message(f"m{place}", VPN, place, T0 + timedelta(seconds=place), by, text or f"word {place}")


CHAT = Chat(VPN, "s1", ChatState.OPEN, T0, agent=DMITRI)


def test_a_conversation_is_kept_once_and_in_order(profile: Profile) -> None:
    assert profile.hear(Batch(chats=(CHAT,), messages=(said(2), said(1)))) == {VPN}
    profile.hear(Batch(messages=(said(1, "told again"), said(3))))
    assert [each.text for each in profile.talks.messages(VPN)] == ["word 1", "word 2", "word 3"]
    assert profile.talks.chat(VPN) == CHAT
    assert profile.talks.chat(TicketId("8")) is None
    assert profile.talks.count(VPN) == 3
    assert profile.writer.apply(Batch(), Told(), T0).chats == frozenset()


def test_a_long_one_is_read_page_by_page(profile: Profile) -> None:
    profile.hear(Batch(messages=tuple(said(place) for place in range(10))))
    newest = profile.talks.messages(VPN, limit=4)
    assert [each.place for each in newest] == [6, 7, 8, 9]
    assert [each.place for each in profile.talks.messages(VPN, before=6, limit=4)] == [2, 3, 4, 5]
    assert [each.place for each in profile.talks.since(VPN, 8)] == [8, 9]


def test_what_was_changed_reads_as_it_is_now_in_whatever_order_that_was_told(profile: Profile) -> None:
    later = T0 + timedelta(minutes=5)
    profile.hear(Batch(amendments=(Amendment("m1", VPN, later, "better"),)))
    profile.hear(Batch(messages=(said(1), said(2))))
    profile.hear(Batch(amendments=(Amendment("m1", VPN, T0, "an older wording"),)))
    profile.hear(Batch(amendments=(Amendment("m2", VPN, later, None),)))
    profile.hear(Batch(amendments=(Amendment("m2", VPN, later + timedelta(1), "back from the dead"),)))
    first, second = profile.talks.messages(VPN)
    assert (first.text, first.changed_at, first.removed) == ("better", later, False)
    assert (second.text, second.removed) == ("", True)
    assert profile.talks.found(VPN, "BETTER") == (1,)
    assert profile.talks.found(VPN, "word") == ()
    assert profile.talks.found(VPN, " ") == ()


def test_read_marks_only_move_on(profile: Profile) -> None:
    profile.hear(Batch(messages=tuple(said(place) for place in range(4))))
    assert (profile.talks.read_to(VPN, ActorKind.YOU), profile.talks.unread(VPN)) == (-1, 4)
    for message in ("m2", "m1"):
        profile.hear(Batch(reads=(ReadMark(VPN, ActorKind.YOU, message),)))
    assert (profile.talks.read_to(VPN, ActorKind.YOU), profile.talks.unread(VPN)) == (2, 1)
    assert profile.talks.read_to(VPN, ActorKind.AGENT) == -1


def test_what_is_going_on_comes_first(profile: Profile) -> None:
    over = Chat(TicketId("8"), "s2", ChatState.ENDED, T0 + timedelta(days=1))
    profile.hear(Batch(chats=(over, CHAT)))
    assert [chat.ticket for chat in profile.talks.chats()] == [VPN, "8"]
    profile.hear(Batch(chats=(replace(CHAT, state=ChatState.ENDED),)))
    assert [chat.ticket for chat in profile.talks.chats()] == ["8", VPN]


def test_a_message_on_its_way_is_shown_until_the_desk_tells_it(profile: Profile) -> None:
    profile.outbox.add(StartChat(CommandId("c0"), T0, VPN, "Hello"))
    profile.outbox.add(SendMessage(CommandId("c1"), T0, VPN, "The VPN drops"))
    profile.outbox.add(EndChat(CommandId("c2"), T0, VPN))
    assert [each.command.id for each in profile.talks.pending(VPN)] == ["c0", "c1", "c2"]
    assert [due.command.id for due in profile.outbox.due(Lane.CHATS)] == ["c0"]
    assert profile.outbox.due() == ()
    profile.hear(Batch(messages=(replace(said(1), command_id="c1"),)))
    assert [each.command.id for each in profile.talks.pending(VPN)] == ["c0", "c2"]


def test_nothing_of_it_is_left_when_the_request_goes_or_the_person_signs_out(profile: Profile) -> None:
    told = Batch(
        chats=(CHAT,),
        messages=(said(1),),
        amendments=(Amendment("m1", VPN, T0, None),),
        reads=(ReadMark(VPN, ActorKind.YOU, "m1"),),
    )
    profile.hear(told)
    profile.hear(Batch(gone=(VPN,)))
    assert (profile.talks.chats(), profile.talks.count(VPN)) == ((), 0)
    profile.hear(told)
    profile.writer.forget_everything()
    assert (profile.talks.chats(), profile.talks.count(VPN)) == ((), 0)


def test_nobody_chats_where_nothing_was_heard_of_it(profile: Profile) -> None:
    assert profile.talks.way() is ChatWay.NONE


def test_what_is_unread_is_counted_for_each_conversation_that_has_any(profile: Profile) -> None:
    other, own = TicketId("8"), Person("Jane", ActorKind.YOU)
    profile.hear(
        Batch(chats=(CHAT, replace(CHAT, ticket=other)), messages=(said(1), said(2), said(3, by=own)))
    )
    profile.hear(Batch(messages=(replace(said(4), ticket=other, id="n4"),)))
    assert profile.talks.all_unread() == {VPN: 2, other: 1}
    profile.hear(Batch(reads=(ReadMark(VPN, ActorKind.YOU, "m1"), ReadMark(other, ActorKind.YOU, "n4"))))
    assert profile.talks.all_unread() == {VPN: 1}
