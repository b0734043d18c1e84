"""What the desk says of itself, as findings: does it answer, who one is, what it can do, the clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.examining.running import BAD, OK, WARN
from tracker.core.shapes import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKEW = 90
"""Seconds: as far as clocks may differ before times look wrong."""
_SET_CLOCK = "Let the system set its clock by itself; times are right in Tracker."


def desk_findings(answer: ask.Answer) -> Iterator[Finding]:
    """Give the findings on an answer to `questions.Examine`."""
    if isinstance(answer, ask.Failed):
        if answer.code == exits.SIGN_IN:
            yield Finding("desk", WARN, answer.sentence)
            yield Finding("sign-in", WARN, "You are not signed in.", "Open Tracker and sign in.")
        else:
            yield Finding("desk", BAD, answer.sentence)
    elif isinstance(answer, ask.Examined):
        yield Finding("desk", OK, f"{answer.name} {answer.version} answers; you are {answer.user}.")
        yield Finding("sign-in", OK, f"The desk accepts your sign-in as {answer.user}.")
        yield Finding("can do", OK, ", ".join(answer.capabilities) + ".")
        yield clock_finding(answer.clock_offset)
        for gap in answer.gaps:
            yield Finding("mapping", WARN, gap, "IT can add this to the desk's options; see the desk's page.")


def clock_finding(offset: float, advice: str = _SET_CLOCK) -> Finding:
    """Say how far the two clocks are apart (seconds), with `advice` where that is too far."""
    told = f"This computer's clock is {abs(offset):.0f} s from the desk's clock."
    return Finding("clock", OK, told) if abs(offset) <= _SKEW else Finding("clock", WARN, told, advice)
