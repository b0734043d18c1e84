"""How far files have got is never told too high, and a file without bytes has not got anywhere."""

import pytest

from tracker.model.identity import CommandId
from tracker.model.ticket import TicketId
from tracker.model.uploading import Uploading


@pytest.mark.parametrize(
    ("sent", "size", "percent"),
    [(0, 10, 0), (1, 3, 33), (999_999, 1_000_000, 99), (10, 10, 100), (11, 10, 100), (0, 0, 0)],
)
def test_the_percent_is_whole_and_full_only_at_the_end(sent: int, size: int, percent: int) -> None:
    assert Uploading(CommandId("c"), TicketId("t"), sent, size).percent == percent
