"""The sign-in page: which desk, who, and the proof; errors are said where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tracker.ui.accounts.company import CompanyPart
from tracker.ui.accounts.form import (
    DeskOption,
    OfferedWays,
    SecretKind,
    SignInForm,
    check,
    clean_url,
    is_address,
)
from tracker.ui.settings.section import set_by_it
from tracker.ui.theme.tokens import Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.banner import Banner
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.field import Choice, Field, LineEdit
from tracker.ui.widgets.glyph import Glyph
from tracker.ui.widgets.logo import Logo
from tracker.ui.widgets.page import ScrollPage
from tracker.ui.widgets.segments import SegmentedChips
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme

_WIDTH = 440


class SignInPage(ScrollPage):
    """Asks for what `desks` need. After a press it waits: the owner answers with show_busy, show_error or by
    leaving the page. `desks` holds at least one; with one there is nothing to choose.
    """

    sign_in_requested = Signal(object)
    """Carries a SignInForm."""
    ways_asked = Signal(str, str)
    """Carries a kind of desk and an address that one may want to sign in at: `show_ways` is the answer."""

    def __init__(
        self, theme: Theme, desks: tuple[DeskOption, ...], parent: QWidget | None = None, *, user: str = ""
    ) -> None:
        super().__init__(parent, width=_WIDTH)
        self._desks = {desk.kind: desk for desk in desks}
        self.setAccessibleName(self.tr("Sign in"))
        self._typed = True
        self._asked = ("", "")
        self._make_fields(theme, user)
        self._lay_out(theme)
        self._button.clicked.connect(self._ask)
        self._desk.currentIndexChanged.connect(self._show_desk)
        self._secret_kind.chosen.connect(self._show_secret_kind)
        for line in (self._url, self._user, self._secret):
            line.returnPressed.connect(self._ask)
        self._url.editingFinished.connect(lambda: self.ask_ways())
        self._url.textEdited.connect(self._forget_ways)
        self._show_desk()
        self._asked = ("", "")  # nobody has heard it yet: the owner asks once they listen
        self._first_empty().setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_ways(self, *, again: bool = False) -> None:
        """Ask how one can sign in at what is filled in, where that can be an address; once, or `again`."""
        desk, url = self._desk.choice, clean_url(self._url.text())
        if is_address(url) and not self.company.waiting and (again or (desk, url) != self._asked):
            self._asked = (desk, url)
            self.ways_asked.emit(desk, url)

    def show_ways(self, desk: str, url: str, ways: OfferedWays) -> None:
        """Offer these ways, if that desk is still the one filled in."""
        if (desk, url) == (self._desk.choice, clean_url(self._url.text())) and self._button.isEnabled():
            self._show_offer(ways)

    def show_company(self) -> None:
        """Make room for what the company's sign-in says, or take it back, as that stands."""
        waiting = self.company.waiting
        self._set_waiting(waiting)
        self._show_typed(self._typed and not waiting)
        if waiting:
            self._banner.show_message("")

    def show_busy(self, text: str) -> None:
        """Say what is being waited for ("Asking the desk…", "Waiting for the keyring…")."""
        self._set_waiting(True)
        self._banner.show_message("")
        self._progress.setText(text)
        self._progress_row.show()
        announce(self, text)

    def show_error(self, text: str) -> None:
        """Say why it did not work; everything typed stays, the button works again."""
        self._set_waiting(False)
        self.company.show_over()
        self.show_company()
        self._progress_row.hide()
        self._banner.show_message(text, Tone.LATE)
        if self._typed:
            self._select_secret()

    def _select_secret(self) -> None:
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)
        self._secret.selectAll()

    def forget_secret(self) -> None:
        """Empty the field of the password once it has been taken."""
        self._secret.clear()

    def form(self) -> SignInForm:
        """Return what is filled in, cleaned."""
        return SignInForm(
            desk=self._desk.choice,
            url=clean_url(self._url.text()),
            user=self._user.text().strip(),
            secret_kind=SecretKind(self._secret_kind.choice or SecretKind.PASSWORD),
            secret=self._secret.text(),
        )

    def _ask(self) -> None:
        if not self._button.isEnabled() or not self._typed:
            return
        form = self.form()
        errors = check(form)
        for field, error in (
            (self._url_field, errors.url),
            (self._user_field, errors.user),
            (self._secret_field, errors.secret),
        ):
            field.set_error(error)
        if errors.any:
            self._first_wrong().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.show_busy(self.tr("Asking the desk…"))
        self.sign_in_requested.emit(form)

    def _first_wrong(self) -> QWidget:
        fields = (self._url_field, self._user_field, self._secret_field)
        return next((field.editor for field in fields if field.error), self._secret)

    def _first_empty(self) -> QWidget:
        lines = (self._url, self._user, self._secret)
        return next((line for line in lines if line.isEnabled() and not line.text()), self._secret)

    def _set_waiting(self, waiting: bool) -> None:
        self._button.setEnabled(not waiting)
        if not self.company.waiting:
            self.company.setEnabled(not waiting)
        for widget in (self._desk, self._user, self._secret, self._secret_kind, self._url):
            widget.setEnabled(not waiting)
        if not waiting:
            self._url.setEnabled(not self._desks[self._desk.choice].fixed)

    def _show_desk(self) -> None:
        desk = self._desks[self._desk.choice]
        self._url.setEnabled(not desk.fixed)
        self._url_field.set_hint(set_by_it() if desk.fixed else "")
        if desk.url:
            self._url.setText(desk.url)
        self._forget_ways()
        words = {SecretKind.PASSWORD: self.tr("Password"), SecretKind.TOKEN: self.tr("Access token")}
        self._secret_kind.set_choices([(kind.value, words[kind]) for kind in desk.secrets])
        self._secret_kind.setVisible(len(desk.secrets) > 1)
        self._show_secret_kind(self._secret_kind.choice)
        self.ask_ways()

    def _forget_ways(self) -> None:
        self._asked = ("", "")
        self._show_offer(OfferedWays())

    def _show_offer(self, ways: OfferedWays) -> None:
        """Show the ways; until the desk has told them, what every desk of this kind takes."""
        secrets = self._desks[self._desk.choice].secrets
        self._typed = ways.typed and bool(secrets)
        self.company.show_offer(browser=ways.browser, code=ways.code, alone=not self._typed)
        self._show_typed(self._typed)

    def _show_typed(self, shown: bool) -> None:
        secrets = self._desks[self._desk.choice].secrets
        for widget in (self._user_field, self._secret_field, self._button, self._promise):
            widget.setVisible(shown)
        self._secret_kind.setVisible(shown and len(secrets) > 1)

    def _show_secret_kind(self, kind: str) -> None:
        token = kind == SecretKind.TOKEN
        self._secret_field.set_label(self.tr("Access &token") if token else self.tr("&Password"))

    def _make_fields(self, theme: Theme, user: str) -> None:
        self._desk = Choice(self)
        self._desk.set_choices([(desk.kind, desk.name) for desk in self._desks.values()])
        self._url = LineEdit(self, placeholder="https://help.example.org", limit=2000)
        self._user = LineEdit(self, limit=320)
        self._user.setText(user)
        self._secret = LineEdit(self, limit=4000)
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret_kind = SegmentedChips(self.tr("Sign in with"), self)
        self._desk_field = Field(self.tr("&Kind of desk"), self._desk, self)
        self._url_field = Field(self.tr("&Address of your IT desk"), self._url, self)
        self._user_field = Field(self.tr("&User name"), self._user, self)
        self._secret_field = Field(self.tr("&Password"), self._secret, self)
        self._banner = Banner(theme, self)
        self._button = Button(theme, self.tr("&Sign in"), self, kind=ButtonKind.PRIMARY)
        self.company = CompanyPart(theme, self)
        """The company's sign-in, whose signals are the owner's to answer."""
        self._progress = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)

    def _lay_out(self, theme: Theme) -> None:
        card = Card(theme, self)
        card.body.setSpacing(Space.M)
        self._desk_field.setVisible(len(self._desks) > 1)
        fields = (self._desk_field, self._url_field, self._user_field, self._secret_kind, self._secret_field)
        for widget in (*fields, self._banner, self._button, self.company):
            card.body.addWidget(widget)
        self._progress_row = QWidget(card)
        row = QHBoxLayout(self._progress_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Glyph(theme, "loader-circle", self._progress_row, ink="muted", size=14))
        row.addWidget(self._progress, 1)
        self._progress_row.hide()
        card.body.addWidget(self._progress_row)
        self.center_body()
        self.body.addStretch(1)
        self.body.addLayout(_heading(theme, self))
        self.body.addWidget(card)
        self.below = QVBoxLayout()
        """Where the owner puts what has to be answered first."""
        self.body.addLayout(self.below)
        words = self.tr(
            "Your password goes to your IT desk and at most into this computer's keyring, nowhere else."
        )
        self._promise = Text(words, self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self.body.addWidget(self._promise)
        self.body.addStretch(2)


def _heading(theme: Theme, page: SignInPage) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.M)
    row.addWidget(Logo(theme, page, side=28))
    row.addWidget(Text(page.tr("Sign in"), page, style=TextStyle.PAGE_TITLE), 1)
    return row
