"""The way to an address that nobody could ask: said in a sentence, as any other place where a way ends."""

import socket

import pytest

from tracker.core.examining.running import BAD
from tracker.core.examining.way import examine_network
from tracker.desks.network import Network


def test_what_is_no_address_is_named() -> None:
    (told,) = examine_network("https://[::1", Network("direct"))
    assert (told.about, told.state, told.sentence) == ("name", BAD, "“https://[::1” is not a web address.")
    assert told.advice


def test_a_name_that_cannot_even_be_looked_up_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_host: object, **_kind: object) -> None:
        ("x" * 64).encode("idna")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    *_proxy, told = examine_network(f"https://{'x' * 64}.example", Network("direct"))
    assert (told.about, told.state) == ("name", BAD)
    assert told.sentence == f"This computer does not know where {'x' * 64}.example is."
