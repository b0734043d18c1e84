"""An agent in a conversation, in a real browser."""

from selenium.webdriver.remote.webelement import WebElement

from tests.frontdesk.house import House
from tests.frontdesk.pages.test_in_a_browser import sign_in
from tests.rigs.browser import Browser


def open_talk(browser: Browser, house: House, number: str = "") -> None:
    """Sign Tess in and open her page of chats, perhaps with a conversation."""
    sign_in(browser, house.url)
    browser.go(f"{house.url}/desk/chats{'/' + number if number else ''}")


def write(browser: Browser, *keys: str) -> None:
    """Type into the field for messages."""
    browser.find("#chat-text").send_keys(*keys)


def shown(browser: Browser) -> list[str]:
    """List what the messages on the page say."""
    return [bubble.text for bubble in browser.find_all("#talk .bubble")]


def is_nameless(control: WebElement) -> bool:
    """Tell whether a control that can be seen has no name."""
    return control.is_displayed() and not control.accessible_name
