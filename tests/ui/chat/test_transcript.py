"""The drawing of a conversation: any length, by keys, wheel and bar, and never more than a screen of rows."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.chat.scene import OPEN, TICKET, bubbles, button, field, lay, of_mine, said, shown, transcript
from tests.ui.page_ground import Ground, ground
from tracker.model.attachment import Attachment
from tracker.model.person import ActorKind
from tracker.ui.chat.file_bubble import FileBubble
from tracker.ui.chat.page import ChatPage
from tracker.ui.theme.theme import Look, Theme

MANY = 1_000


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def long_one(g: Ground, qtbot: QtBot) -> ChatPage:
    lay(g, OPEN, *(said(at, f"word {at}.") for at in range(MANY)))
    g.view.talks.marks[TICKET, ActorKind.YOU] = MANY
    return shown(g, qtbot)


def places(page: ChatPage) -> list[int]:
    return [int(name.rsplit("word ", 1)[1].rstrip(".")) for name in bubbles(page)]


def test_only_a_screenful_of_rows_is_made(g: Ground, qtbot: QtBot) -> None:
    page = long_one(g, qtbot)
    assert places(page)[-1] == MANY - 1
    assert len(places(page)) < 30
    assert len(transcript(page).rows) < 200


def test_every_message_comes_by_once_all_the_way_up_and_down(g: Ground, qtbot: QtBot) -> None:
    page = long_one(g, qtbot)
    drawing, seen = transcript(page), set(places(page))
    while min(seen) > 0:
        before = places(page)
        drawing.scroll_by(-400)
        now = places(page)
        assert now == list(range(now[0], now[-1] + 1))
        assert now[0] <= before[0] <= now[-1] + 1
        seen |= set(now)
    assert seen == set(range(MANY))
    while not drawing.at_end:
        drawing.scroll_by(400)
    assert places(page)[-1] == MANY - 1


def test_the_keys_go_through_the_messages_and_to_both_ends(g: Ground, qtbot: QtBot) -> None:
    page = long_one(g, qtbot)
    drawing = transcript(page)
    drawing.setFocus()
    for _ in range(20):
        QTest.keyClick(page.window().focusWidget() or drawing, Qt.Key.Key_Up)
    focused = page.window().focusWidget()
    assert focused is not None
    assert focused.accessibleName().endswith(f"word {MANY - 20}.")
    QTest.keyClick(drawing, Qt.Key.Key_Home)
    assert places(page)[0] == 0
    QTest.keyClick(drawing, Qt.Key.Key_PageDown)
    assert places(page)[0] > 0
    QTest.keyClick(drawing, Qt.Key.Key_End)
    assert places(page)[-1] == MANY - 1
    QTest.keyClick(drawing, Qt.Key.Key_PageUp)
    QTest.keyClick(drawing, Qt.Key.Key_Down)
    assert not drawing.at_end


def test_the_bar_leads_anywhere(g: Ground, qtbot: QtBot) -> None:
    page = long_one(g, qtbot)
    bar = transcript(page).scroll_bar
    bar.setValue(bar.maximum() // 2)
    assert abs(places(page)[0] - MANY // 2) < MANY // 10
    bar.setValue(bar.value() + 100)
    assert not transcript(page).at_end
    bar.setValue(bar.maximum())
    assert places(page)[-1] == MANY - 1


def test_an_up_arrow_in_the_empty_field_changes_nothing(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, of_mine(1, "sent before"))
    page = shown(g, qtbot)
    field(page).setFocus()
    QTest.keyClick(field(page), Qt.Key.Key_Up)
    assert field(page).toPlainText() == ""
    assert field(page).hasFocus()


def test_where_the_new_begins_is_shown_even_a_long_way_up(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, *(said(at, f"word {at}.") for at in range(MANY)))
    g.view.talks.marks[TICKET, ActorKind.YOU] = 300
    page = shown(g, qtbot)
    assert places(page)[0] == 301
    assert not transcript(page).at_end
    assert not g.actions.chat.chats_read


def test_a_very_long_text_is_shown_in_part_until_asked(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, said(1, "word\n" * 2_000))
    page = shown(g, qtbot)
    before = transcript(page).scroll_bar.maximum()
    button(page, "Show all of it").click()
    assert transcript(page).scroll_bar.maximum() > before


def test_a_picture_is_shown_small_once_it_is_here(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    lay(g, OPEN, said(1, "", attachments=(Attachment("a", "shot.png", 9, "image/png"),)))
    page = shown(g, qtbot)
    button(page, "Save shot.png")
    drawn = QImage(800, 600, QImage.Format.Format_RGB32)
    drawn.fill(QColor("red"))
    assert drawn.save(str(tmp_path / "shot.png"))
    button(page, "Open shot.png").click()
    g.actions.downloads[0].progress(4)
    g.actions.downloads[0].then(tmp_path / "shot.png")
    preview = page.findChildren(FileBubble)[0].preview
    assert preview is not None
    assert preview.width() == 213


@pytest.mark.parametrize(
    "text",
    [
        "<b onclick='x'>hi</b>",
        "الشبكة لا تعمل \u202egnp.exe",
        "a" * 5_000,
        "z\u0300\u0301\u0302\u0303\u0304\u0305",
        "👩‍💻👍",
    ],
)
def test_odd_texts_stay_within_the_page(g: Ground, qtbot: QtBot, text: str) -> None:
    lay(g, OPEN, said(1, text), of_mine(2, text))
    page = shown(g, qtbot, 480, 420)
    for row in transcript(page).shown:
        assert row.width() <= page.width()
        for child in row.children():
            if child.isWidgetType():
                assert row.rect().contains(child.geometry())  # type: ignore[attr-defined]


def test_another_look_is_put_on_while_it_is_shown(g: Ground, qtbot: QtBot, theme: Theme) -> None:
    lay(g, OPEN, said(1, "Hello"), of_mine(2, "Hi"))
    page = shown(g, qtbot)
    before = page.grab().toImage()
    theme.choose(Look.DARK)
    assert page.grab().toImage() != before
    assert len(bubbles(page)) == 2


def test_messages_are_read_out_from_the_top_in_whatever_order_they_were_made(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, *(said(number, f"Message {number}") for number in range(1, 40)))
    page = shown(g, qtbot)
    drawing = transcript(page)
    for pixels in (-700, -300, 500):
        drawing.scroll_by(pixels)
        rows = drawing.shown
        parent = rows[0].parentWidget()
        assert parent is not None
        assert [child for child in parent.children() if child in rows] == list(rows)


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
def test_a_row_that_is_used_again_looks_as_if_made_for_it(theme: Theme, qtbot: QtBot, look: Look) -> None:
    theme.choose(look)
    g = ground(theme)
    texts = ("Short.", "A longer one. " * 9, "See https://example.org/vpn first.", "Zeile\nZeile\nZeile")
    lay(g, OPEN, *((said if at % 5 < 2 else of_mine)(at, f"{at} {texts[at % 4]}") for at in range(120)))
    page = shown(g, qtbot)
    drawing = transcript(page)
    for pixels in (-500, -130, -900, 460, -2_000, 1_300):
        drawing.scroll_by(pixels)
        used, names = drawing.grab().toImage(), bubbles(page)
        drawing.refresh(online=False)
        drawing.refresh(online=True)  # makes each anew
        assert drawing.grab().toImage() == used
        assert bubbles(page) == names


def test_reading_on_upwards_never_jumps_and_the_new_begins_at_one_place(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, *(said(at, f"word {at}.") for at in range(MANY)))
    g.view.talks.marks[TICKET, ActorKind.YOU] = 300
    page = shown(g, qtbot)
    drawing = transcript(page)
    drawing.go_to_end()
    while places(page)[0] > 250:
        before = places(page)
        drawing.scroll_by(-100)
        assert before[0] - places(page)[0] <= 3
        new = [at for at, row in enumerate(drawing.rows) if row.key == "new"]
        assert [drawing.rows[at + 1].key for at in new] in ([], ["m301"])
