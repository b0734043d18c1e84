"""Look into a connector's values: every moment in them, and whether a sentence is fit to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime

from tracker.model.errors import DeskError


def times_in(value: object) -> Iterator[datetime]:
    """Find every moment anywhere inside a frozen value."""
    if isinstance(value, datetime):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from times_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from times_in(getattr(value, field.name))


def assert_plain(error: DeskError) -> None:
    """Fail unless the error's text is one or two plain sentences: no codes, no markup, no shouting."""
    sentence = str(error)
    assert sentence.endswith((".", "…")), sentence
    assert len(sentence) < 400, sentence
    # A status code stands alone; addresses, sizes and figures in thousands do not.
    code = r"(?<![\d.,])[1-5]\d\d(?![\d]|[.,]\d| ?(?:seconds|MB|KB|characters))"
    for banned in (r"[<>{}!]", r"Traceback", r"HTTP", code):
        assert not re.search(banned, sentence), sentence
