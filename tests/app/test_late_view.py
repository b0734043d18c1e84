"""Reading from a file that may come late, be damaged or go away: nothing is shown, nothing breaks."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NoReturn

import pytest

from tracker.app.late_view import LateView
from tracker.model.errors import StoreError
from tracker.model.listing import Counts, Filter
from tracker.model.ticket import TicketId

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def damaged() -> NoReturn:
    raise StoreError("The saved requests are damaged.")


@pytest.mark.parametrize("open_file", [lambda: None, damaged])
def test_without_a_file_everything_reads_as_empty(open_file: Callable[[], None]) -> None:
    view = LateView(open_file)
    ticket = TicketId("REQ-1")
    assert not view.is_there
    assert view.tickets(Filter.ALL) == ()
    assert view.tracks((ticket,), NOW) == ()
    assert view.track(ticket, NOW) is None
    assert view.attachments(ticket) == ()
    assert view.counts() == Counts()
    assert view.notices() == ()
    assert view.services() == ()
    assert view.draft("new") is None
    assert view.outbox() == ()
    assert view.attachment_limit() == 25 * 1024 * 1024
    assert view.as_of() is None
    assert view.find("REQ-1") is None
    view.close()
