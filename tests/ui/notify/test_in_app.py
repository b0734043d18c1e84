"""The banner in our own window: what it is given, and what its clicks say."""

from pytestqt.qtbot import QtBot

from tests.ui.notify.listener import Listener
from tracker.ui.notify.in_app import InApp
from tracker.ui.notify.ways import Toast

PRINTER = Toast("4711", "Printer", "Fixed.")
LAPTOP = Toast("4712", "Laptop", "Received.")


def started() -> tuple[InApp, Listener, list[object]]:
    way, heard, drawn = InApp(), Listener(), list[object]()
    way.start(heard)
    way.arrived.connect(drawn.append)
    way.gone.connect(drawn.append)
    return way, heard, drawn


def test_it_always_works(qtbot: QtBot) -> None:
    way, heard, drawn = started()
    assert way.available
    way.show(PRINTER)
    assert drawn == [PRINTER]
    assert heard.reports == [("shown", "4711")]


def test_a_window_that_opens_later_finds_what_is_live(qtbot: QtBot) -> None:
    way, _heard, drawn = started()
    way.show(PRINTER)
    way.show(LAPTOP)
    way.withdraw("4711")
    way.withdraw("4711")
    assert way.live == (LAPTOP,)
    assert drawn == [PRINTER, LAPTOP, "4711"]


def test_the_banner_and_its_buttons_are_pressed_once(qtbot: QtBot) -> None:
    way, heard, drawn = started()
    way.show(PRINTER)
    way.show(LAPTOP)
    way.press("4711")
    way.press("4711")
    way.press("4712", "works")
    assert heard.reports[2:] == [("pressed", "4711", "open"), ("pressed", "4712", "works")]
    assert drawn[2:] == ["4711", "4712"]


def test_closing_the_banner_is_no_click(qtbot: QtBot) -> None:
    way, heard, _drawn = started()
    way.show(PRINTER)
    way.dismiss("4711")
    way.dismiss("4711")
    assert heard.reports[1:] == [("closed", "4711", "dismissed")]


def test_stopping_takes_the_banner_away(qtbot: QtBot) -> None:
    way, heard, drawn = started()
    way.show(PRINTER)
    way.stop()
    assert drawn == [PRINTER, "4711"]
    way.press("4711")
    assert heard.reports == [("shown", "4711")]
