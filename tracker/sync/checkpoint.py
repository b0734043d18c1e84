"""Named points between a write and a wire exchange, where tests stop the program."""

from collections.abc import Callable

Checkpoint = Callable[[str], None]
"""Called with the name of the point that is being passed."""

POINTS = (
    "submit.before_write",
    "submit.after_write",
    "send.before_look",
    "send.after_look",
    "send.before_mark",
    "send.after_mark",
    "send.after_wire",
    "send.after_receipt",
    "news.before_store",
    "news.after_store",
    "news.after_tell",
)
"""Every point, in the order in which a command passes them."""


def pass_by(_point: str) -> None:
    """Do nothing: what the program does at every point outside of tests."""
