"""Which Debian packages the frozen program needs: those of the libraries that it asks for and has not."""

from __future__ import annotations

import re
from pathlib import Path

from tools.linux.bundle import header, needed_in
from tools.linux.freezing import CannotBuild, run

BESIDES = ("ca-certificates", "hicolor-icon-theme", "tzdata")
"""What no library tells: whom to trust, where icons are looked for, and what time it is elsewhere."""


_LIBRARY = re.compile(r"(/usr)?/lib(64)?/([^/]+/)?[^/]+")


def dependencies(program: Path) -> list[str]:
    """Give the entries of the package's Depends, in order. Raises CannotBuild when a library has no package.

    Only the C library's version is told: a computer that has it new enough has the others of its release.
    """
    files = [file for file in program.rglob("*") if file.is_file() and not file.is_symlink()]
    told = [header(str(file)) for file in files]
    wanted = {name for each in told for name in needed_in(each)} - {file.name for file in files}
    functions = [version for each in told for version in re.findall(r"GLIBC_(\d+)\.(\d+)", each)]
    newest = max((int(one), int(other)) for one, other in functions)
    libc = f"libc6 (>= {newest[0]}.{newest[1]})"
    return sorted({*(_owners(wanted) - {"libc6"}), libc, *BESIDES})


def _owners(libraries: set[str]) -> set[str]:
    """Name the packages that these libraries are from, on the computer that builds."""
    said = run("dpkg-query", "-S", *(f"*/{name}" for name in sorted(libraries)))
    owners, found = set(), set()
    for line in said.splitlines():
        packages, _, path = line.partition(": ")
        name = Path(path).name
        if name in libraries and _LIBRARY.fullmatch(path):
            owners.add(packages.partition(",")[0].partition(":")[0])
            found.add(name)
    if missing := libraries - found:
        raise CannotBuild(f"No package here has {', '.join(sorted(missing))}.")
    return owners
