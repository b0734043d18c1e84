"""Two people chat while things break; at the end both, and the request, must have the same words."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.rigs.desktop import wait_until
from tests.rough.people import AgentSide, Employee, Line, Talker
from tests.rough.troubles import Troubles

PAUSE = 0.7
"""Seconds between the lines of each of the two."""
MOST_WAITING = 24
"""Lines on their way at which the employee stops to see them go, as a person would."""
SETTLED = 120.0
"""Seconds in which something must arrive once nothing breaks any more: longer than any silence."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a conversation under rough handling went. `settling`: seconds until all was there in the end."""

    lines: int
    starts: int
    troubles: Counter[str]
    settling: float

    def __str__(self) -> str:
        broken = ", ".join(f"{what} {count}" for what, count in sorted(self.troubles.items()))
        return (
            f"{self.lines} lines, one transcript, {self.settling:.0f} s after the last trouble; "
            f"the program was started {self.starts} times; {broken}"
        )


def handle_roughly(employee: Employee, agent: AgentSide, troubles: Troubles, *, seconds: float) -> Outcome:
    """Let both talk for so long while things break. Raises AssertionError where anything differs."""
    talkers = (
        Talker("Jane", employee.say, PAUSE, goes_on=lambda: employee.goes_on(MOST_WAITING)),
        Talker("Tess", agent.say, PAUSE),
    )
    for talker in talkers:
        talker.start()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and all(talker.is_alive() for talker in talkers):
        troubles.pause()
        troubles.strike()
    troubles.heal()
    for talker in talkers:
        talker.end()
    healed = time.monotonic()
    employee.be_there()
    jane, tess = (talker.said for talker in talkers)
    _settle(employee, agent, expected=len(jane) + len(tess))
    told = agent.transcript()
    assert employee.transcript() == told, _difference(employee.transcript(), told)
    assert [line.text for line in told if line.mine and line.text.startswith("Jane")] == jane
    assert [line.text for line in told if not line.mine and line.text.startswith("Tess")] == tess
    return Outcome(len(told), employee.starts, troubles.log, time.monotonic() - healed)


def _settle(employee: Employee, agent: AgentSide, *, expected: int) -> None:
    """Wait as long as it goes on: what was typed while nothing got through takes its time."""

    def is_settled() -> bool:
        return employee.waits() == 0 and len(employee.transcript()) >= max(expected, len(agent.transcript()))

    while not is_settled():
        before = employee.waits(), len(employee.transcript())
        wait_until(
            lambda: is_settled() or (employee.waits(), len(employee.transcript())) != before,  # noqa: B023
            timeout=SETTLED,
            what=_standing(employee, agent, expected),
        )


def _standing(employee: Employee, agent: AgentSide, expected: int) -> str:
    return (
        f"{expected} lines on both sides: {employee.waits()} wait, {len(employee.transcript())} are here, "
        f"{len(agent.transcript())} there"
    )


def _difference(here: Sequence[Line], there: Sequence[Line]) -> str:
    at = next((at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), None)
    if at is None:
        return f"{len(here)} lines here, {len(there)} there"
    return f"line {at}: here {here[at : at + 3]}, there {there[at : at + 3]}"
