"""Chromium without a window, steered as a person would use it: keys, clicks, what is on the page.

with open_browser(folder) as browser:
    browser.go(f"{url}/desk")
"""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.rigs.debian import ensure_installed

if TYPE_CHECKING:
    from selenium.webdriver.remote.webelement import WebElement

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
SETTINGS = (
    "--headless=new",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves this machine
    "--lang=en-GB",
    "--no-first-run",
    "--no-sandbox",  # it has none for root, nor in most containers, and sees nothing but our own pages
    "--window-size=1228,900",
)
WAIT = 20.0
PAUSE = 0.05
MOST_STOPS = 120


class Browser:
    """One browser; `forget` makes it as good as new for the next test."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def forget(self) -> None:
        """Drop cookies and everything that was switched."""
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.let_scripts_run(allowed=True)
        self.prefer("light")
        self.driver.get("about:blank")
        self.driver.get_log("browser")

    def go(self, url: str) -> None:
        """Open an address."""
        self.driver.get(url)

    def let_scripts_run(self, *, allowed: bool) -> None:
        """Switch scripts on or off, as in a browser's settings."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def prefer(self, scheme: str) -> None:
        """Be in a system that is set to light or dark."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def find(self, css: str) -> WebElement:
        """Give the first element that matches; fails when there is none."""
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def find_all(self, css: str) -> list[WebElement]:
        """Give all elements that match."""
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def said(self, css: str) -> str:
        """Give the words on the first element that matches, nothing where there is none."""
        found = self.find_all(css)
        return found[0].text if found else ""

    def wait(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds; fails with `what` when it does not in time."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            # The page was just replaced, or is being replaced.
            with contextlib.suppress(StaleElementReferenceException, NoSuchElementException):
                if holds():
                    return
            time.sleep(PAUSE)
        raise AssertionError(f"not seen in time: {what}")

    @property
    def focused(self) -> WebElement:
        """The element that keys go to."""
        return self.driver.switch_to.active_element

    def press(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        for key in keys:
            self.focused.send_keys(key)

    def tab_to(self, wanted: Callable[[WebElement], bool], what: str) -> WebElement:
        """Press Tab until the focus is where one wants it; every stop on the way must be seen."""
        for _ in range(MOST_STOPS):
            self.press(Keys.TAB)
            here = self.focused
            assert self._is_seen(here), f"the focus is not seen on {here.get_attribute('outerHTML')}"
            if wanted(here):
                return here
        raise AssertionError(f"Tab does not lead to: {what}")

    def complaints(self) -> list[str]:
        """List what the browser itself complained of since the last look, such as forbidden scripts."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]

    def _is_seen(self, element: WebElement) -> bool:
        if element.tag_name == "body":
            return True
        return element.value_of_css_property("outline-style") != "none"


@contextlib.contextmanager
def open_browser(folder: Path) -> Iterator[Browser]:
    """Start Chromium with its profile in `folder`; it and its driver are ended by process id."""
    ensure_installed("browser")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for setting in (*SETTINGS, f"--user-data-dir={folder}"):
        options.add_argument(setting)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = Service(str(DRIVER), log_output=subprocess.DEVNULL)
    driver = webdriver.Chrome(service=service, options=options)
    try:
        yield Browser(driver)
    finally:
        driver.quit()  # asks the browser, whose process the driver knows, then ends the driver's own
