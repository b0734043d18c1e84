"""Examinations side by side: in order, for a limited time, and none spoils the others."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.core.examining.running import BAD, OK, WARN, Examination, examine
from tracker.core.shapes import Finding
from tracker.model.errors import TrackerError

PLACE = Path("/somewhere")


def fine(about: str) -> Examination:
    return Examination(about, lambda: [Finding(about, OK, "Fine.")], PLACE)


def test_findings_come_in_the_order_of_the_list_and_are_told_as_they_are_done() -> None:
    gate = threading.Event()

    def late() -> Iterator[Finding]:
        gate.wait(5)
        yield Finding("late", OK, "Fine.")

    told: list[str] = []

    def hear(one: Examination, _found: tuple[Finding, ...]) -> None:
        told.append(one.about)
        gate.set()

    found = examine((Examination("late", late, PLACE), fine("quick")), hear)
    assert [finding.about for finding in found] == ["late", "quick"]
    assert told == ["quick", "late"]


def test_what_never_answers_is_said_and_left_alone() -> None:
    gate = threading.Event()

    def stuck() -> Iterator[Finding]:
        gate.wait(20)
        yield Finding("stuck", OK, "Fine.")

    begun = time.monotonic()
    found = examine((Examination("stuck", stuck, PLACE, limit=0.05), fine("quick")))
    gate.set()
    assert time.monotonic() - begun < 5
    assert [(finding.about, finding.state) for finding in found] == [("stuck", WARN), ("quick", OK)]
    assert "no answer" in found[0].sentence


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (TrackerError("The desk is closed."), "The desk is closed."),
        (PermissionError(13, "no"), "You may not write here, so looking there did not work: /somewhere"),
    ],
)
def test_what_cannot_be_examined_is_a_finding_itself(error: Exception, sentence: str) -> None:
    def broken() -> Iterator[Finding]:
        raise error

    (found,) = examine((Examination("broken", broken, PLACE),))
    assert (found.state, found.sentence) == (BAD, sentence)


def test_a_fault_of_ours_is_logged_and_the_others_are_told(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Iterator[Finding]:
        raise ZeroDivisionError

    with caplog.at_level(logging.CRITICAL):
        found = examine((Examination("broken", broken, PLACE), fine("quick")))
    assert [finding.state for finding in found] == [BAD, OK]
    assert "Tell IT" in found[0].advice
