"""The tray program: Qt, the bridge, and one profile at work."""

import builtins
import gc

import PySide6.QtCore  # noqa: F401 - loaded now, for what follows

# PySide6 looks for its own name in the source of every module that is imported after it, in case somebody
# wants its optional snake_case (https://doc.qt.io/qtforpython-6/considerations.html#features). Nobody here
# does, and the look costs a third of the start and 15 MB for the source texts that it keeps.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

# Nothing that is made on the way to the first paint goes away again; looking for garbage in it takes time.
gc.disable()
