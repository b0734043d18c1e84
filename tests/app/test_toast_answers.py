"""What is answered on a toast itself goes into the outbox, once, and counts as having read."""

from tests.ui.fake_ports import FakeActions, FakeView
from tests.ui.samples import NOW, PRIYA
from tracker.app.toast_answers import LONGEST, ToastAnswers
from tracker.model.chat import Message
from tracker.model.command import ConfirmFixed, SendMessage
from tracker.model.draft import chat_draft
from tracker.model.ticket import TicketId

TICKET = TicketId("7")


def scene() -> tuple[ToastAnswers, FakeActions]:
    view = FakeView()
    view.talks.written[TICKET] = [Message(f"m{at}", TICKET, at, NOW, PRIYA, "Hello") for at in (1, 2)]
    actions = FakeActions(view)
    return ToastAnswers(actions, view.talks), actions


def test_words_go_into_the_chat_which_has_been_read() -> None:
    answers, actions = scene()
    answers.reply(TICKET, " Yes please\n")
    (command,) = actions.submitted
    assert isinstance(command, SendMessage)
    assert (command.ticket, command.text) == (TICKET, "Yes please")
    assert actions.chat.chats_read == [(TICKET, "m2")]
    assert actions.seen == [TICKET]


def test_what_is_too_long_for_a_message_waits_in_the_field() -> None:
    answers, actions = scene()
    answers.reply(TICKET, "x" * (LONGEST + 1))
    assert actions.submitted == []
    (draft,) = actions.saved
    assert (draft.key, len(draft.text)) == (chat_draft(TICKET), LONGEST + 1)
    assert actions.chat.chats_read == []


def test_it_works_is_said_to_the_desk() -> None:
    answers, actions = scene()
    answers.confirm(TICKET)
    (command,) = actions.submitted
    assert isinstance(command, ConfirmFixed)
