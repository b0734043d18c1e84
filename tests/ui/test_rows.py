"""From any list of rows to any other, with the fewest steps, and the views never lose their place."""

import random
from collections.abc import Hashable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tracker.ui.rows import ROW_ROLE, RowModel


@dataclass(frozen=True, slots=True)
class Row:
    key: int
    words: str = ""


class Steps:
    """Counts what a model told its views."""

    def __init__(self, model: RowModel[Row]) -> None:
        self.said: list[str] = []
        model.rowsInserted.connect(self._inserted)
        model.rowsRemoved.connect(self._removed)
        model.rowsMoved.connect(self._moved)
        model.dataChanged.connect(self._changed)
        model.layoutChanged.connect(self._laid_out)
        model.modelReset.connect(self._reset)

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.said.append(f"inserted {first}-{last}")

    def _removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.said.append(f"removed {first}-{last}")

    def _moved(self, _parent: QModelIndex, first: int, last: int, _to: QModelIndex, place: int) -> None:
        self.said.append(f"moved {first}-{last} before {place}")

    def _changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self.said.append(f"changed {first.row()}-{last.row()}")

    def _laid_out(self) -> None:
        self.said.append("laid out")

    def _reset(self) -> None:
        self.said.append("reset")


def key_of(row: Row) -> Hashable:
    return row.key


def words_of(row: Row) -> str:
    return row.words


@pytest.fixture
def model(qapp: object) -> RowModel[Row]:
    return RowModel(key_of, words_of)


def rows(*keys: int) -> list[Row]:
    return [Row(key, f"row {key}") for key in keys]


def test_any_list_follows_any_other(model: RowModel[Row], qtbot: QtBot) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    chance = random.Random(20)  # noqa: S311 - the same lists every time
    for _ in range(300):
        keys = chance.sample(range(40), chance.randint(0, 40))
        wanted = [Row(key, chance.choice("ab")) for key in keys]
        model.show(wanted)
        assert list(model.rows()) == wanted
        assert [model.index(at).data(ROW_ROLE) for at in range(model.rowCount())] == wanted
    assert tester.model() is model


def test_a_view_stays_on_its_row_wherever_it_goes(model: RowModel[Row]) -> None:
    chance = random.Random(7)  # noqa: S311
    model.show(rows(*range(50)))
    held = {row.key: QPersistentModelIndex(model.index(at)) for at, row in enumerate(model.rows())}
    for _ in range(50):
        keys = list(range(50))
        chance.shuffle(keys)
        model.show(rows(*keys))
        assert all(index.row() == keys.index(key) for key, index in held.items())


def test_nothing_new_says_nothing(model: RowModel[Row]) -> None:
    model.show(rows(1, 2, 3))
    steps = Steps(model)
    model.show(rows(1, 2, 3))
    assert steps.said == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((1, 2, 3), (1, 2, 3, 4), ["inserted 3-3"]),
        ((1, 2), (8, 9, 1, 2), ["inserted 0-1"]),
        ((1, 2, 3, 4), (1, 4), ["removed 1-2"]),
        ((1, 2, 3, 4), (4, 1, 2, 3), ["moved 3-3 before 0"]),
        ((1, 2, 3, 4), (2, 3, 4, 1), ["moved 0-0 before 4"]),
        ((1, 2, 3), (), ["removed 0-2"]),
    ],
)
def test_a_small_change_is_one_step(
    before: tuple[int, ...], after: tuple[int, ...], said: list[str], model: RowModel[Row]
) -> None:
    model.show(rows(*before))
    steps = Steps(model)
    model.show(rows(*after))
    assert steps.said == said


def test_only_rows_that_changed_are_painted_again(model: RowModel[Row]) -> None:
    model.show(rows(*range(6)))
    steps = Steps(model)
    model.show([Row(k, "new" if k in (1, 2, 5) else f"row {k}") for k in range(6)])
    assert steps.said == ["changed 1-2", "changed 5-5"]


def test_a_whole_new_order_is_told_once(model: RowModel[Row]) -> None:
    model.show(rows(*range(1000)))
    held = QPersistentModelIndex(model.index(0))
    steps = Steps(model)
    model.show(rows(*reversed(range(1000))))
    assert steps.said == ["laid out"]
    assert held.row() == 999


def test_a_key_that_comes_twice_is_shown_once(model: RowModel[Row]) -> None:
    model.show([Row(1, "first"), Row(2), Row(1, "again")])
    assert [row.key for row in model.rows()] == [1, 2]


def test_words_are_what_is_read_aloud(qapp: object) -> None:
    model = RowModel(key_of, words_of, hint=lambda row: f"more of {row.words}")
    model.show([Row(1, "Printer on floor 3")])
    index = model.index(0)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "Printer on floor 3"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Printer on floor 3"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "more of Printer on floor 3"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None


def test_rows_are_found_by_key(model: RowModel[Row]) -> None:
    model.show(rows(5, 6))
    assert model.find(6) == 1
    assert model.find(7) == -1
    assert model.row(0).key == 5
