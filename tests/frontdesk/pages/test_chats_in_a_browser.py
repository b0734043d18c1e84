"""Two agents in a real browser and a requester at the API, chatting at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.frontdesk.chats import (
    chat_of,
    hearing,
    open_chat,
    path,
    say,
    start_chat,
    transcript,
    words,
)
from tests.frontdesk.house import House
from tests.frontdesk.pages.talking import open_talk, shown, write
from tests.frontdesk.pages.test_in_a_browser import HOSTILE
from tests.frontdesk.pages.visiting import PageVisitor
from tests.rigs.browser import Browser
from tracker.frontdesk.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def folder(folder: Path) -> Path:
    """Give a desk with ready answers."""
    with Desk(folder):
        place = folder / "desk.toml"
    ready = '\n[[chat.canned]]\ntitle = "Restart"\ntext = "Please restart it."\n'
    place.write_text(place.read_text("utf-8") + ready, "utf-8")
    return folder


@pytest.fixture
def tabs(browser: Browser) -> Iterator[Browser]:
    """Give the browser, and close what more was opened in it."""
    yield browser
    first, *others = browser.driver.window_handles
    for other in others:
        browser.driver.switch_to.window(other)
        browser.driver.close()
    browser.driver.switch_to.window(first)


def test_an_agent_answers_from_the_queue_to_the_end_with_the_keyboard_alone(
    house: House, browser: Browser
) -> None:
    open_talk(browser, house)
    browser.tab_to(lambda one: one.accessible_name == "I am here for chats", "the switch")
    browser.press(Keys.SPACE)
    browser.wait(lambda: browser.said(".was-done") == "You are here for chats.", "being here")
    assert browser.find("#chat-switch").get_attribute("aria-checked") == "true"
    number = house.anna.raise_ticket("VPN drops")
    house.anna.ok(path(number), {"text": "Hello"})
    browser.wait(lambda: browser.find_all(f"#accept-{number}") != [], "who waits")
    browser.wait(lambda: browser.driver.title.startswith("(1) Chats"), "their number in the title")
    browser.tab_to(lambda one: one.get_attribute("id") == f"accept-{number}", "accepting")
    browser.press(Keys.ENTER)
    browser.wait(lambda: browser.said("#talk-head") == "You are in this chat.", "the chat")
    assert browser.said(".about .words") == "Every few minutes."
    browser.tab_to(lambda one: one.get_attribute("id") == "chat-text", "writing")
    browser.press("Is it the cable?", Keys.ENTER)
    browser.wait(lambda: shown(browser) == ["Hello", "Is it the cable?"], "both messages")
    assert browser.find("#chat-text").get_attribute("value") == ""
    assert words(house.anna, number) == ["Hello", "Is it the cable?"]
    assert browser.complaints() == []


def test_what_was_read_is_seen_on_both_sides_and_the_end_is_confirmed(house: House, browser: Browser) -> None:
    number = open_chat(house)
    open_talk(browser, house, number)
    write(browser, "Is it the cable?", Keys.ENTER)
    browser.wait(lambda: shown(browser) == ["Hello", "Is it the cable?"], "both messages")
    assert browser.said(".message.ours .under").endswith("sent")
    house.anna.ask("POST", path(number, "/read"), {"message": transcript(house.anna, number)[-1]["id"]})
    browser.wait(lambda: browser.said(".message.ours .under").endswith("read"), "that it was read")
    say(house.anna, number, "Yes, it was.")
    browser.wait(lambda: shown(browser)[-1] == "Yes, it was.", "the answer")
    browser.wait(lambda: chat_of(house.anna, number)["read"]["agent"] is not None, "the agent's mark")
    end = next(one for one in browser.find_all("summary") if one.accessible_name == "End chat")
    browser.driver.execute_script("arguments[0].focus()", end)
    browser.press(Keys.ENTER)
    browser.tab_to(lambda one: one.accessible_name == "End it", "confirming the end")
    browser.press(Keys.ENTER)
    browser.wait(lambda: browser.said("#talk-head").startswith("This chat ended"), "the end")
    assert chat_of(house.anna, number)["ended_by"] == "agent"
    assert words(house.anna, number) == ["Hello", "Is it the cable?", "Yes, it was."]
    assert browser.complaints() == []


def test_typing_is_seen_on_both_sides_and_an_update_leaves_what_is_typed_alone(
    house: House, browser: Browser
) -> None:
    number = open_chat(house)
    open_talk(browser, house, number)
    with hearing(house.anna) as anna:
        write(browser, "Have you")
        assert anna.until("typing")["person"]["name"] == "Tess Okafor"
    house.anna.ask("POST", path(number, "/typing"), {"typing": True})
    browser.wait(lambda: browser.said("#writing").endswith("Anna Keller is writing"), "who is writing")
    say(house.anna, number, "It works on the phone.")
    browser.wait(lambda: "It works on the phone." in shown(browser), "the message")
    browser.wait(lambda: browser.said("#writing") == "", "that she has written")
    browser.press(" tried?")
    assert browser.find("#chat-text").get_attribute("value") == "Have you tried?"
    browser.driver.refresh()
    assert browser.find("#chat-text").get_attribute("value") == "Have you tried?"


def test_a_ready_answer_is_inserted_changed_and_sent_once_for_two_clicks(
    house: House, browser: Browser
) -> None:
    number = open_chat(house)
    open_talk(browser, house, number)
    browser.find(".canned summary").click()
    browser.find("[data-canned]").click()
    assert browser.find("#chat-text").get_attribute("value") == "Please restart it."
    browser.press(" Today.")
    ActionChains(browser.driver).double_click(browser.find("#chat-send")).perform()
    browser.wait(lambda: "Please restart it. Today." in shown(browser), "the message")
    assert words(house.anna, number) == ["Hello", "Please restart it. Today."]


def test_files_go_both_ways(house: House, browser: Browser, tess: PageVisitor, tmp_path: Path) -> None:
    number = open_chat(house)
    open_talk(browser, house, number)
    plan = tmp_path / "plan & path.txt"
    plan.write_bytes(b"to the left\r\nthen right")
    browser.find("#chat-files").send_keys(str(plan))
    browser.find("#chat-send").click()
    browser.wait(lambda: any("plan & path.txt" in said for said in shown(browser)), "the file")
    (sent,) = transcript(house.anna, number)[-1]["attachments"]
    assert house.anna.ask("GET", f"/attachments/{sent['id']}").content == plan.read_bytes()
    assert browser.find("#chat-files").get_attribute("value") == ""
    back = house.anna.upload("shot.png", b"\x89PNG not really")
    house.anna.ok(path(number, "/messages"), {"text": "", "attachments": [back["id"]]})
    browser.wait(lambda: "shot.png" in shown(browser)[-1], "her file")
    link = browser.find(f"a[href='/desk/files/{back['id']}']").get_attribute("href") or ""
    assert tess.http.get(link).content == b"\x89PNG not really"


def test_a_message_is_changed_and_taken_back_on_both_pages(house: House, browser: Browser) -> None:
    number = open_chat(house)
    open_talk(browser, house, number)
    write(browser, "Pull teh plug", Keys.ENTER)
    browser.wait(lambda: "Pull teh plug" in shown(browser), "the message")
    write(browser, "a draft")
    browser.find(".ours .tool summary").click()
    box = browser.find(".ours .tool textarea")
    box.clear()
    box.send_keys("Pull the plug")
    browser.find(".ours .tool[open] button").click()
    browser.wait(lambda: "Pull the plug" in shown(browser), "the change")
    assert "changed" in browser.said(".message.ours .under")
    assert browser.find("#chat-text").get_attribute("value") == "a draft"
    hers = say(house.anna, number, "My password is hunter2")
    browser.wait(lambda: "My password is hunter2" in shown(browser), "her message")
    answer = house.anna.ask(
        "DELETE", path(number, f"/messages/{hers['id']}"), headers={"Idempotency-Key": "gone"}
    )
    assert answer.status_code == 201
    browser.wait(lambda: shown(browser)[-1] == "This message was taken back.", "that it is gone")
    assert "hunter2" not in browser.driver.page_source
    browser.find_all(".ours .tool summary")[1].click()
    browser.find(".ours .tool[open] button").click()
    browser.wait(lambda: "You took this message back." in shown(browser), "that one's own is gone")
    assert [event["kind"] for event in transcript(house.anna, number)][-1] == "chat_removed"
    assert browser.complaints() == []


def test_what_a_hostile_person_writes_stays_text_and_links_tell_nobody(
    house: House, browser: Browser
) -> None:
    number = open_chat(house)
    open_talk(browser, house, number)
    tricks = f"{HOSTILE} javascript:alert(1) https://bad.example/?a=<b>\u202egpj.exe"
    say(house.anna, number, tricks)
    browser.wait(lambda: len(shown(browser)) == 2, "the message")
    assert HOSTILE in shown(browser)[-1]
    assert browser.find_all("#talk img, #talk script") == []
    (link,) = browser.find_all("#talk a")
    assert (link.get_attribute("href"), link.text) == ("https://bad.example/?a=", "https://bad.example/?a=")
    assert link.get_attribute("rel") == "noopener noreferrer"
    say(house.anna, number, "Z" + "\u0300\u0301\u0302" * 3_000)
    browser.wait(lambda: len(shown(browser)) == 3, "a tower of marks")
    assert browser.find_all("#talk .bubble")[-1].size["height"] < 200
    assert "taken" not in browser.driver.title
    assert browser.complaints() == []


def test_a_second_tab_loses_nothing_and_hears_the_same(house: House, tabs: Browser) -> None:
    number = open_chat(house)
    open_talk(tabs, house, number)
    write(tabs, "in the first tab")
    tabs.driver.switch_to.new_window("tab")
    tabs.go(f"{house.url}/desk/chats/{number}")
    write(tabs, "in the second tab", Keys.ENTER)
    tabs.wait(lambda: shown(tabs) == ["Hello", "in the second tab"], "the message")
    tabs.driver.switch_to.window(tabs.driver.window_handles[0])
    tabs.wait(lambda: shown(tabs) == ["Hello", "in the second tab"], "the message here too")
    assert tabs.find("#chat-text").get_attribute("value") == "in the first tab"


def test_chats_work_where_scripts_are_switched_off(house: House, browser: Browser, tmp_path: Path) -> None:
    number = start_chat(house)
    browser.let_scripts_run(allowed=False)
    open_talk(browser, house)
    browser.find(f"#accept-{number}").click()
    browser.wait(lambda: browser.find_all("#chat-text") != [], "the chat")
    write(browser, "Hello Anna.")
    browser.find(".canned summary").click()
    browser.find("[data-canned]").click()
    browser.wait(
        lambda: "restart" in (browser.find("#chat-text").get_attribute("value") or ""), "the ready answer"
    )
    assert browser.find("#chat-text").get_attribute("value") == "Hello Anna.\nPlease restart it."
    note = tmp_path / "note.txt"
    note.write_text("how to")
    browser.find("#chat-files").send_keys(str(note))
    browser.find("#chat-send").click()
    browser.wait(lambda: browser.said(".was-done") == "It is sent.", "that it is sent")
    said = transcript(house.anna, number)[-1]
    assert (said["text"], said["attachments"][0]["name"]) == ("Hello Anna.\nPlease restart it.", "note.txt")
    say(house.anna, number, "Thanks")
    next(one for one in browser.find_all("noscript a")).click()
    browser.wait(lambda: shown(browser)[-1] == "Thanks", "the news")
