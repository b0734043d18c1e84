"""How a person is told: per kind of news, when to be left alone, and what a passer-by may read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.host.settings import Privacy, Settings
from tracker.model.notice import NoticeClass
from tracker.model.snoozing import Snooze, snoozed_until
from tracker.model.telling import Telling
from tracker.ui.settings.digest_times import DigestTimes
from tracker.ui.settings.quiet_hours import QuietHours
from tracker.ui.settings.section import Section
from tracker.ui.settings.snoozing import SnoozeChoice
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.segments import SegmentedChips
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import time

    from tracker.ui.settings.reader import Reader
    from tracker.ui.settings.section import SettingRow

# Outages are not here: nothing tells of them yet.
KINDS = (
    NoticeClass.NOW,
    NoticeClass.NEEDS_YOU,
    NoticeClass.PROMISE,
    NoticeClass.PROGRESS,
    NoticeClass.DIGEST,
)


class NoticeSection(Section):
    """`changed` carries new settings; what IT has set can be read, not changed."""

    changed = Signal(object)

    def __init__(self, reader: Reader, settings: Settings, parent: QWidget) -> None:
        super().__init__(reader.theme, "", parent)
        self.set_title(self.tr("Notifications"))
        self._settings, self._reader = settings, reader
        self._add_snooze()
        self._ways: dict[NoticeClass, SegmentedChips] = {}
        self._rows: dict[str, SettingRow] = {}
        for kind in KINDS:
            self._add_kind(kind, *self._words(kind))
        self._add_digest()
        self._add_privacy()
        self._quiet = QuietHours(self)
        self._quiet.changed.connect(self._take)
        self.body.addWidget(self._quiet)
        self._add_muted()
        self._kept = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self.body.addWidget(self._kept)
        self.say_where_kept(at_desk=None)
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Show these without telling anybody."""
        self._settings = settings
        told = dict(settings.telling)
        for kind, way in self._ways.items():
            way.choose(told.get(kind, Telling.TOAST).value)
        self._snooze.show_until(settings.snoozed_until)
        self._digest.show_times(settings.digest_at)
        self._show_muted(len(settings.muted))
        self._privacy.choose(settings.privacy.value)
        self._quiet.show_settings(settings)

    def show_locked(self, locked: frozenset[str]) -> None:
        """Show what is set by IT, by the names of the settings ("privacy", "telling.now")."""
        for name, row in self._rows.items():
            row.lock(locked=name in locked)
        self._quiet.show_locked(locked)

    def say_where_kept(self, *, at_desk: bool | None) -> None:
        """Say whether these choices are kept at the desk, too; None: nobody knows yet."""
        there = self.tr(
            "Your IT desk keeps these choices, so they are the same on every computer you use. "
            "Only what a notification shows is chosen for this computer alone."
        )
        here = self.tr("These choices are kept on this computer: your IT desk has no place for them.")
        self._kept.setText("" if at_desk is None else there if at_desk else here)
        self._kept.setVisible(at_desk is not None)

    def _words(self, kind: NoticeClass) -> tuple[str, str]:
        """Return what a kind of news is called and an example of it."""
        words = {
            NoticeClass.NOW: (
                self.tr("Happening now"),
                self.tr("A technician is on the way or here, a visit is near"),
            ),
            NoticeClass.NEEDS_YOU: (
                self.tr("Needs you"),
                self.tr("A question, “does it work?”, a request about to be closed"),
            ),
            NoticeClass.PROMISE: (self.tr("Promises"), self.tr("Made, moved, missed")),
            NoticeClass.PROGRESS: (
                self.tr("Progress"),
                self.tr("Received, assigned, replied, visit booked"),
            ),
            NoticeClass.DIGEST: (self.tr("Small things"), self.tr("Small edits, “still on it”")),
        }
        return words[kind]

    def _add_kind(self, kind: NoticeClass, title: str, hint: str) -> None:
        way = SegmentedChips(title, self)
        way.set_choices(
            [
                (Telling.TOAST.value, self.tr("At once")),
                (Telling.DIGEST.value, self.tr("In the summary")),
                (Telling.OFF.value, self.tr("Off")),
            ]
        )
        way.chosen.connect(self._take)
        self._ways[kind] = way
        self._rows[f"telling.{kind}"] = self.add_row(title, hint, way)

    def _add_snooze(self) -> None:
        reader = self._reader
        self._snooze = SnoozeChoice(reader.theme, reader.wording, reader.clock, self)
        self._snooze.chosen.connect(self._take_snooze)
        self.add_row(
            self.tr("Leave me alone"), self.tr("Only what happens now is shown; the rest waits"), self._snooze
        )

    def _add_digest(self) -> None:
        title = self.tr("Summaries come at")
        self._digest = DigestTimes(title, self)
        self._digest.chosen.connect(self._take_digest)
        row = self.add_row(title, self.tr("Empty: they stay in the list"), self._digest)
        self._rows["digest_at"] = row

    def _add_muted(self) -> None:
        self._unmute = Button(self._reader.theme, self.tr("Hear of all of them again"), self, icon="bell")
        self._unmute.clicked.connect(self._hear_again)
        self._muted = Text("", self, wrap=True)
        self.body.addWidget(self._muted)
        row = QHBoxLayout()
        row.addWidget(self._unmute)
        row.addStretch(1)
        self.body.addLayout(row)

    def _show_muted(self, count: int) -> None:
        words = self.tr("1 request is muted") if count == 1 else self.tr("%n requests are muted", "", count)
        self._muted.setText(words)
        again = self.tr("Hear of it again") if count == 1 else self.tr("Hear of all of them again")
        self._unmute.setText(again)
        self._unmute.setAccessibleName(again)
        for part in (self._muted, self._unmute):
            part.setVisible(count > 0)

    def _add_privacy(self) -> None:
        self._privacy = SegmentedChips(self.tr("What a notification shows"), self)
        self._privacy.set_choices(
            [
                (Privacy.FULL.value, self.tr("Everything")),
                (Privacy.SUBJECT.value, self.tr("The subject")),
                (Privacy.GENERIC.value, self.tr("Only that there is news")),
            ]
        )
        self._privacy.chosen.connect(self._take)
        self._rows["privacy"] = self.add_row(
            self.tr("What a notification shows"),
            self.tr("Others may see your screen"),
            self._privacy,
        )

    def _take(self) -> None:
        told = dict(self._settings.telling) | {kind: Telling(way.choice) for kind, way in self._ways.items()}
        new = replace(self._settings, telling=tuple(told.items()), privacy=Privacy(self._privacy.choice))
        self._tell(self._quiet.put_into(new))

    def _take_snooze(self, snooze: Snooze) -> None:
        settings, reader = self._settings, self._reader
        until = snoozed_until(snooze, reader.clock(), reader.wording.zone, settings.quiet_to)
        self._tell(replace(settings, snoozed_until=until))
        self._snooze.show_until(until)

    def _take_digest(self, times: tuple[time, ...]) -> None:
        self._tell(replace(self._settings, digest_at=times))

    def _hear_again(self) -> None:
        self._tell(replace(self._settings, muted=frozenset()))
        self._show_muted(0)

    def _tell(self, new: Settings) -> None:
        if new != self._settings:
            self._settings = new
            self.changed.emit(new)
