"""What both doors of a running program agree on: how long a line may be, how it ends, who answers it."""

from collections.abc import AsyncGenerator, Callable

Handle = Callable[[bytes], AsyncGenerator[bytes, None]]
"""Gives the lines that answer one line, without line ends; closed early when the asker goes away."""

# A very long letter still fits; files are handed over by their path.
LONGEST_LINE = 4 * 1024 * 1024

END = b"\n"
