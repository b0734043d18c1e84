"""doctor: examine what the program needs, in plain sentences."""

import argparse
from collections.abc import Iterator

from tracker.cli import examining
from tracker.cli.examining import BAD, OK, WARN
from tracker.cli.office import Office
from tracker.cli.output import write, write_json
from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.shapes import SCHEMA, DoctorReport, Finding
from tracker.host.paths import ProfilePaths
from tracker.model.errors import TrackerError

_SKEW = 90
"""Seconds: as far as clocks may differ before times look wrong."""


def run(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Print a finding per thing examined; the exit status is 1 if any is bad."""
    findings = tuple(_findings(paths))
    if arguments.json:
        write_json(DoctorReport(SCHEMA, findings))
    else:
        for finding in findings:
            mark = {OK: "✓", WARN: "!", BAD: "✗"}[finding.state]
            write(f"{mark} {finding.about}: {finding.sentence}")
    return exits.REFUSED if any(finding.state == BAD for finding in findings) else exits.DONE


def _findings(paths: ProfilePaths) -> Iterator[Finding]:
    yield examining.versions()
    for about, examine in examining.BEFORE_THE_DESK:
        yield examining.safely(about, examine, paths)
    yield from _desk(paths)
    for about, examine in examining.AFTER_THE_DESK:
        yield examining.safely(about, examine, paths)


def _desk(paths: ProfilePaths) -> Iterator[Finding]:
    try:
        with Office(paths) as office:
            answer = office.answer(ask.Examine())
    except TrackerError as error:
        yield Finding("desk", BAD, str(error))
        return
    if isinstance(answer, ask.Failed):
        yield Finding("desk", WARN if answer.code == exits.SIGN_IN else BAD, answer.sentence)
    elif isinstance(answer, ask.Examined):
        yield Finding("desk", OK, f"{answer.name} {answer.version} answers; you are {answer.user}.")
        yield Finding("can do", OK, ", ".join(answer.capabilities) + ".")
        skewed = abs(answer.clock_offset) > _SKEW
        told = f"{abs(answer.clock_offset):.0f} s from the desk's clock."
        yield Finding("clock", WARN if skewed else OK, f"This computer's clock is {told}")
        for gap in answer.gaps:
            yield Finding("mapping", WARN, gap)
