"""The file map in docs/architecture.md, from module docstrings: `python -m tools.filemap [--check]`."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
BEGIN = "<!-- file map: written by `make filemap`, not by hand -->\n"
END = "<!-- end of file map -->\n"
# Of these every file is listed; of the tests only the folders, since they mirror the program.
IN_FULL = ("tracker", "tools")
FOLDERS_ONLY = ("tests",)


def file_map(root: Path) -> str:
    """Give the map as text: each package and module below `root` with the first line of its docstring."""
    lines = []
    for name in IN_FULL:
        lines += _listed(root / name, depth=0, with_files=True)
    for name in FOLDERS_ONLY:
        lines += _listed(root / name, depth=0, with_files=False)
    return "```\n" + "\n".join(lines) + "\n```\n"


def summary(file: Path) -> str:
    """Give the first line of a module's docstring, or nothing if it has none."""
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def page_with_map(page: str, text: str) -> str:
    """Give the page with what stands between its two marks replaced by `text`."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + text + END + after


def main(arguments: list[str]) -> int:
    """Write the map, or with --check only tell (by the exit status) whether it is in step."""
    page = PAGE.read_text(encoding="utf-8")
    wanted = page_with_map(page, file_map(ROOT))
    if page == wanted:
        return 0
    if "--check" in arguments:
        print("The file map in docs/architecture.md is out of step. Run: make filemap", file=sys.stderr)
        return 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


def _listed(folder: Path, *, depth: int, with_files: bool) -> list[str]:
    package = folder / "__init__.py"
    if not package.exists():
        return []
    lines = [_line(f"{folder.name}/", summary(package), depth)]
    if with_files:
        modules = sorted(file for file in folder.glob("*.py") if file != package)
        lines += [_line(file.name, summary(file), depth + 1) for file in modules]
    for inner in sorted(entry for entry in folder.iterdir() if entry.is_dir()):
        lines += _listed(inner, depth=depth + 1, with_files=with_files)
    return lines


def _line(name: str, text: str, depth: int) -> str:
    return f"{'  ' * depth + name:<32} {text}".rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
