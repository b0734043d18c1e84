"""The tray icon on real panels and at a StatusNotifier watcher that comes, goes and comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.rigs.desktop import Desktop, wait_until
from tests.rigs.tray_hosts import start_tray_host
from tests.ui.tray.running import Running
from tests.ui.tray.watcher import Watcher, registered_items

pytestmark = pytest.mark.desktop


class Scene:
    """A desktop with a bus; panels, watchers and the program are started as the test says."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self.address = desktop.env["DBUS_SESSION_BUS_ADDRESS"]
        self._closing: list[Running | Watcher] = []

    def program(self) -> Running:
        program = Running(self.desktop)
        self._closing.append(program)
        return program

    def watcher(self, *, panel: bool = True) -> Watcher:
        watcher = Watcher(self.address, panel=panel)
        self._closing.append(watcher)
        return watcher

    def end(self, watcher: Watcher) -> None:
        self._closing.remove(watcher)
        watcher.close()

    def click(self, left: int, top: int, button: int = 1) -> None:
        place = [str(left), str(top)]
        # Not with --sync: it waits for a movement even where there is none to make.
        self.desktop.run("xdotool", "mousemove", *place, "click", str(button), check=True)

    def close(self) -> None:
        for started in self._closing:
            started.close()


def wait_for_icon_in_panel(program: Running) -> None:
    """Wait until the panel, at the lower edge, has taken the icon in: until then it says 0, 0."""
    wait_until(lambda: program.place()[1] > 0, what="the icon in the panel")


def words_of(watcher: Watcher) -> list[str]:
    """Read the menu as a panel shows it."""
    return [label.replace("_", "") for _number, label in watcher.menu() if label]


@pytest.fixture
def scene() -> Iterator[Scene]:
    with Desktop(wm="openbox") as desktop:
        made = Scene(desktop)
        yield made
        made.close()


def test_at_a_watcher_the_icon_says_its_state_in_words(scene: Scene) -> None:
    watcher = scene.watcher()
    program = scene.program()
    wait_until(lambda: len(watcher.items) == 1)
    assert program.lines[0] == "started True"
    program.tell("news 2")
    wait_until(lambda: "2 updates" in str(watcher.properties()["ToolTip"]))
    said = watcher.properties()
    assert "Tracker: 2 updates · as of 14:05" in str(said["ToolTip"])
    sizes = {(width, height) for width, height, _pixels in said["IconPixmap"]}  # type: ignore[attr-defined]
    assert (22, 22) in sizes


def test_a_left_click_toggles_the_panel_and_a_middle_click_begins_a_request(scene: Scene) -> None:
    watcher = scene.watcher()
    program = scene.program()
    wait_until(lambda: bool(watcher.items))
    watcher.click("Activate")
    assert program.wait_for("toggled") == "toggled 0 0 0 0"  # a StatusNotifier does not tell where it is
    watcher.click("SecondaryActivate")
    program.wait_for("new request by middle click")


def test_the_menu_offers_the_doors_and_the_open_requests(scene: Scene) -> None:
    watcher = scene.watcher()
    program = scene.program()
    wait_until(lambda: bool(watcher.items))
    offered = words_of(watcher)
    assert offered == [
        *("Open Tracker", "New request"),
        *("Printer & scanner — Fixed?", "Laptop — With Priya"),
        *("Check now", "Quiet for 1 hour", "Quiet until tomorrow", "Settings", "Quit"),
    ]
    watcher.choose("Laptop — With Priya")
    program.wait_for("ticket 4712")
    program.tell("chats")
    with_chats = [*offered[:2], "Chat with IT", *offered[2:]]
    wait_until(lambda: words_of(watcher) == with_chats, what="the door to the chat")


def test_an_icon_from_before_the_watcher_appears_when_it_comes(scene: Scene) -> None:
    program = scene.program()
    assert program.lines[0] == "started False"
    watcher = scene.watcher()
    program.wait_for("there True")
    wait_until(lambda: bool(watcher.items))
    watcher.click("Activate")
    program.wait_for("toggled")
    watcher.choose("Laptop — With Priya")
    program.wait_for("ticket 4712")


