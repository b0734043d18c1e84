"""The rules of the house that no linter knows: sizes, names, what is never used, what is never loaded."""

import ast
import functools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from tools import filemap

ROOT = filemap.ROOT
PROGRAM = sorted((ROOT / "tracker").rglob("*.py"))
CODE = sorted(file for folder in ("tracker", "tests", "tools") for file in (ROOT / folder).rglob("*.py"))

FILE_LINES = 300
FUNCTION_LINES = 40
CLASS_LINES = 200
PUBLIC_METHODS = 15
SAYS_NOTHING = {"common", "helper", "helpers", "manager", "misc", "util", "utils"}
NEVER_IMPORTED = {"pickle", "marshal", "shelve", "dbm", "telnetlib", "ftplib", "imp"}
NEVER_CALLED = {"eval", "exec", "compile", "processEvents", "_create_unverified_context"}
NEVER_SAID = {"verify": False, "check_hostname": False, "shell": True}
NOT_IN_TESTS = {"skip", "skipif", "xfail", "importorskip"}
# `application.exec()` starts Qt; nothing else may start a loop of its own.
STARTS_QT = {"tracker/app/main.py"}
# In the command line, Qt costs 100 ms and httpx 40: they are loaded where they are used.
NOT_FOR_HELP = {"PySide6", "httpx", "keyring", "starlette", "uvicorn", "plyer", "tracker.ui", "tracker.desks"}


pytestmark = pytest.mark.xdist_group("architecture")  # in one process: reading all files takes seconds

Node = TypeVar("Node", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@pytest.fixture(autouse=True, scope="module")
def _read_once() -> Iterator[None]:
    """Let go of all that was read: it is large."""
    yield
    tree.cache_clear()
    parts.cache_clear()


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@functools.cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@functools.cache
def parts(file: Path) -> dict[type[ast.AST], list[ast.AST]]:
    """Sort everything in a file by its kind, once for all rules."""
    found: dict[type[ast.AST], list[ast.AST]] = {}
    for node in ast.walk(tree(file)):
        found.setdefault(type(node), []).append(node)
    return found


def nodes(file: Path, kind: type[Node]) -> Iterator[Node]:
    return (node for node in parts(file).get(kind, ()) if isinstance(node, kind))


def functions(file: Path) -> Iterator[Function]:
    yield from nodes(file, ast.FunctionDef)
    yield from nodes(file, ast.AsyncFunctionDef)


def lines_of(node: Function | ast.ClassDef) -> int:
    """Count the lines of a definition, its docstring left out: words are never too many for a linter."""
    assert node.end_lineno
    said = ast.get_docstring(node, clean=False)
    return node.end_lineno - node.lineno + 1 - (said.count("\n") + 1 if said else 0)


def test_no_file_is_longer_than_one_idea() -> None:
    long = {name_of(file): len(file.read_text("utf-8").splitlines()) for file in CODE}
    assert {name: lines for name, lines in long.items() if lines > FILE_LINES} == {}


def test_every_function_fits_on_a_screen() -> None:
    long = [
        f"{name_of(file)}: {node.name} ({lines_of(node)})"
        for file in CODE
        for node in functions(file)
        if lines_of(node) >= FUNCTION_LINES
    ]
    assert long == []


def public_methods(node: ast.ClassDef) -> set[str]:
    names = {part.name for part in node.body if isinstance(part, Function)}
    return {name for name in names if not name.startswith("_")}


def protocols() -> list[set[str]]:
    """Give what each protocol of ours asks for; the protocols themselves are held to the same size."""
    classes = (node for file in PROGRAM for node in nodes(file, ast.ClassDef))
    kept = (node for node in classes if "Protocol" in {ast.unparse(base) for base in node.bases})
    return [methods for node in kept if (methods := public_methods(node))]


def test_every_class_does_one_thing() -> None:
    large, asked = [], protocols()
    for file in PROGRAM:
        for node in nodes(file, ast.ClassDef):
            public = public_methods(node)
            own = [public - methods for methods in asked if methods < public]
            public = min(own, key=len, default=public)
            if lines_of(node) >= CLASS_LINES or len(public) >= PUBLIC_METHODS:
                large.append(f"{name_of(file)}: {node.name} ({lines_of(node)} lines, {len(public)} methods)")
    assert large == []


def test_every_module_says_in_its_first_line_what_it_gives() -> None:
    assert [name_of(file) for file in CODE if not filemap.summary(file)] == []


def test_every_name_says_something() -> None:
    files = [name_of(file) for file in CODE if SAYS_NOTHING & set(re.split(r"[/_.]", name_of(file)))]
    classes = [
        f"{name_of(file)}: {node.name}"
        for file in CODE
        for node in nodes(file, ast.ClassDef)
        if node.name.lower().endswith(tuple(SAYS_NOTHING))
    ]
    assert files + classes == []


def test_nothing_dangerous_is_imported() -> None:
    found = []
    for file in CODE:
        names = [alias.name for node in nodes(file, ast.Import) for alias in node.names]
        names += [node.module or "" for node in nodes(file, ast.ImportFrom)]
        found += [f"{name_of(file)}: {name}" for name in names if name.split(".")[0] in NEVER_IMPORTED]
    assert found == []


def test_nothing_dangerous_is_called() -> None:
    found = []
    for file in PROGRAM:
        for node in nodes(file, ast.Call):
            called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            on_re = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re"
            if called in NEVER_CALLED and not on_re and not (called == "exec" and name_of(file) in STARTS_QT):
                found.append(f"{name_of(file)}:{node.lineno}: {called}()")
            found += [f"{name_of(file)}:{node.lineno}: {said}" for said in _said(node)]
    assert found == []


def _said(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg in NEVER_SAID and value is NEVER_SAID[keyword.arg]:
            yield f"{keyword.arg}={value}"


def test_no_test_looks_away() -> None:
    found = []
    for file in (ROOT / "tests").rglob("test_*.py"):
        for node in nodes(file, ast.Attribute):
            waits = node.attr == "sleep" and getattr(node.value, "id", "") == "time"
            if waits or (node.attr in NOT_IN_TESTS and "pytest" in ast.unparse(node.value)):
                found.append(f"{name_of(file)}:{node.lineno}: {ast.unparse(node)}")
    assert found == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|raise NotImplemented" + r"Error)\b")
    assert [name_of(file) for file in CODE if later.search(file.read_text("utf-8"))] == []


def test_the_file_map_is_in_step() -> None:
    assert filemap.main(["--check"]) == 0, "run: make filemap"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["list", "--help"]])
def test_asking_for_help_loads_neither_qt_nor_the_network(arguments: list[str], home: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "tracker", *arguments]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    lines = done.stderr.splitlines()
    assert done.returncode == 0, lines[-1]
    loaded = {line.rpartition("|")[2].strip() for line in lines}
    assert "tracker" in loaded
    assert {
        name for name in NOT_FOR_HELP if any((one + ".").startswith(name + ".") for one in loaded)
    } == set()
