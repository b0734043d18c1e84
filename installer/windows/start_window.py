"""Where tracker.exe starts, which has no console: what the program says on its way out is shown in a box."""

from __future__ import annotations

import ctypes
import io
import sys

from tracker.__main__ import main

_LONGEST = 2000
_ERROR_ICON = (
    0x10  # MB_ICONERROR, https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-messageboxw
)


def _run() -> int:
    """Run the program; a windowed one has no streams where nobody gave it any, so it gets some."""
    said = io.StringIO()
    without_console = sys.stderr is None
    if sys.stdout is None:
        sys.stdout = io.StringIO()
    if without_console:
        sys.stderr = said
    try:
        status = main()
    except SystemExit as end:  # the command line's own way out
        status = end.code if isinstance(end.code, int) else 1
    if status and without_console and said.getvalue().strip():
        ctypes.windll.user32.MessageBoxW(None, said.getvalue()[-_LONGEST:], "Tracker", _ERROR_ICON)
    return status


if __name__ == "__main__":
    sys.exit(_run())