def test_a_panel_that_comes_long_after_its_watcher_is_not_missed(scene: Scene) -> None:
    watcher = scene.watcher(panel=False)
    program = scene.program()
    wait_until(lambda: bool(watcher.items))
    wait_until(lambda: program.ask("seen") == ["False", "False"], what="that nobody sees the icon yet")
    watcher.let_panel_in()
    program.wait_for("there True")
    assert program.ask("seen") == ["True", "False"]
    assert len(watcher.items) == 1
    watcher.click("Activate")
    program.wait_for("toggled")


def test_a_restarted_watcher_gets_one_icon_again(scene: Scene) -> None:
    first = scene.watcher()
    program = scene.program()
    program.wait_for("there True")
    for _restart in range(2):
        scene.end(first)
        program.wait_for("there False")
        program.lines.clear()
        first = scene.watcher()
        program.wait_for("there True")
        wait_until(lambda watcher=first: bool(watcher.items))  # type: ignore[misc]
        first.click("Activate")
        program.wait_for("toggled")
        assert len(set(first.items)) == 1
        program.lines.clear()


def test_on_an_old_panel_the_icon_is_clicked_and_its_menu_works(scene: Scene) -> None:
    start_tray_host(scene.desktop, "trayer")
    program = scene.program()
    wait_for_icon_in_panel(program)
    left, top, width, height = program.place()
    middle = (left + width // 2, top + height // 2)
    scene.click(*middle)
    program.wait_for("toggled")
    scene.click(*middle, button=2)
    program.wait_for("new request by middle click")
    scene.click(*middle, button=3)
    program.wait_for("menu shown")
    scene.desktop.run("xdotool", "key", "--delay", "50", "Down", "Down", "Return", check=True)
    program.wait_for("new request")


def test_on_an_old_panel_the_icon_draws_its_message_and_hears_the_click(scene: Scene, tmp_path: Path) -> None:
    start_tray_host(scene.desktop, "trayer")
    program = scene.program()
    wait_for_icon_in_panel(program)
    before = QImage(str(scene.desktop.screenshot(tmp_path / "before.png")))
    program.tell("message")
    box: list[tuple[int, int, int, int]] = []

    def drawn() -> bool:
        after = QImage(str(scene.desktop.screenshot(tmp_path / "after.png")))
        box[:] = changed(before, after, top=0)
        return bool(box) and box[0][2] > 60

    wait_until(drawn, what="the message on the screen")
    left, top, width, height = box[0]
    scene.click(left + width // 2, top + height // 2)
    program.wait_for("message clicked")


def test_an_old_panel_that_comes_later_gets_the_icon(scene: Scene) -> None:
    program = scene.program()
    assert program.lines[0] == "started False"
    start_tray_host(scene.desktop, "trayer")
    wait_for_icon_in_panel(program)


def test_without_any_panel_the_program_runs_on_and_says_so(scene: Scene) -> None:
    program = scene.program()
    program.tell("message")
    assert program.ask("seen") == ["False", "True"]
    assert program.close() == 0
    scene._closing.clear()


def test_on_the_xfce_panel_the_icon_is_seen_and_clicked(scene: Scene, tmp_path: Path) -> None:
    start_tray_host(scene.desktop, "xfce4-panel")
    before = scene.desktop.screenshot(tmp_path / "before.png")
    program = scene.program()
    wait_until(lambda: bool(registered_items(scene.address)), what="the icon at the panel's watcher")
    box: list[tuple[int, int, int, int]] = []

    def drawn() -> bool:
        after = scene.desktop.screenshot(tmp_path / "after.png")
        box[:] = changed(QImage(str(before)), QImage(str(after)), top=760)
        return bool(box) and 10 < box[0][2] < 60

    wait_until(drawn, what="the icon on the screen")
    left, top, width, height = box[0]
    scene.click(left + width // 2, top + height // 2)
    program.wait_for("toggled")


def changed(before: QImage, after: QImage, *, top: int) -> list[tuple[int, int, int, int]]:
    """Give the box (left, top, width, height) around all pixels from `top` down that differ, if any do.

    Every fourth pixel is looked at: all of them take seconds, and a message has gone before the click.
    """
    if before == after:
        return []
    spots = [
        (x, y)
        for y in range(top, after.height(), 4)
        for x in range(0, after.width(), 4)
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    if not spots:
        return []
    lefts, tops = [x for x, _y in spots], [y for _x, y in spots]
    return [(min(lefts), min(tops), max(lefts) - min(lefts) + 1, max(tops) - min(tops) + 1)]
