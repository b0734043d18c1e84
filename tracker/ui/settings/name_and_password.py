"""User name and password for a chat server or a proxy, and what is wrong with them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.field import Field, LineEdit


class NameAndPassword(QWidget):
    """Two fields; `entered` when Enter is pressed in one of them. `user` and `password` may name them."""

    entered = Signal()

    def __init__(self, parent: QWidget, *, user: str = "", password: str = "") -> None:
        super().__init__(parent)
        self._user = LineEdit(self, limit=320)
        self._password = LineEdit(self, limit=4000)
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._user_field = Field(user or self.tr("User name"), self._user, self)
        self._password_field = Field(password or self.tr("Password"), self._password, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._user_field)
        column.addWidget(self._password_field)
        for line in (self._user, self._password):
            line.returnPressed.connect(self.entered)

    @property
    def user(self) -> str:
        """The user name."""
        return self._user.text().strip()

    @property
    def password(self) -> str:
        """The password."""
        return self._password.text()

    def check(self) -> bool:
        """Say under each field what is missing; True if nothing is."""
        self._user_field.set_error("" if self.user else self.tr("Write your user name."))
        self._password_field.set_error("" if self.password else self.tr("Write your password."))
        return bool(self.user and self.password)

    def forget_password(self) -> None:
        """Empty the field of the password."""
        self._password.clear()

    def focus_start(self) -> None:
        """Put the keyboard into the first field."""
        self._user.setFocus(Qt.FocusReason.OtherFocusReason)
