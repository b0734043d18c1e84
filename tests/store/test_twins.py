"""One word said from two places at once is one: a toast and the window do not double it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.samples import NOW, T1, T2, Store, confirm, create, later, not_fixed, reply, ticket
from tracker.model.command import Command, CommandId, Receipt, Wish
from tracker.model.wish import WishKind
from tracker.store.twins import twin_of


def wish(name: str, kind: WishKind = WishKind.NEWS, about: str = "p1") -> Wish:
    return Wish(CommandId(name), NOW, T1, kind, about=about)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (confirm("c-1"), replace(confirm("c-2"), at=later(1))),
        (not_fixed("c-1"), not_fixed("c-2")),
        (wish("c-1"), replace(wish("c-2"), at=later(1))),
    ],
)
def test_the_same_word_on_its_way_is_found(store: Store, first: Command, second: Command) -> None:
    store.outbox.add(first)
    assert twin_of(second, store.outbox) == "c-1"
    assert twin_of(first, store.outbox) is None
    store.outbox.mark_delivered(first.id, Receipt(T1, "T-1"), NOW)
    assert twin_of(second, store.outbox) == "c-1"


@pytest.mark.parametrize(
    "other",
    [
        wish("c-2", WishKind.CAN_WAIT),
        wish("c-2", about="p2"),
        replace(wish("c-2"), ticket=T2),
        replace(wish("c-2"), text="Please hurry."),
        confirm("c-2"),
        reply("c-2"),
        create("c-2"),
    ],
)
def test_another_word_is_another(store: Store, other: Command) -> None:
    store.outbox.add(wish("c-1"))
    assert twin_of(other, store.outbox) is None


def test_messages_may_repeat_each_other(store: Store) -> None:
    store.outbox.add(reply("c-1"))
    assert twin_of(reply("c-2"), store.outbox) is None


def test_a_refused_word_can_be_said_again(store: Store) -> None:
    store.outbox.add(wish("c-1"))
    store.outbox.mark_rejected(CommandId("c-1"), "Not now.")
    assert twin_of(wish("c-2"), store.outbox) is None


def test_a_request_known_by_two_names_is_one(store: Store) -> None:
    raised = create()
    store.outbox.add(raised)
    store.outbox.add(replace(wish("c-1"), ticket=raised.ticket))
    store.hear(ticket("T-1"))
    store.outbox.mark_delivered(raised.id, Receipt(T1, "T-1"), NOW)
    assert twin_of(wish("c-2"), store.outbox) == "c-1"
