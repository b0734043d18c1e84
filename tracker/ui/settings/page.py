"""The settings page: look, notifications, start, account, about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.host.settings import Settings, ThemeChoice
from tracker.ui.settings.chat_server import ChatServerSection
from tracker.ui.settings.network import NetworkSection
from tracker.ui.settings.notices import NoticeSection
from tracker.ui.settings.section import CheckRow, Section
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.check import Check
from tracker.ui.widgets.page import ScrollPage
from tracker.ui.widgets.segments import SegmentedChips
from tracker.ui.widgets.sheet import Sheet, SheetAnswer
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.settings.reader import Reader

_WIDTH = 720
_SIGN_OUT = "sign-out"


@dataclass(frozen=True, slots=True)
class About:
    """What the page says of the program itself; `can_autostart` false hides what this system can't do.

    `locked`: what IT has set, by the names of the settings ("theme", "telling.now").
    """

    version: str
    can_autostart: bool = True
    locked: frozenset[str] = frozenset()


class SettingsPage(ScrollPage):
    """Shows a Settings value and tells every change as a new one; it stores nothing itself.

    `chat` is the section of the chat server, which speaks for itself.
    """

    settings_changed = Signal(object)
    """Carries the new Settings."""
    sign_out_asked = Signal()
    """The person has confirmed what signing out removes."""
    check_asked = Signal()
    """The person wants to know whether everything is all right."""

    def __init__(
        self, reader: Reader, settings: Settings, about: About, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=_WIDTH)
        self._theme, self._settings = reader.theme, settings
        self._sheet: Sheet | None = None
        self.set_title(self.tr("Settings"))
        self._notices = NoticeSection(reader, settings, self)
        self._notices.changed.connect(self._take_notices)
        self.body.addWidget(self._look())
        self.body.addWidget(self._notices)
        self.body.addWidget(self._starting(about))
        self.body.addWidget(self._account())
        self.chat = ChatServerSection(self._theme, self)
        self.body.addWidget(self.chat)
        self.network = NetworkSection(self._theme, self)
        self.body.addWidget(self.network)
        self.body.addWidget(self._about(about))
        self.body.addStretch(1)
        self.show_settings(settings)
        self.show_locked(about.locked)

    def show_locked(self, locked: frozenset[str]) -> None:
        """Show what is set by IT, by the names of the settings."""
        self._look_row.lock(locked="theme" in locked)
        self._language_row.lock(locked="language" in locked)
        self._autostart_row.lock(locked="autostart" in locked)
        self._notices.show_locked(locked)

    def show_settings(self, settings: Settings) -> None:
        """Show these without telling anybody."""
        self._settings = settings
        self._look_choice.choose(settings.theme.value)
        self._autostart.tick(settings.autostart)
        self._notices.show_settings(settings)
        desk = settings.desk
        who = self.tr("Signed in as {user}").format(user=desk.user) if desk else self.tr("Not signed in")
        self._who.setText(who)
        self._where.setText(desk.url if desk else "")
        self._sign_out.setVisible(desk is not None)

    def say_where_kept(self, *, at_desk: bool | None) -> None:
        """Say whether how to be told is kept at the desk, too; None: nobody knows yet."""
        self._notices.say_where_kept(at_desk=at_desk)

    def _look(self) -> Section:
        section = Section(self._theme, self.tr("Look"), self)
        self._look_choice = SegmentedChips(self.tr("Colours"), section)
        self._look_choice.set_choices(
            [
                (ThemeChoice.SYSTEM.value, self.tr("As the system")),
                (ThemeChoice.LIGHT.value, self.tr("Light")),
                (ThemeChoice.DARK.value, self.tr("Dark")),
                (ThemeChoice.CONTRAST.value, self.tr("High contrast")),
            ]
        )
        self._look_choice.chosen.connect(self._take_look)
        self._look_row = section.add_row(self.tr("Colours"), "", self._look_choice)
        plain = self.locale().language() == QLocale.Language.C
        language = self.tr("English") if plain else self.locale().nativeLanguageName()
        self._language_row = section.add_row(
            self.tr("Language"),
            self.tr("Follows the system"),
            Text(language, section, ink="muted"),
        )
        return section

    def _starting(self, about: About) -> Section:
        section = Section(self._theme, self.tr("Starting"), self)
        self._autostart = Check(self.tr("Start when I sign in to this &computer"), section)
        self._autostart.toggled.connect(self._take_autostart)
        self._autostart_row = CheckRow(self._autostart, section)
        section.body.addWidget(self._autostart_row)
        section.setVisible(about.can_autostart)
        return section

    def _account(self) -> Section:
        section = Section(self._theme, self.tr("Account"), self)
        self._who = Text("", section, wrap=True)
        self._where = Text("", section, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._sign_out = Button(self._theme, self.tr("Sign &out…"), section, icon="log-out")
        self._sign_out.clicked.connect(self._confirm_sign_out)
        section.body.addWidget(self._who)
        section.body.addWidget(self._where)
        row = QHBoxLayout()
        row.addWidget(self._sign_out)
        row.addStretch(1)
        section.body.addLayout(row)
        return section

    def _about(self, about: About) -> Section:
        section = Section(self._theme, self.tr("About"), self)
        section.body.addWidget(
            Text(self.tr("Tracker {version}").format(version=about.version), section, ink="muted")
        )
        check = Button(self._theme, self.tr("Is everything all &right?"), section, icon="shield-check")
        check.clicked.connect(self.check_asked)
        row = QHBoxLayout()
        row.addWidget(check)
        row.addStretch(1)
        section.body.addLayout(row)
        return section

    def _take_look(self, choice: str) -> None:
        self._tell(replace(self._settings, theme=ThemeChoice(choice)))

    def _take_autostart(self, wanted: bool) -> None:
        self._tell(replace(self._settings, autostart=wanted))

    def _take_notices(self, new: Settings) -> None:
        self._tell(
            replace(
                self._settings,
                telling=new.telling,
                privacy=new.privacy,
                quiet_hours=new.quiet_hours,
                quiet_weekend=new.quiet_weekend,
                quiet_from=new.quiet_from,
                quiet_to=new.quiet_to,
                digest_at=new.digest_at,
                muted=new.muted,
                snoozed_until=new.snoozed_until,
            )
        )

    def _tell(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self._notices.show_settings(settings)
            self.settings_changed.emit(settings)

    def _confirm_sign_out(self) -> None:
        if self._sheet is not None:
            return
        self._sheet = Sheet(
            self._theme,
            self.window(),
            title=self.tr("Sign out?"),
            text=self.tr(
                "This removes from this computer: your password, the copy of your requests, drafts, "
                "and what has not been sent yet. Your requests stay at the IT desk."
            ),
            answers=(
                SheetAnswer(_SIGN_OUT, self.tr("Sign &out"), ButtonKind.DANGER),
                SheetAnswer("", self.tr("&Stay signed in"), ButtonKind.PRIMARY),
            ),
        )
        self._sheet.answered.connect(self._sign_out_answered)

    def _sign_out_answered(self, answer: str) -> None:
        self._sheet = None
        if answer == _SIGN_OUT:
            self._sign_out.setEnabled(False)
            self.sign_out_asked.emit()
