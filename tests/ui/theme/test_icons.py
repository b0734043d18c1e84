"""Drawings are there, sharp and in the asked colour; the tray's states differ by shape."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from tools import icons as icon_tool
from tracker.ui.theme.art import TrayMark, app_icon, tray_drawing
from tracker.ui.theme.theme import Look, Theme


def pixels(image: QImage) -> list[QColor]:
    return [image.pixelColor(x, y) for y in range(image.height()) for x in range(image.width())]


def ink(image: QImage) -> list[bool]:
    """Return where anything is drawn, whatever its colour."""
    return [pixel.alpha() > 100 for pixel in pixels(image)]


def test_the_copied_icons_are_those_of_their_sources() -> None:
    assert icon_tool.differences() == []


def test_the_licence_of_the_icons_travels_with_them() -> None:
    text = (icon_tool.THEME_ICONS / "LICENSE.txt").read_text("utf-8")
    assert "Lucide" in text
    assert "ISC" in text


@pytest.mark.parametrize("path", sorted(icon_tool.THEME_ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_every_drawing_draws_something(path: Path, theme: Theme) -> None:
    drawn = theme.pixmap(path.stem, "text", 24, 1.0).toImage()
    assert any(ink(drawn))


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_a_drawing_has_a_pixel_for_every_pixel_of_the_screen(ratio: float, theme: Theme) -> None:
    drawn = theme.pixmap("search", "muted", 16, ratio)
    assert drawn.size() == QSize(round(16 * ratio), round(16 * ratio))
    assert drawn.devicePixelRatio() == ratio


def test_a_button_on_a_fine_screen_gets_a_fine_icon(theme: Theme) -> None:
    assert theme.icon("send").pixmap(QSize(18, 18), 2.0).size() == QSize(36, 36)


def test_a_drawing_has_the_asked_colour(theme: Theme) -> None:
    image = theme.pixmap("circle", "late", 32, 1.0).toImage()
    solid = {pixel.name() for pixel in pixels(image) if pixel.alpha() == 255}
    assert solid == {theme.colour("late").name()}


def test_a_disabled_icon_is_fainter(theme: Theme) -> None:
    normal, disabled = (
        theme.icon("check").pixmap(QSize(32, 32), 1.0, mode).toImage()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert normal != disabled


def test_the_same_drawing_is_made_once(theme: Theme) -> None:
    first = theme.pixmap("check", "text", 16, 1.0)
    assert theme.pixmap("check", "text", 16, 1.0).cacheKey() == first.cacheKey()
    theme.choose(Look.DARK)
    assert theme.pixmap("check", "text", 16, 1.0).cacheKey() != first.cacheKey()


def test_an_icon_nobody_drew_is_said(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        theme.pixmap("unheard-of", "text", 16, 1.0)


@pytest.mark.parametrize("size", [16, 22, 64])
def test_every_state_of_the_tray_icon_has_a_shape_of_its_own(size: int, qapp: QApplication) -> None:
    shapes = [ink(_tray(mark, size, dark=False)) for mark in TrayMark]
    for at, shape in enumerate(shapes):
        for other in shapes[at + 1 :]:
            differing = sum(one != two for one, two in zip(shape, other, strict=True))
            assert differing >= size * size * 0.04


@pytest.mark.parametrize("mark", list(TrayMark))
def test_the_tray_icon_stands_out_on_its_panel(mark: TrayMark, qapp: QApplication) -> None:
    for dark in (False, True):
        image = _tray(mark, 64, dark=dark)
        solid = [pixel.lightness() for pixel in pixels(image) if pixel.alpha() == 255]
        assert (min(solid) > 120) if dark else (max(solid) < 150)


def test_the_program_has_an_icon_in_every_usual_size(qapp: QApplication) -> None:
    sizes = {size.width() for size in app_icon().availableSizes()}
    assert {16, 32, 48, 256} <= sizes
    middle = QPixmap(app_icon().pixmap(QSize(64, 64), 1.0)).toImage().pixelColor(6, 32)
    assert QColor(middle).blue() > 180


def _tray(mark: TrayMark, size: int, *, dark: bool) -> QImage:
    return tray_drawing(mark, size, dark_panel=dark).toImage()
