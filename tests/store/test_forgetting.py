"""Signing out leaves nothing of the person behind: not in a table, not in a free page, not in a log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.samples import NOW, T1, Store, create, event, notice, reply, ticket
from tracker.model.attention import Attention
from tracker.model.batch import Batch, Cursor
from tracker.model.catalogue import Service
from tracker.model.chat import Message
from tracker.model.command import Receipt
from tracker.model.draft import Draft
from tracker.model.errors import StoreError
from tracker.model.listing import Counts, Filter
from tracker.model.ticket import TicketId
from tracker.store import meta
from tracker.store.chat_server import put_chat_owner
from tracker.store.origin import Origin
from tracker.store.read_marks import note_read
from tracker.store.writer import Told

SECRETS = (
    b"xylophone",
    b"zanzibar",
    b"quixotic",
    b"wombat",
    b"jabberwocky",
    b"gazpacho",
    b"local-",
    b"T-77",
    b"marimba",
    b"kazoo",
)


def fill(store: Store) -> None:
    store.hear(ticket("T-77", "A xylophone fell"), event("e1", "to zanzibar " * 500, ticket=TicketId("T-77")))
    store.outbox.add(create(subject="quixotic"))
    store.outbox.mark_delivered(create().id, Receipt(TicketId("T-77")), NOW)
    store.outbox.add(reply(text="wombat"))
    store.drafts.save(Draft("new", "jabberwocky"), NOW)
    said = Message("m1", TicketId("T-77"), 1, NOW, text="marimba")
    store.writer.apply(Batch(messages=(said,), cursor=Cursor("kazoo")), Told(), NOW, Origin.CHAT_SERVER)
    note_read(store.db, TicketId("T-77"), "m1")
    put_chat_owner(store.db, "matrix gazpacho")
    store.writer.put_owner("rt https://desk.example gazpacho")
    store.writer.tell(Told((notice("n1", TicketId("T-77")),), Attention(told=("wombat",))), ())
    store.writer.put_services((Service("a", "xylophone"),), 7)


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(entry.read_bytes() for entry in sorted(folder.iterdir()) if entry.is_file())


def test_the_words_were_on_the_disk(store: Store) -> None:
    fill(store)
    there = bytes_on_disk(store.path.parent)
    assert all(word in there for word in SECRETS)


def test_nothing_readable_is_left_in_any_file(store: Store) -> None:
    fill(store)
    reader = store.reader()
    assert reader.tickets(Filter.ALL) != ()
    assert store.writer.forget_everything().everything
    there = bytes_on_disk(store.path.parent)
    assert [word for word in SECRETS if word in there] == []
    assert reader.counts() == Counts(0, 0, 0, 0, 0)
    assert reader.tickets(Filter.ALL, "xylophone") == ()
    assert store.outbox.all() == ()
    assert store.drafts.all() == ()
    assert store.writer.owner() is meta.cursor(store.db) is None


def test_the_store_goes_on_working(store: Store) -> None:
    fill(store)
    store.writer.forget_everything()
    store.hear(ticket("T-1", "A xylophone"), event("e1", "hello"))
    store.outbox.add(create())
    assert store.reader().tickets(Filter.ALL, "xylophone") == (T1,)
    assert len(store.outbox.all()) == 1


def test_somebody_who_reads_on_keeps_it_from_being_called_done(store: Store) -> None:
    fill(store)
    store.db.execute("pragma busy_timeout = 50")
    reader = store.reader()
    reader._db.execute("begin")
    reader._db.execute("select count(*) from ticket").fetchone()
    with pytest.raises(StoreError, match="Another program reads your saved requests"):
        store.writer.forget_everything()
    reader._db.execute("rollback")
    store.writer.forget_everything()
    there = bytes_on_disk(store.path.parent)
    assert [word for word in SECRETS if word in there] == []
