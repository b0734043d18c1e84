"""An agent at work in a real browser: by keyboard alone, live, without scripts, light and dark."""

from functools import partial
from pathlib import Path

import pytest
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.frontdesk.house import PASSWORD, House
from tests.rigs.browser import Browser
from tracker.frontdesk.guessing import FREE_MISSES
from tracker.frontdesk.server import ServeConfig, serving
from tracker.ui.theme.tokens import DARK, LIGHT, Tokens

pytestmark = pytest.mark.browser

HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"


def sign_in(browser: Browser, url: str, name: str = "tess") -> None:
    """Get in as an agent, with keys alone: the first field has the focus."""
    browser.go(f"{url}/desk")
    browser.press(name, Keys.TAB, PASSWORD, Keys.ENTER)
    browser.wait(lambda: browser.driver.current_url.endswith("/desk"), "the queue")


def is_gone(element: WebElement) -> bool:
    """Tell whether an element's page was left."""
    try:
        element.is_enabled()
    except (StaleElementReferenceException, NoSuchElementException):
        return True
    return False


class Wanted:
    """Something that is told by what assistive technology calls it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, element: WebElement) -> bool:
        return element.accessible_name == self.name


def test_an_agent_works_a_request_from_the_queue_to_solved_with_the_keyboard_alone(
    house: House, browser: Browser
) -> None:
    number = house.anna.raise_ticket("VPN drops")
    sign_in(browser, house.url)
    first = browser.tab_to(lambda _: True, "anything")
    assert first.accessible_name == "Skip the queue"
    browser.tab_to(lambda element: element.get_attribute("id") == f"row-{number}", "the request")
    browser.press(Keys.ENTER)
    browser.wait(lambda: browser.said("h1") == "VPN drops", "the request's page")
    browser.tab_to(Wanted("Take it"), "taking it")
    browser.press(Keys.ENTER)
    browser.wait(lambda: browser.said(".was-done") == f"You have {number} now.", "that it is taken")
    assert browser.focused.get_attribute("id") == "done"
    browser.tab_to(lambda element: element.get_attribute("id") == "say-text", "writing")
    browser.press("I am looking at it.")
    browser.tab_to(Wanted("Send"), "sending")
    browser.press(Keys.ENTER)
    browser.wait(lambda: browser.said(".was-done") == "It is sent.", "that it is sent")
    browser.tab_to(Wanted("Fixed"), "solving")
    browser.press(Keys.ENTER, Keys.TAB, "The profile was old. It is new now.")
    browser.tab_to(lambda one: one.tag_name == "button" and one.accessible_name == "Fixed", "the button")
    browser.press(Keys.ENTER)
    browser.wait(lambda: "The requester is asked whether it works" in browser.said(".was-done"), "solved")
    told = [event["text"] for event in house.anna.events(number) if event["text"]]
    assert told == ["Every few minutes.", "I am looking at it.", "The profile was old. It is new now."]
    assert house.anna.ticket(number)["state"] == "resolved"
    assert browser.complaints() == []


def test_what_a_hostile_person_writes_is_text_and_nothing_else(house: House, browser: Browser) -> None:
    number = house.anna.raise_ticket(HOSTILE, text=HOSTILE)
    sign_in(browser, house.url)
    browser.go(f"{house.url}/desk/tickets/{number}")
    assert browser.said("h1") == HOSTILE
    assert browser.said(".said") == HOSTILE
    assert HOSTILE in browser.said(f"#row-{number}")
    assert browser.find_all("img, script:not([src])") == []
    assert browser.driver.title.startswith(number)
    assert browser.complaints() == []


def test_a_new_request_appears_without_a_reload_is_said_and_leaves_the_focus_alone(
    house: House, browser: Browser
) -> None:
    first = house.anna.raise_ticket("The first")
    sign_in(browser, house.url)
    browser.tab_to(lambda element: element.get_attribute("id") == f"row-{first}", "the first request")
    number = house.ben.raise_ticket("The printer smokes")
    browser.wait(lambda: browser.find_all(f"#row-{number}") != [], "the new request")
    assert f"{number}: Ben Ortiz raised it." in browser.said("#news[role=status][aria-live=polite]")
    assert browser.focused.get_attribute("id") == f"row-{first}"
    assert browser.complaints() == []


def test_what_the_requester_writes_appears_while_an_agent_types_and_the_typing_stays(
    house: House, browser: Browser
) -> None:
    number = house.anna.raise_ticket()
    sign_in(browser, house.url)
    browser.go(f"{house.url}/desk/tickets/{number}")
    browser.find("#say-text").send_keys("Have you tried")
    house.anna.ok(f"/tickets/{number}/replies", {"text": "It works on the phone."})
    browser.wait(lambda: "It works on the phone." in browser.said("#history"), "the reply")
    browser.press(" another cable?")
    assert browser.find("#say-text").get_attribute("value") == "Have you tried another cable?"


def test_two_agents_want_the_same_request_and_the_slower_one_reads_who_has_it(
    house: House, browser: Browser
) -> None:
    number = house.anna.raise_ticket()
    sign_in(browser, house.url)
    browser.go(f"{house.url}/desk/tickets/{number}")
    house.ravi.ok(f"/agent/tickets/{number}/assign", {"agent": house.agent_id("ravi")})
    browser.find(".one-click button.main").click()
    browser.wait(lambda: browser.said(".refused") != "", "the refusal")
    assert browser.said(".refused") == f"Ravi Menon has taken {number} meanwhile. You can ask to have it."
    assert browser.focused.get_attribute("role") == "alert"


def test_a_double_click_does_nothing_twice(house: House, browser: Browser) -> None:
    number = house.anna.raise_ticket()
    sign_in(browser, house.url)
    browser.go(f"{house.url}/desk/tickets/{number}")
    browser.find("#say-text").send_keys("Hello")
    ActionChains(browser.driver).double_click(browser.find(".composer button")).perform()
    browser.wait(lambda: "It is sent." in browser.said(".was-done"), "that it is sent")
    assert house.anna.kinds(number).count("reply") == 1
    browser.driver.refresh()
    assert house.anna.kinds(number).count("reply") == 1


def test_everything_works_where_scripts_are_switched_off(house: House, browser: Browser) -> None:
    number = house.anna.raise_ticket()
    browser.let_scripts_run(allowed=False)
    sign_in(browser, house.url)
    browser.find(f"#row-{number}").click()
    browser.wait(lambda: browser.find_all(".one-click button.main") != [], "the request")
    browser.find(".one-click button.main").click()
    browser.wait(lambda: browser.said(".was-done") == f"You have {number} now.", "that it is taken")
    next(one for one in browser.find_all("summary") if one.text == "Waiting for…").click()
    browser.find("#wait-reason").send_keys("A dock is ordered.")
    browser.find("#wait-reason").submit()
    browser.wait(lambda: browser.said(".was-done").startswith(f"{number} waits"), "that it waits")
    assert house.anna.ticket(number)["state"] == "waiting_for_supplier"


def test_a_wrong_password_is_said_and_guessing_gets_slow(house: House, browser: Browser) -> None:
    browser.go(f"{house.url}/desk")
    browser.press("tess", Keys.TAB, "wrong password", Keys.ENTER)
    browser.wait(lambda: browser.said(".refused") == "The name or the password is not right.", "why not")
    for _ in range(FREE_MISSES + 4):  # a busy computer may take longer than the first wait lasts
        form = browser.find("form")
        browser.find("#password").send_keys("wrong password", Keys.ENTER)
        browser.wait(partial(is_gone, form), "the next page")
        browser.wait(lambda: browser.said(".refused") != "", "why not")
        if browser.said(".refused").startswith("Too many wrong passwords."):
            break
    assert browser.said(".refused").startswith("Too many wrong passwords.")
    assert browser.find("#user").get_attribute("value") == "tess"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_it_is_light_or_dark_as_the_system_says(house: House, browser: Browser, tokens: Tokens) -> None:
    number = house.anna.raise_ticket()
    sign_in(browser, house.url)
    browser.prefer(tokens.name)
    browser.go(f"{house.url}/desk/tickets/{number}")
    assert browser.find("body").value_of_css_property("background-color") == rgb(tokens.bg)
    assert browser.find("h1").value_of_css_property("color") == rgb(tokens.text)
    assert browser.find(".card").value_of_css_property("background-color") == rgb(tokens.surface)
    main = browser.find(".button.main")
    assert main.value_of_css_property("background-color") == rgb(tokens.accent.strong)
    assert main.value_of_css_property("color") == rgb(tokens.on_accent)


def rgb(colour: str) -> str:
    """Write #RRGGBB as browsers give colours back."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 1)"


def test_everything_one_can_use_has_a_name_and_is_large_enough(house: House, browser: Browser) -> None:
    number = house.anna.raise_ticket()
    house.tess.ok(f"/agent/tickets/{number}/start")
    sign_in(browser, house.url)
    browser.go(f"{house.url}/desk/tickets/{number}")
    open_all = "document.querySelectorAll('details').forEach(one => { one.name = ''; one.open = true })"
    browser.driver.execute_script(open_all)
    controls = browser.find_all("a, button, summary, select, textarea, input:not([type=hidden])")
    assert len(controls) > 60
    nameless = [one.get_attribute("outerHTML") for one in controls if not one.accessible_name]
    assert nameless == []
    pressed = browser.find_all("main button, main summary.button")
    assert [one.text for one in pressed if one.size["height"] < 32] == []


def test_that_the_desk_does_not_answer_is_said(folder: Path, browser: Browser) -> None:
    with serving(ServeConfig(folder)) as url:
        sign_in(browser, url)
    browser.wait(lambda: browser.said("#news").startswith("The desk does not answer."), "the silence")
