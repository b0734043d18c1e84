"""A chat from the real window under rough handling: at the end everybody has the same words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rigs.desktop import wait_until
from tests.rough.handling import handle_roughly
from tests.rough.rooms import Room, at_the_desk, over_matrix
from tests.rough.troubles import Troubles

pytestmark = pytest.mark.timeout(300)

SECONDS = 30.0
SEED = 20261122


def test_a_chat_at_the_embedded_desk_survives_rough_handling(tmp_path: Path) -> None:
    with at_the_desk(tmp_path) as room:
        outcome = handle_roughly(room.employee, room.agent, Troubles(room.place, SEED), seconds=SECONDS)
        assert outcome.starts > 1
        assert room.employee.quit() == 0


def is_written(room: Room, text: str) -> bool:
    return any(line.endswith(text) for line in room.posted())


@pytest.mark.matrix
def test_a_chat_over_matrix_survives_it_too_and_its_words_are_on_the_request(tmp_path: Path) -> None:
    with over_matrix(tmp_path) as room:
        handle_roughly(room.employee, room.agent, Troubles(room.place, SEED), seconds=SECONDS)
        said = [line.text for line in room.agent.transcript()]
        room.terminal.run("chat", room.number, "--end")
        wait_until(lambda: is_written(room, said[-1]), timeout=60, what="the transcript on the request")
        written = room.posted()
        assert [text for text in said if sum(line.endswith(text) for line in written) != 1] == []
        assert room.employee.quit() == 0
