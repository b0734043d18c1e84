"""Presses buttons on real toasts: through dunst's own action menu, or with the mouse on xfce4-notifyd."""

import re
import subprocess

from tracker.host.bus_watch import BusWatch
from tracker.host.virtual_desktop import DesktopFailed, VirtualDesktop, find_program, wait_until

# dunst hands its action lines ("#Answer (Tracker) [3,answer]") to this program and takes the one it prints.
_CHOOSER = '#!/bin/sh\ngrep -F -- "$(cat "{choice}")"\n'
_DUNST = """[global]
    dmenu = {chooser}
    width = 360
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
"""

_XFCE_MARGIN = 14
_XFCE_BUTTON_MIDDLE = 31


def write_toast_settings(desktop: VirtualDesktop) -> None:
    """Make dunst keep toasts until somebody closes them, and choose actions as the test says."""
    chooser = desktop.folder / "choose-action"
    chooser.write_text(_CHOOSER.format(choice=desktop.folder / "chosen-action"))
    chooser.chmod(0o700)
    settings = desktop.folder / "home" / ".config" / "dunst"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "dunstrc").write_text(_DUNST.format(chooser=chooser))


def press_toast_button(desktop: VirtualDesktop, watch: BusWatch, *, number: int, key: str) -> None:
    """Press one button of a live toast; returns when the daemon has told the bus about it."""
    if _has_dunst(desktop):
        (desktop.folder / "chosen-action").write_text(f"[{number},{key}]")
        _run(desktop, "dunstctl", "context")
    else:
        _click_on_xfce(desktop, watch, number=number, key=key)
    watch.wait_for(lambda seen: seen.id == number and key in seen.invoked)


def dismiss_toast(desktop: VirtualDesktop, watch: BusWatch, *, number: int) -> None:
    """Click a toast away as people do, without opening anything."""
    if _has_dunst(desktop):
        _run(desktop, "dunstctl", "close-all")
    else:
        left, top, _width, _height = _xfce_window(desktop, watch, number)
        _click(desktop, left + 5, top + 5)
    watch.wait_for(lambda seen: seen.id == number and seen.closed is not None)


def _has_dunst(desktop: VirtualDesktop) -> bool:
    return (desktop.folder / "dunst.log").exists()


def _click_on_xfce(desktop: VirtualDesktop, watch: BusWatch, *, number: int, key: str) -> None:
    toast = next(seen for seen in watch.live if seen.id == number)
    place = [action for action, _label in toast.actions].index(key)
    left, top, width, height = _xfce_window(desktop, watch, number)
    # All buttons are equally wide and fill the last row.
    step = (width - 2 * _XFCE_MARGIN) / len(toast.actions)
    _click(desktop, left + _XFCE_MARGIN + round(step * (place + 0.5)), top + height - _XFCE_BUTTON_MIDDLE)


def _xfce_window(desktop: VirtualDesktop, watch: BusWatch, number: int) -> tuple[int, int, int, int]:
    """Give left, top, width and height of the toast; they stand one under the other in order of arrival."""
    place = [seen.id for seen in watch.live].index(number)
    boxes: list[tuple[int, int, int, int]] = []

    def shown() -> bool:
        boxes[:] = sorted(_visible_windows(desktop), key=lambda box: box[1])
        return len(boxes) > place

    wait_until(shown, what=f"toast {number} on the screen")
    return boxes[place]


def _visible_windows(desktop: VirtualDesktop) -> list[tuple[int, int, int, int]]:
    search = ("xdotool", "search", "--onlyvisible", "--class", "xfce4-notifyd", "getwindowgeometry", "%@")
    found = re.findall(r"Position: (\d+),(\d+).*\n\s*Geometry: (\d+)x(\d+)", _run(desktop, *search))
    return [(int(left), int(top), int(width), int(height)) for left, top, width, height in found]


def _click(desktop: VirtualDesktop, left: int, top: int) -> None:
    _run(desktop, "xdotool", "mousemove", "--sync", str(left), str(top), "click", "1")


def _run(desktop: VirtualDesktop, *command: str) -> str:
    done = subprocess.run(
        [find_program(command[0]), *command[1:]],
        env=desktop.env,
        capture_output=True,
        text=True,
        timeout=20,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode and done.stderr:
        raise DesktopFailed(f"{' '.join(command)} failed: {done.stderr}")
    return done.stdout
