"""What is looked for in a room is read back only to where it is known."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import msgspec
import pytest

from tracker.desks.matrix import wire
from tracker.desks.matrix.pages import read_back, until_known

pytestmark = pytest.mark.anyio


class Room:
    """A room of ten pages of three events, told from its newest; `asked` counts the pages."""

    asked = 0

    async def back(self) -> AsyncGenerator[wire.Page, None]:
        for page in range(10):
            self.asked += 1
            events = [{"type": "m.room.message", "event_id": f"${29 - page * 3 - at}"} for at in range(3)]
            told = msgspec.json.encode({"chunk": events, "end": f"t{page}"})
            yield msgspec.json.decode(told, type=wire.Page)


@pytest.mark.parametrize(
    ("known", "pages"), [({"$29"}, 1), ({"$20", "$1"}, 4), ({"$elsewhere"}, 10), (set(), 10)]
)
async def test_pages_are_read_to_the_first_that_holds_something_known(known: set[str], pages: int) -> None:
    room = Room()
    events, _ = await read_back(until_known(room.back(), known), 1000)
    assert room.asked == pages
    assert [event.event_id for event in events] == [f"${at}" for at in range(30 - 3 * pages, 30)]
