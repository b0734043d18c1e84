"""Who takes a chat, and who it goes to: two agents at their pages and requesters at the API at once."""

from contextlib import closing
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.frontdesk.chats import (
    be_there,
    hearing,
    open_chat,
    path,
    say,
    start_chat,
    words,
)
from tests.frontdesk.house import House, Template
from tests.frontdesk.pages.reading_forms import forms_of
from tests.frontdesk.pages.talking import is_nameless, open_talk, shown, write
from tests.frontdesk.pages.test_in_a_browser import sign_in
from tests.frontdesk.pages.visiting import PageVisitor, sentence
from tests.rigs.browser import Browser
from tracker.frontdesk.server import ServeConfig, serving

pytestmark = pytest.mark.browser


def test_both_press_accept_and_the_slower_one_reads_who_has_it(
    house: House, browser: Browser, ravi: PageVisitor
) -> None:
    number = start_chat(house)
    seen_by_ravi = forms_of(ravi.open("/desk/chats"))
    accept = next(form for form in seen_by_ravi if form.action == f"/desk/chats/{number}/accept")
    open_talk(browser, house, number)
    browser.find("#accept-here").click()
    browser.wait(lambda: browser.find_all("#chat-text") != [], "the chat")
    answer = ravi.send(accept)
    assert (answer.status_code, sentence(answer)) == (409, "Tess Okafor has taken this chat already.")
    assert 'id="chat-text"' not in answer.text
    assert house.anna.kinds(number).count("chat_joined") == 1


def test_one_who_waits_is_gone_from_the_other_agents_page_at_once(house: House, browser: Browser) -> None:
    number = start_chat(house)
    open_talk(browser, house)
    assert browser.find_all(f"#accept-{number}") != []
    house.ravi.ok(path(number, "/accept"))
    browser.wait(lambda: browser.find_all(f"#accept-{number}") == [], "that it is taken")
    assert browser.said(".elsewhere") == "1 more with colleagues."


def test_several_chats_go_on_at_once_and_the_list_counts_what_is_unread(
    house: House, browser: Browser
) -> None:
    first = open_chat(house)
    second = house.ben.raise_ticket("The printer smokes")
    house.ben.ok(path(second), {"text": "Help"})
    house.tess.ok(path(second, "/accept"))
    open_talk(browser, house, first)
    write(browser, "half a sentence")
    say(house.ben, second, "It burns now")
    browser.wait(lambda: "2" in browser.said(f"#chat-{second} [data-unread]"), "the count")
    house.ben.ask("POST", path(second, "/typing"), {"typing": True})
    browser.wait(lambda: "is writing" in browser.said(f"#chat-{second}"), "who is writing")
    assert browser.find("#chat-text").get_attribute("value") == "half a sentence"
    browser.find(f"#chat-{second}").click()
    browser.wait(lambda: "It burns now" in shown(browser), "the other chat")
    assert browser.find_all(f"#chat-{second} [data-unread]") == []
    browser.find(f"#chat-{first}").click()
    browser.wait(lambda: shown(browser) == ["Hello"], "the first chat")
    assert browser.find("#chat-text").get_attribute("value") == "half a sentence"


def test_a_chat_is_handed_over_and_the_next_agent_goes_on_where_it_was(
    house: House, browser: Browser
) -> None:
    number = open_chat(house)
    be_there(house.ravi)
    open_talk(browser, house, number)
    browser.find(".drop summary").click()
    browser.find(f"#hand-over-agent option[value='{house.agent_id('ravi')}']").click()
    browser.find(".drop[open] button").click()
    browser.wait(
        lambda: browser.said(".was-done") == f"The chat on {number} is handed over.", "the hand-over"
    )
    assert browser.find_all("#chat-text") == []
    browser.forget()
    sign_in(browser, house.url, "ravi")
    browser.go(f"{house.url}/desk/chats")
    assert browser.find("[aria-label='Handed over to you']").text.startswith(number)
    browser.find(f"#accept-{number}").click()
    browser.wait(lambda: browser.find_all("#chat-text") != [], "the chat")
    assert "Tess Okafor handed the chat over to you" in browser.said("#talk")
    write(browser, "I go on from here", Keys.ENTER)
    browser.wait(lambda: "I go on from here" in words(house.anna, number), "the message")


def test_an_agent_who_closes_the_page_is_gone_and_the_requester_hears_it(
    folder: Path, template: Template, browser: Browser
) -> None:
    place = folder / "desk.toml"
    hasty = place.read_text("utf-8").replace("agent_gone_minutes = 2 ", "agent_gone_minutes = 0.1 ")
    place.write_text(hasty, "utf-8")
    with serving(ServeConfig(folder)) as url, closing(House(url, template)) as house:
        number = start_chat(house)
        open_talk(browser, house, number)
        with hearing(house.anna) as anna:
            browser.find("#accept-here").click()
            assert anna.until_event("chat_joined")["event"]["actor"]["name"] == "Tess Okafor"
            browser.go("about:blank")
            left = anna.until_event("chat_left")
    assert left["event"]["actor"]["kind"] == "system"
    assert left["ticket"]["chat"]["state"] == "queued"


def test_the_request_shows_what_was_said_and_lets_one_join(house: House, browser: Browser) -> None:
    number = start_chat(house)
    sign_in(browser, house.url)
    browser.go(f"{house.url}/desk/tickets/{number}")
    assert "Hello" in browser.said("#chat-card")
    browser.find("#join-chat").click()
    browser.wait(lambda: browser.find_all("#chat-text") != [], "the chat")
    house.anna.ok(path(number, "/end"))
    browser.wait(lambda: browser.said("#talk-head").startswith("This chat ended"), "the end")
    browser.go(f"{house.url}/desk/tickets/{number}")
    assert "You joined the chat" in browser.said("#history")
    assert "Anna Keller ended the chat" in browser.said("#chat-card")


def test_everything_in_a_chat_has_a_name_and_is_large_enough(house: House, browser: Browser) -> None:
    number = open_chat(house)
    say(house.tess, number, "Mine")
    open_talk(browser, house, number)
    browser.driver.execute_script(
        "document.querySelectorAll('details').forEach(d => { d.name = ''; d.open = true })"
    )
    controls = browser.find_all("a, button, summary, select, textarea, input:not([type=hidden])")
    assert [one.get_attribute("outerHTML") for one in controls if is_nameless(one)] == []
    pressed = browser.find_all("main button, main summary, #chat-side button")
    assert [one.accessible_name for one in pressed if one.size["height"] < 32] == []
