"""Saves what is being typed within a second, once per burst of typing."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from tracker.model.draft import Draft
from tracker.ui.ports import Actions

_SAVE_AFTER_MS = 600
_OWN_KEPT = 64


class DraftKeeper(QObject):
    """`touch` it on each edit: the first of a burst starts the wait, so at most 0.6 s are unsaved."""

    saved = Signal()
    """What was typed is on this computer."""

    def __init__(self, actions: Actions, gather: Callable[[], Draft], parent: QObject) -> None:
        super().__init__(parent)
        self._actions, self._gather = actions, gather
        self._saved: Draft | None = None
        self._own: deque[Draft] = deque(maxlen=_OWN_KEPT)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)

    def touch(self) -> None:
        """Remember that something was typed."""
        if not self._timer.isActive():
            self._timer.start()

    def save(self) -> None:
        """Save now what is not saved yet; an empty draft is dropped."""
        self._timer.stop()
        draft = self._gather()
        if self.is_saved(draft):
            return
        if draft.is_empty:
            if self._saved is not None and not self._saved.is_empty:
                self._actions.drop_draft(draft.key)
        else:
            self._own.append(_content(draft))
            self._actions.save_draft(draft)
            self.saved.emit()
        self._saved = draft

    def flush(self) -> None:
        """Save now if something waits to be saved: the page goes."""
        if self._timer.isActive():
            self.save()

    def take(self, draft: Draft) -> None:
        """Take what was just read from disk, or an empty draft, as saved."""
        self._timer.stop()
        self._own.clear()
        self._saved = draft

    def is_news(self, draft: Draft) -> bool:
        """Say whether a draft on disk came from elsewhere; an own save may be told after the next one."""
        return not self.is_saved(draft) and _content(draft) not in self._own

    def is_saved(self, draft: Draft) -> bool:
        """Say whether this is what was last saved or taken."""
        return self._saved is not None and _content(draft) == _content(self._saved)


def _content(draft: Draft) -> Draft:
    return replace(draft, saved_at=None, reason=None)
