"""What the forms of chats take and refuse, as a browser without script sends them."""

from pathlib import Path

import httpx
import pytest

from tests.frontdesk.chats import be_there, chat_of, open_chat, path, say, start_chat, transcript, words
from tests.frontdesk.house import House
from tests.frontdesk.pages.reading_forms import PageForm, forms_of
from tests.frontdesk.pages.visiting import PageVisitor, sentence
from tracker.frontdesk import limits
from tracker.frontdesk.pages.chat_words import Piece, pieces_of

STRANGE = "This did not come from a page of the desk, so nothing was done. Load the page again and repeat it."


@pytest.fixture
def folder(folder: Path) -> Path:
    """Give a desk that takes small files only."""
    place = folder / "desk.toml"
    text = place.read_text("utf-8").replace("attachment_bytes = 26214400", "attachment_bytes = 1000")
    place.write_text(text.replace("most_per_agent = 4", "most_per_agent = 1"), "utf-8")
    return folder


def form_of(tess: PageVisitor, number: str, deed: str) -> PageForm:
    """Give the first form on a conversation's page that does this."""
    forms = forms_of(tess.open(f"/desk/chats/{number}"))
    return next(form for form in forms if form.action == f"/desk/chats/{number}/{deed}")


def send(
    tess: PageVisitor, form: PageForm, *files: tuple[str, bytes], script: bool = False, **typed: str
) -> httpx.Response:
    """Send the form for messages, with files."""
    parts = [("files", (name, content)) for name, content in files] or [("files", ("", b""))]
    fields = {name: value for name, value in {**form.values, **typed}.items() if name != "files"}
    headers = {"HX-Request": "true"} if script else {}
    return tess.http.post(form.action, data=fields, files=parts, headers=headers)


def test_the_same_message_sent_again_is_there_once_with_its_file_once(
    house: House, tess: PageVisitor
) -> None:
    number = open_chat(house)
    form = form_of(tess, number, "send")
    for _ in range(2):
        answer = send(tess, form, ("plan.txt", b"left"), text="Here it is")
        assert answer.headers["location"] == f"/desk/chats/{number}"
    assert words(house.anna, number) == ["Hello", "Here it is"]
    assert len(transcript(house.anna, number)[-1]["attachments"]) == 1
    assert "It was done already, so nothing was done twice." in tess.open(f"/desk/chats/{number}")


def test_a_key_used_for_other_words_is_said_and_the_words_are_kept(house: House, tess: PageVisitor) -> None:
    number = open_chat(house)
    form = form_of(tess, number, "send")
    send(tess, form, text="First")
    answer = send(tess, form, text="Second")
    assert answer.status_code == 409
    assert sentence(answer).startswith("This form was sent before with other words")
    assert "Second</textarea>" in answer.text
    assert words(house.anna, number) == ["Hello", "First"]


def test_a_file_that_is_too_large_is_refused_and_the_words_stay(house: House, tess: PageVisitor) -> None:
    number = open_chat(house)
    answer = send(tess, form_of(tess, number, "send"), ("big.bin", b"x" * 1_001), text="With this")
    assert (answer.status_code, sentence(answer)) == (
        413,
        "The file is too large. The desk takes files of at most 1,000 bytes.",
    )
    assert "With this</textarea>" in answer.text
    answer = send(tess, form_of(tess, number, "send"), ("huge.bin", b"x" * (limits.BODY_BYTES + 9_000)))
    assert answer.status_code == 413
    assert words(house.anna, number) == ["Hello"]


def test_more_files_than_a_message_takes_are_refused(house: House, tess: PageVisitor) -> None:
    number = open_chat(house)
    files = [(f"{n}.txt", b"x") for n in range(limits.ATTACHMENTS_PER_MESSAGE + 1)]
    answer = send(tess, form_of(tess, number, "send"), *files, text="All")
    assert (answer.status_code, sentence(answer)) == (400, "A message takes at most 10 files.")


def test_a_script_is_told_why_a_message_was_not_sent(house: House, tess: PageVisitor) -> None:
    number = open_chat(house)
    form = form_of(tess, number, "send")
    house.anna.ok(path(number, "/end"))
    answer = send(tess, form, text="Too late", script=True)
    assert answer.status_code == 200
    assert "No chat is going on here." in answer.text
    assert form.values["key"] not in answer.text
    assert "HX-Trigger" not in answer.headers


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_message_without_the_right_token_is_not_sent(house: House, tess: PageVisitor, token: str) -> None:
    number = open_chat(house)
    answer = send(tess, form_of(tess, number, "send"), text="Hello there", token=token)
    assert (answer.status_code, sentence(answer)) == (403, STRANGE)
    assert words(house.anna, number) == ["Hello"]


