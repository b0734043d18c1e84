"""Who reads a page that is shown without the pages' whole context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tracker.ui.theme.theme import Theme
    from tracker.ui.wording import Wording


@dataclass(frozen=True, slots=True)
class Reader:
    """The look they chose, how times are said to them, and the moment it is."""

    theme: Theme
    wording: Wording
    clock: Callable[[], datetime]
