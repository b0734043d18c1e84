"""Names and values, and promises."""

from pytestqt.qtbot import QtBot

from tests.ui.accessible import accessible_tree
from tests.ui.clipping import clipped
from tests.ui.pseudo import stretched
from tests.ui.widgets.showing import shown
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Tone
from tracker.ui.widgets.key_values import KeyValueCard, PromiseCard, PromiseLine

LINES = (
    PromiseLine("First reply in 4 h", "kept", Tone.OK, "circle-check"),
    PromiseLine("Fixed by Thu 12:00", "missed", Tone.LATE, "circle-x"),
    PromiseLine("Update by 16:30", "open"),
)


def test_promises_are_said_with_how_they_stand(theme: Theme, qtbot: QtBot) -> None:
    card = PromiseCard(theme, title="Promises on this request")
    card.show_promises(LINES)
    window = shown(card, qtbot, width=252)
    tree = accessible_tree(window)
    assert "Fixed by Thu 12:00: missed" in tree
    assert clipped(window) == []


def test_no_promises_hide_the_card(theme: Theme, qtbot: QtBot) -> None:
    card = PromiseCard(theme, title="Promises")
    window = shown(card, qtbot, width=252)
    card.show_promises(LINES)
    card.show_promises(())
    assert not card.isVisible()
    card.show_promises(LINES[:1])
    assert card.isVisible()
    qtbot.waitUntil(lambda: "First reply in 4 h: kept" in accessible_tree(window))


def test_names_and_values_replace_the_ones_before(theme: Theme, qtbot: QtBot) -> None:
    card = KeyValueCard(theme)
    window = shown(card, qtbot, width=252)
    card.show_rows((("Raised", "Wed 19 Nov, 09:12"), ("Team", "Workplace")))
    card.show_rows((("Service", "Workplace hardware"),))
    qtbot.waitUntil(lambda: "Service: Workplace hardware" in accessible_tree(window))
    assert "Team" not in accessible_tree(window)


def test_long_names_and_values_wrap(theme: Theme, qtbot: QtBot) -> None:
    card = KeyValueCard(theme)
    card.show_rows(((stretched("Raised"), stretched("Workplace hardware and docking stations")),))
    promises = PromiseCard(theme, title=stretched("Promises on this request"))
    promises.show_promises(
        tuple(PromiseLine(stretched(line.text), stretched(line.state), line.tone) for line in LINES)
    )
    for widget in (card, promises):
        assert clipped(shown(widget, qtbot, width=300)) == []
