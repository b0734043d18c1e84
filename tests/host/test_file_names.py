"""A stranger's file name becomes one that stays where it is put, on every system."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.host.file_names import LONGEST, numbered, safe_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("Größenübersicht Ω.xlsx", "Größenübersicht Ω.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/", "attachment"),
        ("..", "attachment"),
        ("", "attachment"),
        (".profile", "profile"),
        ("report.pdf. . ", "report.pdf"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("console.txt", "console.txt"),
        ('a<b>:"c|d?*.txt', "a_b___c_d__.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),  # shows as "invoiceexe.pdf" while the mark is in it
        ("line\nbreak\r\0.txt", "linebreak.txt"),
        ("zero\u200bwidth.txt", "zerowidth.txt"),
        ("a   b.txt", "a b.txt"),
        ("file.txt:hidden.exe", "file.txt_hidden.exe"),
    ],
)
def test_names_are_made_safe(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("ü" * 300 + ".pdf")
    assert len(name.encode()) <= LONGEST
    assert name.endswith("ü.pdf")


def test_numbers_go_before_the_ending() -> None:
    assert numbered("report.tar.gz", 2) == "report.tar (2).gz"
    assert numbered("README", 3) == "README (3)"


@given(st.text())
def test_any_text_gives_a_name_that_stays_put(text: str) -> None:
    name = safe_name(text)
    assert name
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name not in {".", ".."}
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= LONGEST + 1
    assert safe_name(name) == name
