"""New request: what is needed, answers that may save the asking, the form, and what the desk promises."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from tracker.model.change import Change
from tracker.model.command import CreateTicket, StartChat, new_command_id
from tracker.model.draft import NEW_REQUEST, Draft
from tracker.model.errors import TrackerError
from tracker.model.ticket import Act
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import breakable, one_line
from tracker.ui.request.answers_card import AnswersCard
from tracker.ui.request.chat_offer import ChatOfferCard
from tracker.ui.request.draft_keeper import DraftKeeper
from tracker.ui.request.form_columns import FormColumns
from tracker.ui.request.form_foot import FormFoot, PromiseOfService
from tracker.ui.request.phone_card import PhoneCard
from tracker.ui.request.request_form import RequestForm
from tracker.ui.widgets.field import SearchField
from tracker.ui.widgets.page import ScrollPage


class NewRequestPage(ScrollPage):
    """One request at a time is written here; its draft is kept until the outbox has it."""

    sent = Signal(str)
    """The local reference of the request that was just sent: its page is wanted."""
    sent_for = Signal(str, str)
    """The same, and the Act the person wants with it: a chat that has begun, or to be called."""
    left = Signal()
    """The person put it away for later."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("What do you need help with?"))
        self._context = context
        self._sending: CreateTicket | None = None
        self._wanted: Act | None = None
        self._showing = False
        self._mirrored = ""
        self._top = SearchField(context.theme, self.tr("Say it in a few words"), self)
        self._top.setAccessibleName(self.tr("What do you need help with?"))
        self._answers = AnswersCard(context, self)
        self._form = RequestForm(context, self)
        self._promise = PromiseOfService(context.theme, self)
        self._chat = ChatOfferCard(context, self)
        self._phone = PhoneCard(context, self)
        self._foot = FormFoot(context.theme, self)
        self._keeper = DraftKeeper(context.actions, self._form.gather, self)
        self._lay_out()
        self._connect()
        self._form.show_services(context.view.services())
        self._load()
        self._show_promise()

    def _lay_out(self) -> None:
        self.body.addWidget(self._top)
        FormColumns(
            self,
            self._context.theme,
            (self._form, self._foot),
            cards={self._chat: 2, self._answers: 0, self._promise: 3, self._phone: 4},
        )
        self.body.addStretch(1)

    def _connect(self) -> None:
        self._top.textChanged.connect(self._mirror)
        self._top.searched.connect(self._answers.look_for)
        self._form.changed.connect(self._edited)
        self._form.service_chosen.connect(self._show_promise)
        self._form.send_asked.connect(self.send)
        self._keeper.saved.connect(self._say_saved)
        self._foot.later_asked.connect(self._put_away)
        self._foot.send_asked.connect(self.send)
        self._chat.start_asked.connect(self._ask_for_chat)
        self._chat.start_agreed.connect(lambda: self._hand_over(Act.CHAT))
        self._chat.request_asked.connect(self.send)
        self._chat.call_asked.connect(lambda: self._hand_over(Act.ASK_FOR_CALL))

    # What others tell the page

    def start_with(self, words: str) -> None:
        """Begin with words typed elsewhere; what was written before stays, but its one line is replaced."""
        self._top.setText(one_line(words, 200))
        self._form.set_subject(words)
        self._form.focus_first()

    def attach(self, files: Sequence[Path]) -> None:
        """Attach files from elsewhere to what is being written; the form says which cannot be attached."""
        self._form.attach(files)

    def go_on_from(self, draft: Draft) -> None:
        """Begin with what an earlier request leaves; what is being written already stays, above it."""
        self._show(_joined(self._form.gather(), draft))
        self._keeper.touch()
        self._form.focus_first()

    def refresh(self, change: Change) -> None:
        """Read again what a commit touched; the form empties once the outbox has the request."""
        if change.catalogue or change.everything:
            self._form.show_services(self._context.view.services())
        if change.chats or change.everything:
            self._chat.show_way()
            self._phone.refresh()
        if self._sending is not None and (change.outbox or change.everything):
            self._was_sent(self._sending)
        elif change.drafts or change.everything:
            self._load()

    def refused(self, sentence: str) -> None:
        """Say why the request could not be put into the outbox; everything typed is still here."""
        self._set_sending(None)
        self._chat.reset()
        self._foot.say(sentence, "late")

    def focus_start(self) -> None:
        """Put the keyboard into the first field."""
        self._top.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the person does

    def send(self) -> None:
        """Hand the request over, once; a second call before the outbox has it does nothing."""
        self._hand_over(None)

    def _ask_for_chat(self) -> None:
        if self._sending is None and self._is_complete():
            self._chat.ask()

    def _is_complete(self) -> bool:
        complete = self._form.check()
        if not complete:
            self._foot.say(self.tr("Something is missing. Look for the words in red."), "late")
        return complete

    def _hand_over(self, wanted: Act | None) -> None:
        if self._sending is not None or not self._is_complete():
            return
        self._keeper.flush()
        command = _command(self._form.gather(), self._context.clock())
        self._wanted = wanted
        self._set_sending(command)
        try:
            self._context.actions.submit(command)
            if wanted is Act.CHAT:
                # The request's own text is what the chat is about: the desk shows it to whoever joins.
                self._context.actions.submit(StartChat(new_command_id(), command.at, command.ticket))
        except TrackerError as error:
            self.refused(str(error))

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the page goes."""
        super().hideEvent(event)
        self._keeper.flush()

    def _was_sent(self, command: CreateTicket) -> None:
        empty = Draft(NEW_REQUEST, "")
        self._keeper.take(empty)
        self._show(empty)
        self._context.actions.drop_draft(NEW_REQUEST)
        self._set_sending(None)
        self._answers.look_for("")
        self._chat.reset()
        if self._wanted is None:
            self.sent.emit(command.ticket)
        else:
            self.sent_for.emit(command.ticket, self._wanted.value)

    def _set_sending(self, command: CreateTicket | None) -> None:
        self._sending = command
        for part in (self._form, self._top, self._chat):
            part.setEnabled(command is None)
        self._foot.wait(sending=command is not None)
        self._foot.say(self.tr("Sending") if command is not None else "", "muted")

    def _put_away(self) -> None:
        self._keeper.save()
        self.left.emit()

    def _mirror(self, words: str) -> None:
        """Write the one line along, as long as nobody has written another there."""
        if not self._showing and self._form.subject in ("", self._mirrored):
            self._form.set_subject(words)
        self._mirrored = one_line(words, 200)

    def _edited(self) -> None:
        if not self._showing:
            self._foot.say("", "muted")
            self._keeper.touch()

    # Showing

    def _load(self) -> None:
        draft = self._context.view.draft(NEW_REQUEST)
        if draft is None or not self._keeper.is_news(draft):
            return
        typed = self._form.gather()
        if not typed.is_empty and not self._keeper.is_saved(typed):
            return  # what is being typed now is newer
        self._keeper.take(draft)
        self._show(draft)
        if draft.reason:
            reason = breakable(one_line(draft.reason, 300))
            self._foot.say(self.tr("It could not be sent: {reason}").format(reason=reason), "late")
        elif not draft.is_empty:
            self._say_saved()

    def _show(self, draft: Draft) -> None:
        self._showing = True
        self._top.setText(draft.subject)
        self._form.show_draft(draft)
        self._showing = False

    def _show_promise(self) -> None:
        self._promise.show_service(self._form.service)
        self._chat.show_promise(self._promise.said)

    def _say_saved(self) -> None:
        self._foot.say(self.tr("Draft saved on this computer"), "muted")


def _command(draft: Draft, now: datetime) -> CreateTicket:
    words = draft.text.strip()
    return CreateTicket(
        new_command_id(), now, draft.service, draft.subject, words, draft.fields, files=draft.files
    )


def _joined(typed: Draft, draft: Draft) -> Draft:
    parts = [typed.text] if draft.text in typed.text else [typed.text.strip(), draft.text]
    text = "\n\n".join(part for part in parts if part)
    return replace(typed, subject=typed.subject or draft.subject, text=text)
