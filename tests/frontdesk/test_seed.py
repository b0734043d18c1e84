"""A desk filled for measuring is as quiet as one that has been served all the time."""

from datetime import UTC, datetime
from pathlib import Path

from tests.rigs.frontdesk_seed import seed
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.storage import tickets
from tracker.frontdesk.storage.numbers import number_of
from tracker.frontdesk.values import State


def test_a_filled_desk_has_nothing_to_catch_up_with(folder: Path) -> None:
    seed(folder, 700, requester_login="anna")
    with Desk(folder) as desk, desk.reading() as connection:
        numbers = [number_of(1001 + n) for n in range(700)]
        states = [tickets.load_ticket(connection, number).state for number in numbers]
        assert tickets.due_tickets(connection, datetime.now(UTC), limit=10) == []
    assert states.count(State.CLOSED) > 600
    assert states.count(State.WORKING) == 70
