"""The theme dresses everything, follows the system, and can be told what to be."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tracker.ui.theme.icons import Icons
from tracker.ui.theme.palette import palette
from tracker.ui.theme.stylesheet import mix, style_sheet
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.theme.tokens import ALL_TOKENS, CONTRAST_LIGHT, DARK, LIGHT, Tokens
from tracker.ui.theme.typography import TextStyle, Typography

CASES = pytest.mark.parametrize("tokens", ALL_TOKENS, ids=lambda tokens: tokens.name)


@CASES
def test_no_role_of_the_palette_is_left_to_the_system(tokens: Tokens, qapp: QApplication) -> None:
    made = palette(tokens)
    missing = [
        role
        for role in QPalette.ColorRole
        if role not in (QPalette.ColorRole.NColorRoles, QPalette.ColorRole.NoRole)
        and not made.isBrushSet(QPalette.ColorGroup.Active, role)
    ]
    assert missing == []


@CASES
def test_the_style_sheet_names_only_colours_of_the_look(tokens: Tokens, theme: Theme) -> None:
    sheet = style_sheet(tokens, theme.type, Icons(theme.tokens.ink).folder)
    assert "$" not in sheet.replace("$names", "")
    own = set(re.findall(r"#[0-9A-F]{6}", repr(tokens)))
    used = set(re.findall(r"#[0-9A-Fa-f]{6}", sheet))
    assert len(used & own) > 8
    assert used


@CASES
def test_the_style_sheet_names_only_drawings_that_are_there(tokens: Tokens, theme: Theme) -> None:
    folder = Icons(theme.tokens.ink).folder
    named = re.findall(r'url\("([^"]+)"\)', style_sheet(tokens, theme.type, folder))
    assert named
    for path in named:
        assert (folder / path.rsplit("/", 1)[-1]).is_file(), path


def test_choosing_dark_dresses_windows_that_are_open(theme: Theme, qtbot: QtBot) -> None:
    label, line = QLabel("words"), QLineEdit()
    for widget in (label, line):
        qtbot.addWidget(widget)
        widget.show()
    with qtbot.waitSignal(theme.changed):
        theme.choose(Look.DARK)
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.text
    assert line.palette().color(QPalette.ColorRole.Base).name().upper() == DARK.surface


def test_an_icon_takes_the_colour_of_the_look_it_is_painted_in(theme: Theme) -> None:
    icon = theme.icon("check", "text")

    def darkest() -> int:
        image = icon.pixmap(32, 32).toImage()
        pixels = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
        return min(pixel.lightness() for pixel in pixels if pixel.alpha() > 200)

    light = darkest()
    theme.choose(Look.DARK)
    assert light < 60
    assert darkest() > 180


def test_the_same_choice_again_changes_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(Look.LIGHT)


def test_as_the_system_means_what_the_system_says(theme: Theme, qapp: QApplication) -> None:
    theme.choose(Look.DARK)
    theme.choose(Look.SYSTEM)
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.tokens is (DARK if dark else LIGHT)


def test_the_system_going_dark_is_followed_only_when_asked_to(theme: Theme, qapp: QApplication) -> None:
    hints = qapp.styleHints()
    theme.choose(Look.SYSTEM)
    hints.colorSchemeChanged.emit(hints.colorScheme())
    assert theme.tokens in (LIGHT, DARK)
    theme.choose(Look.DARK)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens is DARK


def test_high_contrast_can_be_chosen(theme: Theme) -> None:
    theme.choose(Look.CONTRAST)
    assert theme.tokens is CONTRAST_LIGHT


@pytest.mark.parametrize("points", [9.0, 10.0, 11.0])
def test_every_usual_system_size_reads_as_drawn(points: float) -> None:
    font = QFont()
    font.setPointSizeF(points)
    scale = Typography(font, 96)
    assert scale.pixels(TextStyle.BODY) == pytest.approx(14)
    assert scale.pixels(TextStyle.PAGE_TITLE) == pytest.approx(22)
    assert scale.points(TextStyle.BODY) == pytest.approx(10.5)


def test_larger_system_text_makes_all_text_larger() -> None:
    font = QFont()
    font.setPointSizeF(22)
    scale = Typography(font, 96)
    assert scale.pixels(TextStyle.BODY) == pytest.approx(28, rel=0.02)
    assert scale.pixels(TextStyle.SMALL) == pytest.approx(24, rel=0.02)


def test_nothing_is_smaller_than_twelve_pixels() -> None:
    font = QFont()
    font.setPointSizeF(6)
    scale = Typography(font, 96)
    assert all(scale.pixels(style) >= 12 for style in TextStyle)


def test_a_font_given_in_pixels_is_understood() -> None:
    font = QFont()
    font.setPixelSize(28)
    assert Typography(font, 96).pixels(TextStyle.BODY) > 25


def test_mixing_colours_goes_from_one_to_the_other() -> None:
    assert mix("#000000", "#FFFFFF", 0) == "#000000"
    assert mix("#000000", "#FFFFFF", 1) == "#FFFFFF"
    assert mix("#000000", "#FF0000", 0.5) == "#800000"
