"""Shows a company's name, logo and colour where IT has set them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.app.parts import HEADING, PROGRAM
from tracker.host.policy import keys
from tracker.ui.theme.brand import Brand

if TYPE_CHECKING:
    from tracker.host.policy.policy import Policy
    from tracker.ui.main_window import MainWindow
    from tracker.ui.theme.theme import Theme
    from tracker.ui.tray.tray import Tray


def wear_brand(policy: Policy, theme: Theme) -> None:
    """Put the company's colour and logo on."""
    theme.wear(
        Brand(
            accent=policy.value(keys.ACCENT) if policy.sets(keys.ACCENT) else "",
            accent_dark=policy.value(keys.ACCENT_DARK) if policy.sets(keys.ACCENT_DARK) else "",
            logo=policy.value(keys.BRAND_LOGO) if policy.sets(keys.BRAND_LOGO) else None,
        )
    )


def show_name(policy: Policy, window: MainWindow, tray: Tray) -> None:
    """Say in the window and at the tray icon what the company calls its IT desk."""
    named = policy.sets(keys.BRAND_NAME)
    name = policy.value(keys.BRAND_NAME)
    window.set_heading(name if named else HEADING)
    tray.call_program(name if named else PROGRAM)
