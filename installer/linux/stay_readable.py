"""Runs first in the frozen program: what is not loaded yet is read from the file that it was started from.

A package manager replaces the executable while people work with it. The modules that Python has not imported
by then stand in that executable; what goes by its name is another release.
"""

import pyimod02_importers  # type: ignore[import-not-found]  # PyInstaller's own, in every frozen program

# The kernel keeps the file behind this name until the program ends: proc(5).
pyimod02_importers.pyz_archive._filename = "/proc/self/exe"
