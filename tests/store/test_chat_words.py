"""Words said in chats find their request as they read now; what is taken back is nowhere."""

from __future__ import annotations

from datetime import timedelta

from tests.store.samples import NOW, T1, T2, Store, create, reply, ticket
from tracker.model.batch import Batch
from tracker.model.chat import Amendment, Chat, ChatState, Message, ReadMark
from tracker.model.command import CommandId, SendMessage
from tracker.model.draft import Draft, chat_draft
from tracker.model.listing import Filter
from tracker.model.person import ActorKind, Person
from tracker.store import meta
from tracker.store.chat_server import chat_owner, forget_chats, put_chat_owner
from tracker.store.delivered import UNHEARD
from tracker.store.origin import Origin
from tracker.store.read_marks import note_read, note_told, untold
from tracker.store.rescue import open_or_rebuild
from tracker.store.transcripts import mark_posted, unposted
from tracker.store.writer import Told

AGENT = Person("Tess Tech")
CHAT = Chat(T1, "s1", ChatState.OPEN, NOW, agent=AGENT)
ENDED = Chat(T1, "s1", ChatState.ENDED, NOW, agent=AGENT)


def message(place: int, text: str) -> Message:
    return Message(f"m{place}", T1, place, NOW, AGENT, text, session="s1")


def found(store: Store, words: str) -> tuple[str, ...]:
    return store.reader().tickets(Filter.ALL, words)


def hear(store: Store, origin: Origin = Origin.DESK, **told: object) -> None:
    store.writer.apply(Batch(**told), Told(), NOW, origin)  # type: ignore[arg-type]


def test_what_was_said_finds_the_request(store: Store) -> None:
    store.hear(ticket("T-1"), ticket("T-2"))
    hear(store, messages=(message(1, "The flux capacitor hums."), message(2, "Überall!")))
    assert found(store, "capacit hum") == found(store, "uberall") == ("T-1",)
    assert found(store, "capacitor überall") == ()


def test_it_is_found_by_what_it_says_now(store: Store) -> None:
    store.hear(ticket("T-1"))
    hear(store, messages=(message(1, "Press F2."), message(2, "hunter2"), message(3, "")))
    hear(
        store,
        amendments=(
            Amendment("m1", T1, NOW, "Press F12."),
            Amendment("m2", T1, NOW, None),
            Amendment("m3", T1, NOW, "added"),
            Amendment("m4", T1, NOW, "Changed before it came."),
            Amendment("m5", T1, NOW, None),
        ),
    )
    hear(store, messages=(message(4, "before"), message(5, "swordfish")))
    assert [found(store, word) for word in ("f12", "added", "changed")] == [("T-1",)] * 3
    assert [found(store, word) for word in ("f2", "hunter2", "before4", "swordfish")] == [()] * 4
    hear(store, amendments=(Amendment("m1", T1, NOW - timedelta(1), "Press F3."),))
    assert found(store, "f12") == ("T-1",)
    assert found(store, "f3") == ()


def test_what_is_taken_back_is_on_the_disk_no_more(store: Store) -> None:
    hear(store, messages=(message(1, "hunter2"),))
    hear(store, amendments=(Amendment("m1", T1, NOW, None),), messages=(message(1, "hunter2"),))
    rows = store.db.execute("select text, value from message").fetchall()
    assert "hunter2" not in str(rows)
    (removed,) = store.reader().talks.messages(T1)
    assert removed.removed


def test_a_request_that_is_gone_takes_its_words_along(store: Store) -> None:
    store.hear(ticket("T-1"), ticket("T-2"))
    hear(store, messages=(message(1, "flux"),))
    store.writer.apply(Batch(gone=(T1,)), Told(), NOW)
    store.hear(ticket("T-1"))
    assert found(store, "flux") == ()


def test_the_chat_servers_word_says_nothing_of_what_the_desk_was_asked(store: Store) -> None:
    later = NOW + UNHEARD + timedelta(minutes=1)
    store.outbox.add(reply("c-1"))
    store.outbox.add(SendMessage(CommandId("c-2"), NOW, T1, "Hello."))
    for command in ("c-1", "c-2"):
        store.db.execute(
            "update outbox set delivery = 'delivered', delivered_at = 0 where id = ?", (command,)
        )
    batch = Batch(caught_up=True)
    store.writer.apply(batch, Told(), later, Origin.CHAT_SERVER)
    assert [pending.command.id for pending in store.outbox.all()] == ["c-1"]
    assert meta.as_of(store.db) is None
    store.writer.apply(batch, Told(), later)
    assert store.outbox.all() == ()


