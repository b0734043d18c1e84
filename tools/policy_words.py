"""What the editors of Windows and macOS say about a policy key, and how its example is written there."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

from tracker.host.policy.forms import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.host.policy.policy import Key

_HOW = {
    Shape.TEXT: "A text.",
    Shape.YES_OR_NO: "Yes or no.",
    Shape.CHOICE: "One of these words.",
    Shape.LIST: "Texts, one to a line.",
    Shape.TABLE: "Names with values, written as one JSON object.",
}


def as_title(name: str, between: str) -> str:
    """Write `sign_in.client_id` as words: with "" `SignInClientId`, with " " `Sign In Client Id`."""
    return between.join(word.capitalize() for word in name.replace(".", "_").split("_"))


def paragraphs(key: Key[object]) -> Iterator[str]:
    """Tell what the key does, how its value is written, and show one."""
    yield key.about
    if key.form.shape is Shape.NUMBER:
        least, most = key.form.limits
        yield f"A whole number from {least:,} to {most:,}."
    else:
        yield _HOW[key.form.shape]
    if key.form.shape is not Shape.YES_OR_NO:
        yield f"Example: {written_example(key)}"


def example(key: Key[object]) -> object:
    """Give the key's example as the value it is."""
    return tomllib.loads(f"example = {key.example}")["example"]


def written_example(key: Key[object]) -> str:
    """Give the example as somebody types it into a field: a table as JSON, a list as its lines."""
    value = example(key)
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return " / ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
