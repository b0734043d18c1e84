"""What is left to choose where the desk can do nothing now."""

from dataclasses import dataclass
from enum import StrEnum


class OptionKind(StrEnum):
    """The usual ways out; what a desk calls otherwise is OTHER."""

    WAIT = "wait"
    LOAN = "loan"
    WORKAROUND = "workaround"
    CANCEL = "cancel"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Option:
    """One way out, in the desk's words. `id` is the desk's name for it."""

    id: str
    kind: OptionKind
    label: str
    text: str = ""
