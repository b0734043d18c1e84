"""What is wrong with a sign-in before anybody is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.ui.accounts.form import SecretKind, SignInForm, check, clean_url


def form(**changed: str) -> SignInForm:
    filled = {"url": "https://help.example.org", "user": "lbrandt", "secret": "hunter2"} | changed
    return SignInForm("rt", filled["url"], filled["user"], SecretKind.PASSWORD, filled["secret"])


def test_a_filled_form_is_fine() -> None:
    assert not check(form()).any


@pytest.mark.parametrize("field", ["url", "user", "secret"])
def test_an_empty_field_is_said_where_it_is(field: str) -> None:
    errors = check(form(**{field: ""}))
    assert getattr(errors, field)
    assert [bool(errors.url), bool(errors.user), bool(errors.secret)].count(True) == 1


@pytest.mark.parametrize(
    "url",
    [
        "ftp://help.example.org",
        "https://",
        "https://help example.org",
        "https://[::1",
        "https://a:99999",
        "javascript:1",
    ],
)
def test_what_is_no_web_address_is_said(url: str) -> None:
    assert "web address" in check(form(url=url)).url


@pytest.mark.parametrize(
    "url", ["https://help.example.org/rt", "http://127.0.0.1:8080", "https://[::1]:8443"]
)
def test_web_addresses_are_taken(url: str) -> None:
    assert check(form(url=url)).url == ""


def test_a_password_in_the_address_is_refused() -> None:
    assert "Leave name and password out" in check(form(url="https://me:secret@help.example.org")).url


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("help.example.org", "https://help.example.org"),
        ("  https://help.example.org/ ", "https://help.example.org"),
        ("http://127.0.0.1:8080/rt/", "http://127.0.0.1:8080/rt"),
        ("", ""),
    ],
)
def test_what_is_typed_is_made_an_address(typed: str, used: str) -> None:
    assert clean_url(typed) == used


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(text: str) -> None:
    check(form(url=clean_url(text)))


def test_the_password_is_never_shown_in_a_log() -> None:
    assert "hunter2" not in repr(form())
    assert "hunter2" not in str(form())
