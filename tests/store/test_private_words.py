"""The words of people that a report for IT blanks: names of those in chats too, and no words of our own."""

from datetime import UTC, datetime
from pathlib import Path

from tests.store.samples import Store
from tracker.model.batch import Batch
from tracker.model.chat import Message
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import TicketId
from tracker.store.private_words import private_words
from tracker.store.writer import Told

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_who_was_in_a_chat_is_named_and_what_they_are_is_not(store: Store, tmp_path: Path) -> None:
    people = (Person("Dmitri Marsh"), Person("Jane Roe", ActorKind.YOU), Person("Desk", ActorKind.SYSTEM))
    said = (Message(f"m{n}", TicketId("7"), n, T0, person, "hello") for n, person in enumerate(people))
    store.writer.apply(Batch(messages=tuple(said)), Told(), T0)
    assert private_words(tmp_path / "profile" / "tracker.db") == ("Dmitri Marsh", "Jane Roe")
