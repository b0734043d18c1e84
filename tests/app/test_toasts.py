"""Where the page is opened by a click on a toast, or on one of its buttons."""

from dataclasses import replace

import pytest

from tests.ui.samples import NOW
from tracker.app.toasts import place_of
from tracker.model.line import line
from tracker.model.notice import Button, Notice, NoticeClass
from tracker.model.ticket import Act, TicketId


def notice(kind: NoticeClass) -> Notice:
    return Notice("n", NOW, kind, line("Dock"), line("x"), ticket=TicketId("1"))


def test_what_happens_now_opens_at_the_visit() -> None:
    assert place_of(notice(NoticeClass.NOW)) is Act.CONFIRM_VISIT
    assert place_of(notice(NoticeClass.PROGRESS)) is None


@pytest.mark.parametrize("button", [each for each in Button if each is not Button.OPEN])
def test_every_button_leads_to_its_own_place(button: Button) -> None:
    assert place_of(notice(NoticeClass.NOW), button) not in (None, Act.CONFIRM_VISIT)


def test_a_chat_message_opens_the_chat() -> None:
    said = replace(notice(NoticeClass.NOW), buttons=(Button.REPLY,))
    assert place_of(said) is Act.CHAT
    assert place_of(said, Button.REPLY) is Act.CHAT


def test_another_time_for_the_visit_opens_the_choice() -> None:
    assert place_of(notice(NoticeClass.NOW), Button.RESCHEDULE) is Act.MOVE_VISIT
