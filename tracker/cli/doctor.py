"""doctor: examine what the program needs, in plain sentences."""

import argparse

from tracker.cli.office import Office
from tracker.cli.output import write, write_json
from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.examining.everything import everything
from tracker.core.examining.report_text import finding_lines
from tracker.core.examining.running import BAD, examine
from tracker.core.shapes import SCHEMA, DoctorReport, Finding
from tracker.host.paths import ProfilePaths


def run(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Print a finding per thing examined; the exit status is 1 if any is bad."""
    findings = examined(paths, send_test=arguments.send_test)
    if arguments.json:
        write_json(DoctorReport(SCHEMA, findings))
    else:
        for finding in findings:
            for line in finding_lines(finding):
                write(line)
    return exits.REFUSED if any(finding.state == BAD for finding in findings) else exits.DONE


def examined(paths: ProfilePaths, *, send_test: bool = False) -> tuple[Finding, ...]:
    """Examine everything from here, or through the program that holds the profile."""

    def ask_desk() -> ask.Answer:
        with Office(paths) as office:
            return office.answer(ask.Examine())

    return examine(everything(paths, ask_desk, send_test=send_test))
