"""Desk text made safe: what a person reads survives, what could harm or deceive does not."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.desks.safetext import TEXT_LIMIT, safe_file_name, safe_html, safe_line, safe_text


def test_paragraphs_breaks_lists_quotes_and_tables_stay_readable() -> None:
    html = (
        "<html><head><title>No</title></head><body><p>Hello <b>Jane</b>,<br>please try:</p>"
        "<ul><li>restart</li><li>wait<ol start='3'><li>a minute</li></ol></li></ul>"
        "<blockquote>It is broken.<blockquote>What is?</blockquote></blockquote>"
        "<table><tr><th>Room</th><th>Time</th></tr><tr><td>3</td><td>10:00</td></tr></table>"
        "<pre>  one\n    two</pre><p>Bye &amp; thanks</p></body></html>"
    )
    assert safe_html(html).text.split("\n") == [
        *("Hello Jane,", "please try:", "", "• restart", "• wait", "  3. a minute", ""),
        *("> It is broken.", ">", "> > What is?", "", "Room\tTime", "3\t10:00", ""),
        *("  one", "    two", "", "Bye & thanks"),
    ]


def test_scripts_styles_forms_and_remote_pictures_go() -> None:
    html = (
        "<p onclick='x()'>Hello</p><script>steal()</script><style>p{}</style><iframe src='//evil'>x</iframe>"
        "<img src='http://tracker.test/pixel.png'><img src='cid:1' alt='the screen'>"
        "<form><input value='y'></form>"
        "<svg><script>z()</script></svg><noscript>n</noscript><!-- comment -->"
    )
    text = safe_html(html).text
    assert text == "Hello\n\n[the screen]"


def test_a_link_shows_where_it_leads() -> None:
    html = (
        '<a href="https://evil.example/login">https://bank.example</a> '
        '<a href="https://help.example/x">https://help.example/x</a> '
        '<a href="mailto:it@desk.test">it@desk.test</a> <a href="javascript:alert(1)">click</a>'
    )
    found = safe_html(html)
    assert "https://bank.example <https://evil.example/login>" in found.text
    assert found.text.count("https://help.example/x") == 1
    assert found.text.endswith("it@desk.test click")
    assert found.links == ("https://bank.example", "https://evil.example/login", "https://help.example/x")


def test_what_reorders_or_hides_text_goes_and_what_scripts_need_stays() -> None:
    assert safe_text("photo\u202egpj.exe\u2066\u200b\x00\x1b[31m\ufeff\ue000").text == "photogpj.exe[31m"
    for kept in ("עברית \u200f", "क्\u200dष", "👩\u200d🔧", "🖨\ufe0f", "naïve\tcafé"):
        assert safe_text(kept).text == kept


def test_line_ends_of_every_system_become_one_and_endless_gaps_are_cut() -> None:
    assert safe_text("a\r\nb\rc\u2028d\n\n\n\n\n\n\ne   \n").text == "a\nb\nc\nd\n\n\ne"


def test_a_text_without_end_is_cut_and_says_so() -> None:
    text = safe_text("x" * (TEXT_LIMIT + 1)).text
    assert text.endswith("too long to show here.]")
    assert safe_text("x" * TEXT_LIMIT).text == "x" * TEXT_LIMIT


def test_a_subject_is_one_line() -> None:
    assert safe_line("  Re:\n\tthe \u202eprinter  ") == "Re: the printer"
    assert safe_line("a" * 400) == "a" * 249 + "…"


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.exe", "evil.exe"),
        ("..", "file"),
        ("", "file"),
        (".bashrc", "bashrc"),
        ("con.txt", "_con.txt"),
        ("a:b|c?.txt", "a_b_c_.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("line\nbreak.txt", "line break.txt"),
        ("Prüfbericht 漢字.pdf", "Prüfbericht 漢字.pdf"),
    ],
)
def test_a_file_name_names_no_other_place(given_name: str, name: str) -> None:
    assert safe_file_name(given_name) == name


def test_a_long_file_name_keeps_its_ending() -> None:
    name = safe_file_name("a" * 300 + ".tar")
    assert name.endswith(".tar")
    assert len(name) <= 120


@given(st.text(max_size=300))
def test_no_file_name_can_leave_its_folder(raw: str) -> None:
    name = safe_file_name(raw)
    assert name
    assert name.strip(". ") == name
    assert not set(name) & set('/\\:*?"<>|\0\n\r')


@given(st.text(alphabet=st.sampled_from("<>/abp ='\"&;#x\n\u202e\x00"), max_size=400))
def test_whatever_the_html_no_hidden_character_comes_through(raw: str) -> None:
    text = safe_html(raw).text
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co") for c in text)
    assert "\u202e" not in text


@given(st.text(max_size=300))
def test_plain_text_cleaned_once_stays_as_it_is(raw: str) -> None:
    once = safe_text(raw).text
    assert safe_text(once).text == once


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000 + "x",
        "<blockquote>" * 50_000,
        '<a href="http://x/' * 50_000,
        "&#" * 200_000,
        "<" * 500_000,
        "<!--" * 100_000,
        "<p>é</p>\n" * 100_000,
        "<table>" * 99 + "x" * 1000,
    ],
    ids=["deep", "quotes", "links", "references", "brackets", "comments", "paragraphs", "tables"],
)
def test_hostile_html_does_not_keep_the_program_busy(hostile: str) -> None:
    began = time.process_time()
    safe_html(hostile)
    assert time.process_time() - began < 3


def test_html_too_tangled_to_parse_loses_its_scripts_all_the_same() -> None:
    text = safe_html("<div>" * 500 + "<script>steal()</script>Hello<style>p{}</style> <b>Jane</b>").text
    assert text.split() == ["Hello", "Jane"]
