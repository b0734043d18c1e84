"""The documentation keeps its word: links lead somewhere, commands exist, nothing tells of one machine."""

import re
import subprocess
from pathlib import Path

from tools.filemap import ROOT

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADINGS = ("## Context", "## Decision", "## Consequences", "## Alternatives")
# Put together here, so that this file does not accuse itself.
NOT_OURS = [
    "/" + "work/",
    "/" + "root/",
    "/" + "home/" + r"\w",
    "py" + r"pi\.org",
    "python" + r"hosted\.org",
    "deb" + r"\.debian\.org",
    "npm" + r"js\.(org|com)",
    "extra-" + "index",
    "(?<!no-emit-)find-" + "links",
]


def tracked_texts() -> list[tuple[str, str]]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    texts = []
    for name in listing.decode().split("\0"):
        file = ROOT / name
        if name and file.is_file():
            texts.append((name, file.read_bytes().decode("utf-8", errors="ignore")))
    return texts


def anchors(page: Path) -> set[str]:
    """Give the anchors of a page's headings, as the code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_the_readme_shows_both_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.search(r"^ *make demo$", readme, re.MULTILINE)
    assert re.search(r"^ *make test$", readme, re.MULTILINE)


def test_what_must_pass_is_the_readmes_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if "make" in line and not line.startswith("#")] == ["exec make test"]


def test_every_make_target_named_in_the_docs_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {
        target
        for page in (*PAGES, *DOCS)
        for target in re.findall(
            r"`make (?:-s )?([a-z]+)|^ {4}make (?:-s )?([a-z]+)", page.read_text("utf-8"), re.M
        )
        for target in target
        if target
    }
    assert named
    assert named <= targets


def test_every_link_leads_somewhere() -> None:
    broken = []
    for page in (*PAGES, *DOCS):
        for link in LINK.findall(page.read_text("utf-8")):
            path, _, anchor = link.partition("#")
            if ":" in path:
                continue
            target = (page.parent / path) if path else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                broken.append(f"{page.relative_to(ROOT)}: {link}")
    assert broken == []


def test_nothing_tells_of_one_machine_or_registry() -> None:
    pattern = re.compile("|".join(NOT_OURS))
    found = [f"{name}: {match.group()}" for name, text in tracked_texts() for match in pattern.finditer(text)]
    assert found == []


def test_every_decision_says_why_and_what_else_there_was() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert len(decisions) >= 5
    lacking = {
        page.name: [part for part in HEADINGS if part not in page.read_text("utf-8")] for page in decisions
    }
    assert {name: parts for name, parts in lacking.items() if parts} == {}
