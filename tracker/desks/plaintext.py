"""Write clean HTML as plain text that keeps its paragraphs, lists, quotes and link targets."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote"})
_LINES = frozenset({"div", "section", "li", "tr", "dt", "dd"})
_DEEPEST_QUOTE = 6
_DEEPEST_LIST = 6
_SPACES = re.compile(r"[ \t\n]+")


class PlainTextWriter(HTMLParser):
    """Feed it sanitised HTML, then take `text`. Nesting costs nothing, however deep."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[str] = []
        self._line = ""
        self._gap = False
        self._quotes = 0
        self._pre = 0
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []

    def text(self) -> str:
        """Give what was written, without blank lines at either end."""
        self._end_line()
        return "\n".join(self._done).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what the tag begins."""
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._open_block(tag, given)
        elif tag in _LINES:
            self._end_line()
            if tag == "li":
                self._line = self._bullet()
        elif tag in ("br", "hr"):
            self._break(rule=tag == "hr")
        else:
            self._open_inline(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """End what the tag ended."""
        if tag in _BLOCKS:
            self._end_line()
            if tag == "pre":
                self._pre = max(0, self._pre - 1)
            elif tag == "blockquote":
                self._quotes = max(0, self._quotes - 1)
            elif tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            self._gap = not self._lists
        elif tag in _LINES:
            self._end_line()
        elif tag == "a":
            self._close_link()

    def handle_data(self, data: str) -> None:
        """Add words; outside `pre`, white space counts once."""
        if self._pre:
            first, *rest = data.split("\n")
            self._line += first
            for line in rest:
                self._break()
                self._line = line
            return
        words = _SPACES.sub(" ", data)
        self._line += words.lstrip() if not self._line or self._line.endswith(" ") else words

    def _open_block(self, tag: str, given: dict[str, str]) -> None:
        self._end_line()
        self._gap = bool(self._done) and not (tag in ("ul", "ol") and self._lists)
        if tag == "pre":
            self._pre += 1
        elif tag == "blockquote":
            self._open_gap()
            self._quotes += 1
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            start = given.get("start", "")
            self._lists.append(int(start) if start.isdecimal() and len(start) < 6 else 1)

    def _open_inline(self, tag: str, given: dict[str, str]) -> None:
        if tag == "a" and given.get("href"):
            self._links.append((given["href"], len(self._line)))
        elif tag == "img" and given.get("alt", "").strip():
            self._line += f"[{given['alt'].strip()[:100]}]"
        elif tag in ("td", "th") and self._line.strip():
            self._line = self._line.rstrip() + "\t"

    def _close_link(self) -> None:
        if not self._links:
            return
        address, start = self._links.pop()
        words = self._line[start:].strip() if start <= len(self._line) else ""
        bare = address.removeprefix("mailto:")
        if words not in (address, bare):
            self._line = f"{self._line.rstrip()} <{bare}>" if words else f"{self._line}{bare}"

    def _bullet(self) -> str:
        depth = min(len(self._lists), _DEEPEST_LIST)
        indent = "  " * max(0, depth - 1)
        number = self._lists[-1] if self._lists else None
        if number is None:
            return f"{indent}• "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _break(self, *, rule: bool = False) -> None:
        if self._line.strip() or not rule:
            self._write(self._line.rstrip())
        if rule:
            self._write("———")
        self._line = ""

    def _end_line(self) -> None:
        line, self._line = self._line.rstrip(), ""
        if line.strip():
            self._write(line)

    def _write(self, line: str) -> None:
        self._open_gap()
        self._done.append(self._prefix() + line)

    def _open_gap(self) -> None:
        if self._gap and self._done and self._done[-1].strip("> "):
            self._done.append(self._prefix().rstrip())
        self._gap = False

    def _prefix(self) -> str:
        return "> " * min(self._quotes, _DEEPEST_QUOTE)
