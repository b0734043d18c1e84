"""What a widget has asked for and may not need any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.ui.ports import Cancel


@dataclass  # without slots: Qt's signals hold those that they call weakly
class UnderWay:
    """Outlives the widget that asked, so that one that goes can still end it. `cancel`: None when over."""

    cancel: Cancel | None = None

    def end(self) -> None:
        """Cancel it, if it is still on its way."""
        cancel, self.cancel = self.cancel, None
        if cancel is not None:
            cancel()
