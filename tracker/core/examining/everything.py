"""The whole list of examinations, in the order in which they are told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.core.examining import company, computer, desktop
from tracker.core.examining.desk import desk_findings
from tracker.core.examining.running import Examination
from tracker.core.examining.way import WAY_LIMIT
from tracker.core.secret_keeping import KEYRING_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.core import questions as ask
    from tracker.core.program import Program
    from tracker.core.shapes import Finding
    from tracker.host.paths import ProfilePaths

_DESK_LIMIT = 60.0
"""Seconds; a command that holds the profile may have to end first."""


def ask_program(program: Program | None, trouble: str) -> ask.Answer:
    """Put `questions.Examine` to the program of this process, from a thread that may wait.

    Without one, `trouble` says why it did not start.
    """
    from contextlib import aclosing

    from tracker.core import exits
    from tracker.core import questions as ask
    from tracker.core.answering import Answerer

    if program is None:
        return ask.Failed(exits.REFUSED, trouble or "Tracker is still starting. Check again in a moment.")

    async def answer() -> ask.Answer:
        async with aclosing(Answerer(program).answer(ask.to_bytes(ask.Examine()))) as lines:
            async for line in lines:
                return ask.answer_from_bytes(line)
        return ask.Failed(exits.REFUSED, "The desk was not asked.")

    return program.service.call(answer).result(_DESK_LIMIT)


def everything(
    paths: ProfilePaths, ask_desk: Callable[[], ask.Answer], *, send_test: bool = False
) -> tuple[Examination, ...]:
    """Give all examinations. `ask_desk` puts `questions.Examine` to whoever holds the profile.

    `send_test`: show a real notification as well.
    """

    def look_at_desk() -> Iterator[Finding]:
        return desk_findings(ask_desk())

    chosen = computer.read_chosen(paths)
    listed: tuple[tuple[str, Callable[[], Iterator[Finding]], float], ...] = (
        ("versions", computer.versions, 10),
        ("policy", partial(company.policy, chosen), 10),
        ("profile", partial(computer.folders, paths), 10),
        ("disk", partial(computer.disk, paths), 10),
        ("settings", partial(computer.settings, chosen), 10),
        ("keyring", partial(computer.keyring, paths), KEYRING_LIMIT + 2),
        ("network", partial(company.way, chosen), WAY_LIMIT),
        ("desk", look_at_desk, _DESK_LIMIT),
        ("saved requests", partial(computer.saved, paths), 10),
        ("notifications", desktop.notifications, 10),
        ("tray", desktop.tray, 10),
        ("start", partial(computer.start, chosen), 10),
    )
    made = [Examination(about, look, paths.data, limit) for about, look, limit in listed]
    if send_test:
        made.append(Examination("test notification", desktop.test_notification, paths.data))
    return tuple(made)
