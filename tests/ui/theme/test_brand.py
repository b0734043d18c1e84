"""A company's colour and logo: worn over the looks where it can be read, never instead of high contrast."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tracker.host.accent import DARK_GROUND, LIGHT_GROUND, contrast, is_readable
from tracker.ui.theme.brand import Brand, logo_picture
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.theme.tokens import ALL_TOKENS, CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT
from tracker.ui.widgets.logo import Logo

_STEPS = ("00", "33", "66", "99", "CC", "FF")
COLOURS = [f"#{r}{g}{b}" for r in _STEPS for g in _STEPS for b in _STEPS]
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#00ff00" d="M0 0h9v9H0z"/></svg>'
)


def test_the_grounds_are_those_of_the_looks() -> None:
    assert (LIGHT.surface, DARK.surface) == (LIGHT_GROUND, DARK_GROUND)
    assert is_readable(LIGHT.accent.strong, dark=False)
    assert is_readable(DARK.accent.strong, dark=True)


def test_every_colour_that_is_taken_can_be_read_wherever_it_is_used() -> None:
    taken = [colour for colour in COLOURS if is_readable(colour, dark=False)]
    assert 50 < len(taken) < len(COLOURS)
    for colour in taken:
        for drawn in (LIGHT, DARK):
            worn = Brand(accent=colour).worn(drawn)
            pair = worn.accent
            grounds = (pair.soft, worn.surface, worn.on_accent)
            assert min(contrast(pair.strong, ground) for ground in grounds) >= 4.5, (colour, drawn.name)


def test_the_dark_look_takes_its_own_colour_where_there_is_one() -> None:
    both = Brand(accent="#0B57D0", accent_dark="#8AB4F8")
    assert (both.worn(LIGHT).accent.strong, both.worn(DARK).accent.strong) == ("#0B57D0", "#8AB4F8")
    assert Brand(accent_dark="#8AB4F8").worn(LIGHT) is LIGHT


@pytest.mark.parametrize("tokens", [CONTRAST_LIGHT, CONTRAST_DARK], ids=lambda tokens: tokens.name)
def test_high_contrast_keeps_its_own_colours(tokens: object) -> None:
    assert any(Brand(accent="#0B57D0").worn(each) is tokens for each in ALL_TOKENS)


def png(file: Path, width: int, height: int) -> None:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("#00ff00"))
    assert picture.save(str(file.with_suffix(".png")))
    file.with_suffix(".png").rename(file)


def test_a_logo_is_fitted_into_its_square(theme: Theme, tmp_path: Path) -> None:
    drawn, wide = tmp_path / "drawn", tmp_path / "wide"
    drawn.write_bytes(SVG)
    png(wide, 48, 12)
    for file in (drawn, wide):
        picture = logo_picture(file, 24, 2.0)
        assert picture is not None
        assert (picture.width(), picture.height(), picture.devicePixelRatio()) == (48, 48, 2.0)
        assert picture.toImage().pixelColor(24, 24) == QColor("#00ff00")
        assert (picture.toImage().pixelColor(24, 2).alpha() == 0) is (file == wide), "not stretched"


NO_LOGOS = {
    "empty": b"",
    "words": b"nonsense",
    "half": b"<svg",
    "gif": b"GIF89a",
    "large": SVG + b" " * 1024 * 1024,
}


@pytest.mark.parametrize("data", NO_LOGOS.values(), ids=NO_LOGOS)
def test_what_is_no_logo_leaves_the_parcel(data: bytes, theme: Theme, tmp_path: Path) -> None:
    file = tmp_path / "logo"
    file.write_bytes(data)
    assert logo_picture(file, 24, 1.0) is None
    assert logo_picture(tmp_path / "gone", 24, 1.0) is None
    png(file, 1, 5000)
    assert logo_picture(file, 24, 1.0) is None, "a bomb"


def test_a_brand_is_put_on_and_taken_off(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    theme.choose(Look.LIGHT)
    before = theme.tokens
    window = QWidget()
    qtbot.addWidget(window)
    logo = Logo(theme, window)
    plain = logo.grab().toImage()
    with qtbot.waitSignal(theme.changed):
        theme.wear(Brand(accent="#B3005E", logo=tmp_path / "logo.svg"))
    assert theme.tokens.accent.strong == "#B3005E"
    assert logo.grab().toImage().pixelColor(12, 12) == QColor("#00ff00")
    theme.wear(Brand())
    assert theme.tokens == before
    assert logo.grab().toImage() == plain
