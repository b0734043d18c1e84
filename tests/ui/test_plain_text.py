"""Other people's words, whatever is in them, are only words."""

import pytest
from pytestqt.qtbot import QtBot

from tracker.ui.plain_text import breakable, links, many_lines, one_line, plain_tip, utf16_length
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.avatar import Avatar
from tracker.ui.widgets.buttons import IconButton
from tracker.ui.widgets.text import ElidedText


def test_one_line_is_one_line() -> None:
    assert one_line("  Printer\r\n\tdoes   not\u2028print ") == "Printer does not print"


def test_control_characters_and_turners_are_left_out() -> None:
    assert one_line("a\x00b\x1b[31mc\u202ed\u2066e\u2069") == "ab[31mcde"
    assert many_lines("one\r\ntwo\x07\n\nthree\n") == "one\ntwo\n\nthree"


def test_towers_of_marks_are_cut_to_a_readable_height() -> None:
    zalgo = "h" + "\u0336\u0321\u0489\u034f" * 30 + "i"
    assert len(one_line(zalgo)) <= 6
    assert one_line("naïve Ångström मराठी") == "naïve Ångström मराठी"


def test_too_long_a_line_ends_with_an_ellipsis() -> None:
    assert one_line("x" * 10_000, 20) == "x" * 19 + "…"


def test_right_to_left_languages_stay_as_they_are() -> None:
    assert one_line("הדפסת לא עובדת") == "הדפסת לא עובדת"


def test_very_long_words_may_break_and_short_ones_stay() -> None:
    assert breakable("a short line") == "a short line"
    assert breakable("x" * 45).split("\u200b") == ["x" * 20, "x" * 20, "x" * 5]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://a.example/b?c=d.", ["https://a.example/b?c=d"]),
        ("(https://a.example/x_(y))", ["https://a.example/x_(y)"]),
        ("HTTP://A.example, then mailto:it@a.example!", ["HTTP://A.example", "mailto:it@a.example"]),
        ("javascript:alert(1) file:///etc/passwd data:text/html,x", []),
        ('<a href="https://a.example">here</a>', ["https://a.example"]),
        ("www.a.example ftp://a.example", []),
    ],
)
def test_only_web_and_mail_addresses_are_links(text: str, found: list[str]) -> None:
    assert [link.address for link in links(text)] == found
    assert all(text[link.start : link.end] == link.address for link in links(text))


def test_mark_up_in_a_tool_tip_is_shown_not_obeyed() -> None:
    assert plain_tip("<img src='file:///x'>") == "<qt>&lt;img src=&#x27;file:///x&#x27;&gt;</qt>"
    assert plain_tip("plain") == "plain"


def test_lengths_are_counted_as_qt_counts_them() -> None:
    assert utf16_length("a👍b") == 4


def test_tool_tips_of_other_peoples_words_are_plain(theme: Theme, qtbot: QtBot) -> None:
    name = "<img src='file:///etc/passwd'>"
    avatar, button = Avatar(theme, name), IconButton(theme, "x", name=name)
    elided = ElidedText(name * 20)
    for widget in (avatar, button, elided):
        qtbot.addWidget(widget)
    elided.resize(60, 20)
    elided.show()
    qtbot.waitUntil(lambda: bool(elided.toolTip()))
    assert all("<img" not in widget.toolTip() for widget in (avatar, button, elided))
