"""The bar of stages: drawn whole, said in words, mirrored where reading is."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.ui.accessible import accessible_tree
from tests.ui.widgets.showing import shown
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.painting import paint_progress
from tracker.ui.widgets.stage_bar import StageBar, StageStep, StepState, paint_stage_bar, stage_bar_height

ON_THE_WAY = (
    StageStep("Received", StepState.DONE, "inbox", "Wed 19 Nov, 09:12"),
    StageStep("Assigned", StepState.DONE, "user-check"),
    StageStep("Working on it", StepState.DONE, "wrench"),
    StageStep("On the way", StepState.NOW, "truck"),
    StageStep("Fixed?", StepState.AHEAD, "circle-check"),
    StageStep("Done", StepState.AHEAD, "thumbs-up"),
)


def painted(theme: Theme, steps: tuple[StageStep, ...], *, backwards: bool = False) -> QImage:
    image = QImage(600, stage_bar_height(theme), QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    if backwards:
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    paint_stage_bar(painter, QRectF(image.rect()), theme, steps)
    painter.end()
    return image


def accents(image: QImage, theme: Theme) -> list[int]:
    """Return the columns in which the accent is found."""
    accent = theme.colour("accent")
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) == accent for y in range(image.height()))
    ]


def test_the_stage_is_said_in_words(theme: Theme, qtbot: QtBot) -> None:
    bar = StageBar(theme)
    bar.show_steps(ON_THE_WAY)
    window = shown(bar, qtbot, width=600)
    tree = accessible_tree(window)
    assert "Stage 4 of 6, On the way" in tree
    assert "Received done (Wed 19 Nov, 09:12), Assigned done" in tree
    assert "Fixed? still to come" in tree
    assert "Received: Wed 19 Nov, 09:12" in bar.toolTip()


def test_all_done_is_said_so(theme: Theme, qtbot: QtBot) -> None:
    bar = StageBar(theme)
    qtbot.addWidget(bar)
    bar.show_steps(tuple(StageStep(step.label, StepState.DONE, step.icon) for step in ON_THE_WAY))
    assert bar.accessibleName() == "All 6 stages are done"


def test_nothing_known_is_no_error(theme: Theme, qtbot: QtBot) -> None:
    bar = StageBar(theme)
    bar.show_steps(())
    shown(bar, qtbot, width=300)
    assert bar.accessibleName() == "Progress of the request"


def test_what_is_done_is_filled_from_the_start_of_reading(theme: Theme) -> None:
    forwards = accents(painted(theme, ON_THE_WAY), theme)
    backwards = accents(painted(theme, ON_THE_WAY, backwards=True), theme)
    assert forwards[0] < 60
    assert forwards[-1] < 400
    assert backwards[-1] > 540
    assert backwards[0] > 200


def test_stages_ahead_are_drawn_too(theme: Theme) -> None:
    image = painted(theme, ON_THE_WAY)
    last = {image.pixelColor(x, y).name() for x in range(520, 600) for y in range(image.height())}
    assert len(last) > 3


def test_the_thin_line_fills_as_far_as_reached(theme: Theme) -> None:
    image = QImage(600, 4, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_progress(painter, QRectF(0, 0, 600, 4), theme, stages=6, reached=3.5)
    painter.end()
    accent = theme.colour("accent")
    filled = [x for x in range(600) if image.pixelColor(x, 2) == accent]
    assert 300 < len(filled) < 350
    assert max(filled) < 352
