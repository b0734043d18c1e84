"""What stands in place of a request that is not here any more."""

from PySide6.QtWidgets import QWidget

from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.empty import EmptyState


class GoneRequest(EmptyState):
    """Says why it may be gone, and leads back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, icon="inbox")
        self.show_message(
            self.tr("This request is not here any more"),
            self.tr("It may have been removed at the service desk, or you may no longer see it."),
            action=self.tr("Back to my requests"),
        )
