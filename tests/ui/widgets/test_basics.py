"""The small pieces: buttons, chips, text, cards, avatars, banners, empty pages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.accessible import accessible_tree
from tests.ui.clipping import clipped, small_targets
from tests.ui.widgets.showing import shown
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.avatar import Avatar, initials
from tracker.ui.widgets.banner import Banner
from tracker.ui.widgets.buttons import Button, ButtonKind, IconButton
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.chip import Chip
from tracker.ui.widgets.empty import EmptyState
from tracker.ui.widgets.text import ElidedText, Text


@pytest.mark.parametrize("kind", [k for k in ButtonKind if k is not ButtonKind.ICON])
def test_a_button_is_36_pixels_high_and_pressed_by_enter_and_space(
    kind: ButtonKind, theme: Theme, qtbot: QtBot
) -> None:
    button = Button(theme, "&New request", kind=kind, icon="circle-plus")
    window = shown(button, qtbot)
    presses: list[str] = []
    button.clicked.connect(lambda: presses.append("pressed"))
    assert button.height() == 36
    assert button.accessibleName() == "New request"
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert presses == ["pressed", "pressed"]
    assert clipped(window) == []


def test_a_button_of_an_icon_says_its_name_and_is_large_enough_to_hit(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, "copy", name="Copy the number")
    window = shown(button, qtbot)
    assert "Button “Copy the number”" in accessible_tree(window)
    assert button.toolTip() == "Copy the number"
    assert small_targets(window) == []


def test_a_small_target_is_found(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "x")
    window = shown(button, qtbot)
    button.setFixedSize(20, 20)
    assert small_targets(window) == ["Button “x”: 20 x 20"]


def test_a_chip_says_its_state_in_words(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, "On the way", tone=Tone.ACCENT, icon="truck")
    window = shown(chip, qtbot)
    assert "StaticText “On the way”" in accessible_tree(window)
    before = chip.sizeHint().width()
    chip.show_state("Waiting for you, since yesterday", Tone.WAIT)
    assert chip.sizeHint().width() > before
    assert "Waiting for you" in accessible_tree(window)


def test_a_chip_is_drawn_in_its_tone(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, "Update overdue", tone=Tone.LATE)
    window = shown(chip, qtbot)
    image = window.grab().toImage()
    colours = {
        image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
    }
    assert theme.tokens.late.soft in colours


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Priya Nair", "PN"),
        ("Ana", "A"),
        ("  Jean  Luc de la Tour ", "JT"),
        ("élodie martin", "ÉM"),
        ("(IT) desk", "D"),
        ("", "?"),
        ("— —", "?"),
    ],
)
def test_initials_of_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_an_avatar_is_read_as_the_person(theme: Theme, qtbot: QtBot) -> None:
    avatar = Avatar(theme, "Priya Nair")
    window = shown(avatar, qtbot)
    assert "Priya Nair" in accessible_tree(window)
    before = window.grab().toImage()
    avatar.show_person("Dmitri Malik")
    assert window.grab().toImage() != before


def test_mark_up_in_what_people_wrote_is_shown_not_obeyed(theme: Theme, qtbot: QtBot) -> None:
    text = Text("<b>bold</b> & <img src='http://192.0.2.1/x.png'>")
    shown(text, qtbot)
    assert text.textFormat() == Qt.TextFormat.PlainText
    assert text.text().startswith("<b>")


def test_text_of_every_style_has_the_size_of_its_style(theme: Theme, qtbot: QtBot) -> None:
    for style in TextStyle:
        text = Text("Words", style=style)
        shown(text, qtbot)
        assert text.font().pointSizeF() == pytest.approx(theme.type.points(style), abs=0.05)
        assert text.font().weight() == theme.type.weight(style)


def test_an_ink_can_change(theme: Theme, qtbot: QtBot) -> None:
    text = Text("Words", ink="muted")
    shown(text, qtbot)
    text.set_ink("late")
    assert text.palette().color(text.foregroundRole()).name().upper() == theme.tokens.late.strong


def test_a_line_too_long_is_cut_to_see_and_whole_to_hear(theme: Theme, qtbot: QtBot) -> None:
    text = ElidedText("Laptop docking station does not power two screens")
    window = shown(text, qtbot, width=160)
    assert text.text().endswith("…")
    assert text.toolTip().endswith("two screens")
    assert "two screens" in accessible_tree(window)
    window.setFixedWidth(600)
    qtbot.waitUntil(lambda: not text.text().endswith("…"))
    assert text.toolTip() == ""


def test_a_card_takes_its_title_and_tone(theme: Theme, qtbot: QtBot) -> None:
    card = Card(theme, title="Promises on this request")
    card.body.addWidget(Text("Fixed by Thursday"))
    window = shown(card, qtbot, width=300)
    plain = window.grab().toImage()
    assert "Promises on this request" in accessible_tree(window)
    card.set_tone(Tone.WARN, filled=True)
    filled = window.grab().toImage()
    assert plain != filled
    assert middle_colour(filled) == theme.tokens.warn.soft
    assert clipped(window) == []


def middle_colour(image: QImage) -> str:
    return image.pixelColor(image.width() - 40, image.height() // 2).name().upper()


def test_a_banner_is_silent_until_there_is_something_to_say(theme: Theme, qtbot: QtBot) -> None:
    banner = Banner(theme)
    window = shown(banner, qtbot, width=420)
    assert not banner.isVisible()
    banner.show_message("The keyring is locked.", Tone.WARN, action="&Unlock")
    assert banner.message == "The keyring is locked."
    assert "Button “Unlock”" in accessible_tree(window)
    banner.show_message("All is well.", Tone.OK)
    assert "Unlock" not in accessible_tree(window)
    banner.show_message("")
    assert banner.message == ""


def test_a_banner_can_be_closed(theme: Theme, qtbot: QtBot) -> None:
    banner = Banner(theme)
    shown(banner, qtbot, width=420)
    banner.show_message("Sent.", Tone.OK)
    close = next(b for b in banner.findChildren(IconButton))
    with qtbot.waitSignal(banner.dismissed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_an_empty_page_says_why_and_what_to_do(theme: Theme, qtbot: QtBot) -> None:
    empty = EmptyState(theme)
    empty.show_message("Nothing is open", "When you need IT, say what is wrong.", action="&New request")
    window = shown(empty, qtbot, width=400)
    assert "Nothing is open. When you need IT" in accessible_tree(window)
    button = empty.findChild(Button)
    assert button is not None
    with qtbot.waitSignal(empty.action_pressed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    empty.show_message("Nothing was found")
    assert not button.isVisible()
    assert clipped(window) == []
