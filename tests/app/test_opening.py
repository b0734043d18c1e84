"""What a second start, or a link, asks the tray program to show."""

import pytest

from tracker.__main__ import _wants_window
from tracker.app.main import _ticket_of


@pytest.mark.parametrize(
    ("address", "ticket"),
    [
        ("tracker://ticket/REQ-1001", "REQ-1001"),
        ("tracker://ticket/local-0123456789ab/", "local-0123456789ab"),
        ("tracker://ticket/", ""),
        ("tracker://settings", ""),
        ("https://ticket/REQ-1001", ""),
        ("tracker://ticket/" + "9" * 101, ""),
        ("tracker://ticket/a\nb", ""),
        ("", ""),
    ],
)
def test_a_link_names_a_request_or_nothing(address: str, ticket: str) -> None:
    assert _ticket_of(address) == ticket


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--hidden"], True),
        (["--profile", "list"], True),  # a folder of that name, not the command
        (["tracker://ticket/REQ-1"], True),
        (["list"], False),
        (["--profile", "x", "list"], False),
        (["--help"], False),
        (["--version"], False),
        (["nonsense"], False),
    ],
)
def test_only_its_own_options_and_links_start_the_window(words: list[str], window: bool) -> None:
    assert _wants_window(words) is window
