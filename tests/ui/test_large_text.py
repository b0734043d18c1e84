"""With the system's text at twice its size everything is still there to read."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.clipping import clipped
from tests.ui.remembering import Remembering
from tests.ui.settings.test_page import reader
from tracker.host.settings import DeskChoice, Settings
from tracker.ui.accounts.form import DeskOption, SecretKind
from tracker.ui.accounts.sign_in import SignInPage
from tracker.ui.main_window import MainWindow
from tracker.ui.page_stack import PageEntry
from tracker.ui.settings.page import About, SettingsPage
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.window_place import SMALLEST

SIGNED_IN = Settings(desk=DeskChoice("rt", "https://help.example.org", "lbrandt"))


def test_all_text_is_twice_as_large(large: Theme) -> None:
    assert large.type.pixels(TextStyle.BODY) == pytest.approx(28, rel=0.02)


@pytest.mark.parametrize("name", ["settings", "sign_in"])
def test_nothing_is_cut_at_twice_the_size(name: str, large: Theme, qtbot: QtBot) -> None:
    desk = DeskOption("rt", "Request Tracker", (SecretKind.PASSWORD, SecretKind.TOKEN))
    pages = {
        "settings": lambda: SettingsPage(reader(large), SIGNED_IN, About("0.1")),
        "sign_in": lambda: SignInPage(large, (desk,)),
    }
    entries = tuple(PageEntry(key, "settings", key, make, badge=3) for key, make in pages.items())
    window = MainWindow(large, entries, Remembering(), heading="Acme IT Help")
    qtbot.addWidget(window)
    window.resize(*SMALLEST)
    window.show_page(name)
    window.set_connection("Up to date · live", Tone.OK)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: clipped(window) == [])