def test_only_an_end_that_was_seen_is_to_be_posted_and_once(store: Store) -> None:
    other = Chat(T2, "old", ChatState.ENDED, NOW)
    hear(store, Origin.CHAT_SERVER, chats=(CHAT, other))
    assert unposted(store.db) == ()
    hear(store, Origin.CHAT_SERVER, chats=(ENDED, other), live=True)
    assert unposted(store.db) == ((T1, "s1"),)
    mark_posted(store.db, T1, "s1", command=CommandId("c-9"))
    hear(store, Origin.CHAT_SERVER, chats=(ENDED,), live=True)
    assert unposted(store.db) == ()


def test_sessions_that_began_and_ended_between_two_looks_are_to_be_posted(store: Store) -> None:
    hear(store, Origin.CHAT_SERVER, chats=(CHAT,))
    hear(store, Origin.CHAT_SERVER, chats=(Chat(T1, "s2", ChatState.ENDED, NOW),), live=True)
    assert unposted(store.db) == ((T1, "s1"), (T1, "s2"))


def test_a_rebuilt_file_remembers_what_was_posted(store: Store) -> None:
    hear(store, Origin.CHAT_SERVER, chats=(CHAT,))
    hear(store, Origin.CHAT_SERVER, chats=(ENDED,), live=True)
    store.outbox.add(SendMessage(CommandId("c-2"), NOW, T1, "Unsent."))
    store.drafts.save(Draft(chat_draft(T1), "half a line"), NOW)
    mark_posted(store.db, T1, "s1", command=CommandId("c-9"))
    put_chat_owner(store.db, "matrix jane")
    store.close()
    connection, rescue = open_or_rebuild(store.path, NOW, damaged=True)
    connection.close()
    assert rescue is not None
    assert (rescue.unsent, rescue.drafts) == (1, 1)
    again = Store(store.path)
    assert again.db.execute("select ticket, session, command from transcript").fetchall() == [
        ("T-1", "s1", "c-9")
    ]
    assert chat_owner(again.db) == "matrix jane"
    again.close()


def test_what_was_read_is_told_until_it_was_heard(store: Store) -> None:
    hear(store, messages=(message(1, "One."), message(2, "Two.")))
    assert note_read(store.db, T1, "m2").chats == {T1}
    note_read(store.db, T1, "m1")
    assert untold(store.db) == {T1: "m2"}
    note_told(store.db, T1, "m1")
    assert untold(store.db) == {T1: "m2"}
    note_told(store.db, T1, "m2")
    assert untold(store.db) == {}
    assert store.reader().talks.read_to(T1, ActorKind.YOU) == 2


def test_a_mark_for_what_is_no_message_does_not_stand_in_the_way(store: Store) -> None:
    hear(store, messages=(message(1, "One."),), reads=(ReadMark(T1, ActorKind.YOU, "a reaction"),))
    assert store.reader().talks.unread(T1) == 1
    note_read(store.db, T1, "m1")
    assert store.reader().talks.unread(T1) == 0


def test_forgetting_the_chats_leaves_the_requests(store: Store) -> None:
    store.hear(ticket("T-1", "Printer"))
    told: dict[str, object] = {"chats": (CHAT,), "messages": (message(1, "xylophone"),)}
    hear(store, Origin.CHAT_SERVER, **told, reads=(ReadMark(T1, ActorKind.AGENT, "m1"),))
    store.outbox.add(create())
    store.outbox.add(SendMessage(CommandId("c-2"), NOW, T1, "zanzibar"))
    for key in ("T-1", chat_draft(T1)):
        store.drafts.save(Draft(key, f"for {key}"), NOW)
    put_chat_owner(store.db, "matrix gazpacho")
    assert forget_chats(store.db).everything
    assert found(store, "printer") == ("T-1",)
    assert found(store, "xylophone") == ()
    assert [pending.command.id for pending in store.outbox.all()] == [create().id]
    assert [draft.key for draft in store.drafts.all()] == ["T-1"]
    assert store.reader().talks.chat(T1) is None
    assert chat_owner(store.db) is None
    on_disk = store.path.read_bytes()
    assert not [word for word in (b"xylophone", b"zanzibar", b"gazpacho") if word in on_disk]
