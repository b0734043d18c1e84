"""RowModel: from one list of rows to the next with the fewest insertions, removals, moves and repaints."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

T = TypeVar("T")

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""The role under which data() returns the row itself."""

_MANY_MOVES = 100
"""More moves than this are told as one change of layout: finding each place is linear."""

_ROOT = QModelIndex()


class RowModel(QAbstractListModel, Generic[T]):
    """A list of frozen rows for a view; selection and scroll position survive `show`.

    `key` names a row from one list to the next. `text` is what is shown where nothing is painted, and what
    assistive technology reads; `hint` the tool tip.
    """

    def __init__(
        self,
        key: Callable[[T], Hashable],
        text: Callable[[T], str],
        parent: QObject | None = None,
        *,
        hint: Callable[[T], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._text, self._hint = key, text, hint
        self._rows: list[T] = []
        self._keys: list[Hashable] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the row under ROW_ROLE, its words under the display and accessible roles."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row)
        if role == Qt.ItemDataRole.ToolTipRole and self._hint is not None:
            return self._hint(row)
        return None

    def row(self, at: int) -> T:
        """Return the row at a place; IndexError if there is none."""
        return self._rows[at]

    def rows(self) -> tuple[T, ...]:
        """Return all rows."""
        return tuple(self._rows)

    def find(self, key: Hashable) -> int:
        """Return the place of a key, -1 if it is not shown."""
        return self._keys.index(key) if key in self._keys else -1

    def show(self, rows: Sequence[T]) -> None:
        """Become this list. A key that comes twice is shown once, where it came first."""
        wanted = {self._key(row): row for row in reversed(rows)}
        order = list(dict.fromkeys(self._key(row) for row in rows))
        self._remove_all_but(wanted)
        kept = set(self._keys)
        self._reorder([key for key in order if key in kept])
        self._insert_missing(order, wanted)
        self._repaint(wanted)

    def _remove_all_but(self, wanted: dict[Hashable, T]) -> None:
        for first, last in reversed(_runs([at for at, key in enumerate(self._keys) if key not in wanted])):
            self.beginRemoveRows(_ROOT, first, last)
            del self._rows[first : last + 1], self._keys[first : last + 1]
            self.endRemoveRows()

    def _reorder(self, order: list[Hashable]) -> None:
        if order == self._keys:
            return
        steady = _longest_kept(self._keys, order)
        if len(order) - len(steady) > _MANY_MOVES:
            self._lay_out(order)
            return
        for at, key in enumerate(order):
            if key not in steady:
                self._move(self._keys.index(key), self._keys.index(order[at - 1]) + 1 if at else 0)

    def _move(self, start: int, place: int) -> None:
        """Move one row before the row now at `place`."""
        if place in (start, start + 1) or not self.beginMoveRows(_ROOT, start, start, _ROOT, place):
            return
        end = place - 1 if place > start else place
        self._keys.insert(end, self._keys.pop(start))
        self._rows.insert(end, self._rows.pop(start))
        self.endMoveRows()

    def _lay_out(self, order: list[Hashable]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._keys[index.row()] for index in before]
        by_key = dict(zip(self._keys, self._rows, strict=True))
        self._keys, self._rows = order, [by_key[key] for key in order]
        places = {key: at for at, key in enumerate(order)}
        self.changePersistentIndexList(before, [self.index(places[key]) for key in keys])
        self.layoutChanged.emit()

    def _insert_missing(self, order: list[Hashable], wanted: dict[Hashable, T]) -> None:
        have = set(self._keys)
        for first, last in _runs([at for at, key in enumerate(order) if key not in have]):
            self.beginInsertRows(_ROOT, first, last)
            self._keys[first:first] = order[first : last + 1]
            self._rows[first:first] = [wanted[key] for key in order[first : last + 1]]
            self.endInsertRows()

    def _repaint(self, wanted: dict[Hashable, T]) -> None:
        changed = [at for at, key in enumerate(self._keys) if wanted[key] != self._rows[at]]
        for first, last in _runs(changed):
            for at in range(first, last + 1):
                self._rows[at] = wanted[self._keys[at]]
            self.dataChanged.emit(self.index(first), self.index(last))


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Return (first, last) of every unbroken run in a rising list of places."""
    runs: list[tuple[int, int]] = []
    for at in places:
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs


def _longest_kept(before: list[Hashable], after: list[Hashable]) -> set[Hashable]:
    """Return the most keys that stand in the same order in both, so that only the others need to move."""
    places = {key: at for at, key in enumerate(before)}
    ends: list[int] = []  # ends[n]: the smallest place a rising run of n + 1 keys can end with
    chosen: list[Hashable] = []
    previous: dict[Hashable, Hashable | None] = {}
    for key in after:
        at = bisect_left(ends, places[key])
        previous[key] = chosen[at - 1] if at else None
        ends[at : at + 1], chosen[at : at + 1] = [places[key]], [key]
    kept: set[Hashable] = set()
    walk = chosen[-1] if chosen else None
    while walk is not None:
        kept.add(walk)
        walk = previous[walk]
    return kept
