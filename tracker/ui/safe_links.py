"""Opening an address that somebody wrote: it is shown first, and only web and mail addresses are opened."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import breakable, one_line
from tracker.ui.widgets.buttons import ButtonKind
from tracker.ui.widgets.sheet import Sheet, SheetAnswer

_OPENED = ("http", "https", "mailto")


def ask_to_open(context: PageContext, over: QWidget, address: str) -> Sheet | None:
    """Show the whole address over the window and open it if the person says so; None for other schemes."""
    url = QUrl(address)
    if not url.isValid() or url.scheme().lower() not in _OPENED:
        return None
    # What is shown is what is opened: encoded, so that look-alike letters and hidden ones can be seen.
    shown = bytes(url.toEncoded().data()).decode("ascii", "replace")
    mail = url.scheme().lower() == "mailto"
    sheet = Sheet(
        context.theme,
        over.window(),
        title=over.tr("Write to this address?") if mail else over.tr("Open this address in the browser?"),
        text=breakable(one_line(shown, 400)),
        answers=(
            SheetAnswer("", over.tr("Cancel")),
            SheetAnswer("copy", over.tr("Copy")),
            SheetAnswer("open", over.tr("Open"), ButtonKind.PRIMARY),
        ),
    )

    def answered(answer: str) -> None:
        if answer == "open":
            context.open_url(url)
        elif answer == "copy":
            QGuiApplication.clipboard().setText(shown)

    sheet.answered.connect(answered)
    return sheet
