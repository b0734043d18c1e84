"""Somebody wonders whether everything is all right: the program looks, tells, and gathers a report for IT."""

from tests.stories.stage import Stage


def test_everything_is_looked_at_and_a_test_notification_really_comes(stage: Stage) -> None:
    window = stage.start()
    window.wait_for("live")
    window.press("Settings")
    window.press("Is everything all right?")
    window.wait_for("IT front desk")
    window.keys("F1")  # asked again, there is one page
    window.press("Send a test notification")
    stage.told("A test from Tracker")
    window.wait_for("Shown by dunst")
    window.press("Save a report for IT…")
    window.wait_for("File in the report")
    assert window.quit() == 0
