"""One chat on three real screens: the employee's window, and the pages of two agents in two browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.frontdesk.pages.talking import shown, write
from tests.rigs.browser import Browser, open_browser
from tests.rigs.frontdesk import PRIYA, TESS, Account, FrontDeskRig
from tests.stories.stage import write_request
from tracker.demo.stage_set import StageSet
from tracker.demo.window import Window
from tracker.host.virtual_desktop import VirtualDesktop

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(240)]

SUBJECT = "The dock powers one screen only"


@pytest.fixture
def agents(desk: FrontDeskRig, jane: StageSet, tmp_path: Path) -> Iterator[tuple[Browser, Browser]]:
    """Tess and Priya, each at a computer of her own, there for chats."""
    with open_browser(tmp_path / "tess") as tess, open_browser(tmp_path / "priya") as priya:
        for browser, account in ((tess, TESS), (priya, PRIYA)):
            come_in(browser, desk, account)
        yield tess, priya


def come_in(browser: Browser, desk: FrontDeskRig, account: Account) -> None:
    browser.go(f"{desk.url}/desk")
    browser.press(account.login, Keys.TAB, account.password, Keys.ENTER)
    browser.wait(lambda: browser.driver.current_url.endswith("/desk"), "the queue")
    browser.go(f"{desk.url}/desk/chats")
    browser.find("#chat-switch").click()
    browser.wait(lambda: browser.said(".was-done") == "You are here for chats.", "being here")


def test_a_chat_is_the_same_on_every_screen(
    screen: VirtualDesktop, jane: StageSet, desk: FrontDeskRig, agents: tuple[Browser, Browser]
) -> None:
    tess, priya = agents
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        write_request(window, SUBJECT)
        window.wait_for("Chat now")
        window.press("Start chat")
        number = waiting_for(tess)
        assert waiting_for(priya) == number
        tess.find(f"#accept-{number}").click()
        tess.wait(lambda: tess.said("#talk-head") == "You are in this chat.", "the chat")
        priya.wait(lambda: not priya.find_all(f"#accept-{number}"), "that it is taken")
        window.wait_for("Tess")
        write(tess, "Is the cable in the right socket?", Keys.ENTER)
        window.wait_for("Is the cable in the right socket?")
        window.fill("Write a message", "It is in the left one")
        tess.wait(lambda: "is writing" in tess.said("#writing"), "that Jane is writing")
        window.press("Send")
        tess.wait(lambda: "It is in the left one" in shown(tess), "Jane's answer")
        write(tess, "I ask", " Priya, who knows docks.", Keys.ENTER)
        hand_over(tess, desk)
        answer(priya, number, "Use the right one, please.")
        window.wait_for("Use the right one, please.")
        priya.wait(lambda: len(shown(priya)) >= 4, "all that was said before too")
        seen = in_order(window, shown(priya))
        assert len(seen) > 1  # what is further up is not drawn
        assert seen == shown(priya)[-len(seen) :]
        assert tess.complaints() == priya.complaints() == []
        assert window.quit() == 0


def waiting_for(browser: Browser) -> str:
    """Give the request whose person waits, as an agent's page shows it."""
    browser.wait(lambda: browser.find_all("[id^='accept-']") != [], "somebody in the queue")
    return str(browser.find("[id^='accept-']").get_attribute("id")).removeprefix("accept-")


def answer(browser: Browser, number: str, text: str) -> None:
    """Take the chat that was handed over, and go on with it."""
    browser.wait(lambda: browser.find_all(f"#accept-{number}") != [], "the offer")
    browser.find(f"#accept-{number}").click()
    browser.wait(lambda: browser.said("#talk-head") == "You are in this chat.", "the chat")
    write(browser, text, Keys.ENTER)
    browser.wait(lambda: text in shown(browser), "the message")


def in_order(window: Window, texts: list[str]) -> list[str]:
    """Give those of the texts that the window shows, each once, from the top."""
    found = (next((text for text in texts if text in words), "") for words in window.read())
    return [text for text in dict.fromkeys(found) if text]


def hand_over(browser: Browser, desk: FrontDeskRig) -> None:
    """Give the chat to Priya."""
    priya = desk.agent(PRIYA).user["id"]
    browser.find("#talk-doings details summary").click()
    browser.find(f"#hand-over-agent option[value='{priya}']").click()
    browser.find("form[action$='/hand-over'] button:not([type=button])").click()
    browser.wait(lambda: "handed over" in browser.said(".was-done"), "the hand-over")
