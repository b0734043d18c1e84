"""The reply field: nothing typed is lost, nothing is sent twice."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.samples import DOCK, NOW
from tracker.model.attachment import LocalFile
from tracker.model.change import Change
from tracker.model.command import Delivery, Pending, PostReply
from tracker.model.draft import Draft
from tracker.model.errors import StoreError
from tracker.model.ticket import TicketId
from tracker.ui.request.composer import Composer
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import Button, IconButton

TICKET = DOCK.ticket.id


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def composer(g: Ground, qtbot: QtBot) -> Composer:
    made = Composer(g.context, TICKET)
    on_screen(made, qtbot, 600, 240)
    made.focus_text()
    return made


def write(made: Composer, text: str) -> None:
    QTest.keyClicks(made._area, text)


def send_button(made: Composer) -> Button:
    return next(b for b in made.findChildren(Button) if b.text() == "Send")


def paste(made: Composer, content: QMimeData) -> None:
    # What Qt does with Ctrl+V and with a drop; the clipboard itself would outlive the test.
    assert made._area.canInsertFromMimeData(content)
    made._area.insertFromMimeData(content)


def test_ctrl_enter_sends(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    write(made, "It still flickers")
    QTest.keyClick(made._area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sent = g.actions.submitted[0]
    assert isinstance(sent, PostReply)
    assert (sent.ticket, sent.text, sent.at) == (TICKET, "It still flickers", NOW)


def test_a_double_click_sends_once(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    write(made, "Hello")
    QTest.mouseDClick(send_button(made), Qt.MouseButton.LeftButton)
    QTest.mouseClick(send_button(made), Qt.MouseButton.LeftButton)
    made.send()
    assert len(g.actions.submitted) == 1


def test_the_text_stays_until_the_outbox_has_it(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    write(made, "Hello")
    made.send()
    assert made.text == "Hello"
    made.refresh(Change(tickets=frozenset({TICKET})))
    assert made.text == "Hello", "news of the ticket alone does not mean that the outbox has it"
    g.view.pending = (Pending(g.actions.submitted[0], Delivery.QUEUED),)
    made.refresh(Change(tickets=frozenset({TICKET})))
    assert made.text == ""
    assert g.actions.dropped == [TICKET]
    assert send_button(made).isEnabled()


def test_after_sending_the_next_reply_is_another_command(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    for text in ("One", "Two"):
        write(made, text)
        made.send()
        made.refresh(Change(outbox=True))
    assert len({command.id for command in g.actions.submitted}) == 2


def test_nothing_is_not_sent(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    write(made, "   ")
    made.send()
    assert g.actions.submitted == []
    assert made._said.text() == "Write something first."


def test_a_draft_is_saved_within_a_second_once_per_burst(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    write(made, "It still")
    qtbot.waitUntil(lambda: len(g.actions.saved) == 1, timeout=1_000)
    assert g.actions.saved[0].text == "It still"
    assert g.actions.saved[0].key == TICKET


def test_a_draft_is_saved_when_the_page_goes(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    write(made, "It still")
    made.hide()
    assert [draft.text for draft in g.actions.saved] == ["It still"]


def test_a_draft_is_there_again_with_its_files(g: Ground, qtbot: QtBot) -> None:
    file = LocalFile("k", "log.txt", 2_000)
    g.view.drafts[TICKET] = Draft(TICKET, "It still flickers", files=(file,))
    made = composer(g, qtbot)
    assert made.text == "It still flickers"
    assert made._shelf.files == (file,)


def test_an_emptied_draft_is_forgotten(g: Ground, qtbot: QtBot) -> None:
    g.view.drafts[TICKET] = Draft(TICKET, "x")
    made = composer(g, qtbot)
    QTest.keyClick(made._area, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(made._area, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: g.actions.dropped == [TICKET])


def test_what_was_refused_comes_back_with_its_reason(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    g.view.drafts[TICKET] = Draft(TICKET, "It still flickers", reason="you may not write here")
    made.refresh(Change(drafts=True))
    assert made.text == "It still flickers"
    assert made._said.text() == "This could not be sent: you may not write here"


def test_what_is_being_typed_is_not_overwritten_by_what_comes_back(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    write(made, "New words")
    g.view.drafts[TICKET] = Draft(TICKET, "Old words")
    made.refresh(Change(drafts=True))
    assert made.text == "New words"


def test_a_full_disk_is_said_and_the_text_stays(g: Ground, qtbot: QtBot) -> None:
    g.actions.refuses = StoreError("There is no room on the disk.")
    made = composer(g, qtbot)
    write(made, "Hello")
    made.send()
    assert (made.text, made._said.text()) == ("Hello", "There is no room on the disk.")
    g.actions.refuses = None
    made.send()
    assert len(g.actions.submitted) == 1


def test_a_copied_picture_is_attached(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    content = QMimeData()
    content.setImageData(QImage(20, 10, QImage.Format.Format_RGB32))
    paste(made, content)
    assert [file.name for file in made._shelf.files] == ["Picture 2025-11-21 13.50.00.png"]
    assert made._shelf.files[0].size > 0
    assert made._shelf.isVisible()


def test_copied_files_are_attached_and_copied_text_is_text(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text("it flickers")
    made = composer(g, qtbot)
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(tmp_path / "log.txt"))])
    paste(made, content)
    words = QMimeData()
    words.setText("Some words")
    words.setImageData(QImage(20, 10, QImage.Format.Format_RGB32))
    paste(made, words)
    assert [file.name for file in made._shelf.files] == ["log.txt"]
    assert made.text == "Some words"


def test_a_copied_web_address_is_text(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    content = QMimeData()
    content.setUrls([QUrl("https://a.example/x")])
    content.setText("https://a.example/x")
    paste(made, content)
    assert (made.text, made._shelf.files) == ("https://a.example/x", ())


def test_the_chooser_attaches(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    made = composer(g, qtbot)
    next(b for b in made.findChildren(IconButton) if b.accessibleName() == "Attach files").click()
    dialog = made.findChildren(QFileDialog)[0]
    dialog.filesSelected.emit([str(tmp_path / "a.txt")])
    dialog.close()
    assert [file.name for file in made._shelf.files] == ["a.txt"]


def test_the_limit_is_told_before(g: Ground, qtbot: QtBot) -> None:
    g.view.limit = 10 * 1024 * 1024
    made = composer(g, qtbot)
    attach = next(b for b in made.findChildren(IconButton) if b.accessibleName() == "Attach files")
    assert attach.accessibleDescription() == "Files up to 10 MB each"
    assert attach.toolTip() == "Attach files. Files up to 10 MB each"


def test_what_can_not_be_attached_is_said_and_the_rest_is_attached(
    g: Ground, qtbot: QtBot, tmp_path: Path
) -> None:
    g.view.limit = 1_024
    (tmp_path / "big.bin").write_bytes(b"x" * 3_072)
    (tmp_path / "ok.txt").write_text("ok")
    made = composer(g, qtbot)
    made._shelf.add_files([tmp_path / "ok.txt", tmp_path / "big.bin"])
    assert [file.name for file in made._shelf.files] == ["ok.txt"]
    assert made._shelf.said == "“big.bin” has 3 kB. The desk takes files up to 1 kB."
    made._shelf.add_files([tmp_path])
    assert made._shelf.said == f"“{tmp_path.name}” is a folder. Attach the files in it."
    made._shelf.add_files([tmp_path / "none"])
    assert made._shelf.said == "“none” cannot be read."


def test_a_file_that_can_not_be_copied_is_said(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    g.actions.refuses_files = StoreError("There is no room on the disk.")
    made = composer(g, qtbot)
    write(made, "Hello")
    made._shelf.add_files([tmp_path / "a.txt"])
    assert (made._shelf.said, made._shelf.files) == ("There is no room on the disk.", ())
    assert made.text == "Hello"


def test_a_file_can_be_taken_away_again(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    made = composer(g, qtbot)
    made._shelf.add_files([tmp_path / "a.txt"])
    next(b for b in made.findChildren(IconButton) if b.accessibleName() == "Take a.txt away").click()
    assert made._shelf.files == ()
    assert not made._shelf.isVisible()


def test_files_alone_can_be_sent(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    made = composer(g, qtbot)
    made._shelf.add_files([tmp_path / "a.txt"])
    made.send()
    sent = g.actions.submitted[0]
    assert isinstance(sent, PostReply)
    assert [file.name for file in sent.files] == ["a.txt"]


def test_a_draft_moves_on_with_the_request(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    write(made, "Hello")
    made.set_ticket(TicketId("77"))
    assert made.text == "Hello"
    made.send()
    assert [getattr(command, "ticket", None) for command in g.actions.submitted] == ["77"]


def test_the_field_grows_with_its_text_up_to_a_limit(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    low = made._area.height()
    made._area.setPlainText("\n".join("line" for _ in range(5)))
    middle = made._area.height()
    made._area.setPlainText("\n".join("line" for _ in range(500)))
    assert low < middle < made._area.height() < 300


def test_an_own_save_that_is_told_late_does_not_undo_what_was_typed_since(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    write(made, "One")
    made._keeper.save()
    late = g.view.drafts[TICKET]
    write(made, " two")
    made._keeper.save()
    g.view.drafts[TICKET] = late
    made.refresh(Change(drafts=True))
    assert made.text == "One two"


def test_the_same_words_may_come_back_after_they_were_sent(g: Ground, qtbot: QtBot) -> None:
    made = composer(g, qtbot)
    write(made, "Hello")
    made.send()
    made.refresh(Change(outbox=True))
    g.view.drafts[TICKET] = Draft(TICKET, "Hello", reason="the ticket is closed")
    made.refresh(Change(drafts=True))
    assert made.text == "Hello"
