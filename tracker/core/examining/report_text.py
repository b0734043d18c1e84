"""Findings as plain text: a mark, what it is about, the sentence, and what to do below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.core.examining.running import BAD, OK, WARN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.core.shapes import Finding

_MARKS = {OK: "✓", WARN: "!", BAD: "✗"}


def finding_lines(finding: Finding) -> Iterator[str]:
    """Give the lines of one finding."""
    yield f"{_MARKS[finding.state]} {finding.about}: {finding.sentence}"
    if finding.advice:
        yield f"    {finding.advice}"


def findings_text(findings: Iterable[Finding]) -> str:
    """Give all findings as one text."""
    return "".join(f"{line}\n" for finding in findings for line in finding_lines(finding))