def test_a_message_of_somebody_who_was_signed_out_is_not_sent_but_kept(
    house: House, tess: PageVisitor, stranger: PageVisitor
) -> None:
    number = open_chat(house)
    form = form_of(tess, number, "send")
    answer = send(stranger, form, text="A careful answer.")
    assert answer.status_code == 401
    assert "A careful answer.</textarea>" in answer.text
    assert "You were signed out meanwhile" in send(stranger, form, text="A careful", script=True).text
    assert words(house.anna, number) == ["Hello"]


def test_what_is_no_form_with_files_is_refused(house: House, tess: PageVisitor) -> None:
    number = open_chat(house)
    place = f"/desk/chats/{number}/send"
    assert tess.http.post(place, data={"text": "Hello"}).status_code == 415
    cut = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = tess.http.post(place, content=b"--y\r\nnothing", headers=cut)
    assert (answer.status_code, words(house.anna, number)) == (400, ["Hello"])


def test_only_ones_own_messages_can_be_changed_and_only_in_the_chat_that_goes_on(
    house: House, tess: PageVisitor
) -> None:
    number = open_chat(house)
    say(house.tess, number, "Pull teh plug")
    form = form_of(tess, number, "edit")
    hers = transcript(house.anna, number)[0]["id"]
    answer = tess.send(form, message=hers, text="Something else")
    assert (answer.status_code, sentence(answer)) == (403, "Only whoever wrote a message can change it.")
    assert tess.send(form, text="Pull the plug").status_code == 303
    tess.send(form_of(tess, number, "end"))
    assert chat_of(house.anna, number)["ended_by"] == "agent"
    assert "/edit" not in tess.open(f"/desk/chats/{number}")
    assert words(house.anna, number) == ["Hello", "Pull teh plug", "Pull the plug"]


def test_an_agent_who_has_as_many_chats_as_they_may_is_told(house: House, tess: PageVisitor) -> None:
    open_chat(house)
    second = house.ben.raise_ticket()
    house.ben.ok(path(second), {"text": "Help"})
    answer = tess.send(form_of(tess, second, "accept"))
    assert (answer.status_code, sentence(answer)) == (
        409,
        "You are in a chat already. End one or hand one over first.",
    )


def test_being_here_is_switched_on_and_off(house: House, tess: PageVisitor) -> None:
    for state, here in (("nobody", "yes"), ("open", "no")):
        assert house.anna.get("/chat")["state"] == state
        form = next(form for form in forms_of(tess.open("/desk/chats")) if form.action.endswith("/here"))
        assert form.values["here"] == here
        assert tess.send(form).status_code == 303
    assert house.anna.get("/chat")["state"] == "nobody"


def test_a_page_in_the_background_counts_as_being_there_and_hears_at_once(
    house: House, tess: PageVisitor
) -> None:
    number = start_chat(house)
    be_there(house.tess)
    page = tess.open("/desk/chats")
    question = page.split('id="pulse" hx-get="')[1].split('"')[0].replace("&amp;", "&")
    house.anna.ok(path(number, "/messages"), {"text": "Are you there?"})
    house.anna.ok(path(number, "/end"))
    answer = tess.open(question)
    assert f"accept-{number}" not in answer
    assert "Nobody waits." in answer


def test_a_question_that_no_page_asks_is_answered_all_the_same(house: House, tess: PageVisitor) -> None:
    number = open_chat(house)
    assert tess.http.get("/desk/chats/news").headers["HX-Refresh"] == "true"
    assert tess.http.get("/desk/chats/news?feed=nonsense").status_code == 400
    assert tess.http.get("/desk/chats/REQ-9999").status_code == 404
    assert tess.http.get(f"/desk/chats/{number}?shown=-1").status_code == 200
    assert tess.http.get(f"/desk/chats/{number}?shown=99999999").status_code == 200
    assert tess.http.get(f"/desk/chats/{number}/accept").headers["location"] == f"/desk/chats/{number}"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://a.example/b?c=d, please", ["https://a.example/b?c=d"]),
        ("(http://a.example)", ["http://a.example"]),
        ("https:// alone and javascript:alert(1)", []),
        ("https://good.example/\u202emoc.live", ["https://good.example/"]),
        ("<https://a.example>", ["https://a.example"]),
    ],
)
def test_links_are_found_and_the_text_stays_whole(text: str, links: list[str]) -> None:
    pieces = pieces_of(text)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.is_link] == links
    assert pieces_of("") == ()
    assert pieces_of("plain") == (Piece("plain"),)
