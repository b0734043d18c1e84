"""Desk text made safe: HTML or plain text in, plain text and harmless links out."""

import re
from collections import Counter
from dataclasses import dataclass

TEXT_LIMIT = 100_000
"""Characters kept of one message; longer ones are cut, and say so."""

LINE_LIMIT = 250
NAME_LIMIT = 120
_RAW_LIMIT = 1_000_000
_CUT_NOTE = "\n\n[The rest of this message is too long to show here.]"

LINK_SCHEMES = frozenset({"http", "https", "mailto"})

_KEPT_TAGS = {
    *(
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ),
    *(
        "hr",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "span",
        "strong",
        "table",
        "td",
        "th",
        "tr",
        "u",
        "ul",
    ),
}
_DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "title",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
}
# A link must not read as another address than the one it opens, so what reorders text goes
# (Unicode UAX #9, explicit formatting characters), and with it what nobody can see: control characters,
# soft hyphens, zero-width spaces, lone surrogates, private use and tag characters. Joiners and the marks
# that right-to-left scripts and emoji need stay.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"'“”„]+", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_WHOLE_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
# Elements that hold nothing, or that the next of their kind ends by itself, do not nest.
_FLAT = frozenset(
    {"br", "hr", "img", "meta", "link", "input", "col", "p", "li", "dt", "dd", "tr", "td", "th", "option"}
)
_DEEPEST = 100
_MOST_TAGS = 20_000  # most have an end tag too, so twice as many angle brackets
_RESERVED_NAME = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_NAME_SEPARATORS = re.compile(r"[/\\]")
_NAME_FORBIDDEN = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True, slots=True)
class SafeText:
    """Text fit to show as it is, and the addresses in it that may be opened."""

    text: str
    links: tuple[str, ...] = ()


def safe_html(raw: str, limit: int = TEXT_LIMIT) -> SafeText:
    """Turn desk HTML into plain text: paragraphs, lists, quotes and link targets stay readable.

    Scripts, styles, forms and pictures go; a picture leaves its description. The address of a link stands
    behind its words, so that nobody opens something unseen.
    """
    shown = _without_hidden(raw[:_RAW_LIMIT])
    if _is_tangled(shown):
        return safe_text(_without_tags(shown), limit)
    # 2 MB that a desk of plain texts never needs.
    import nh3

    from tracker.desks.plaintext import PlainTextWriter

    cleaned = nh3.clean(
        shown,
        tags=_KEPT_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes={"a": {"href"}, "img": {"alt"}, "ol": {"start"}},
        url_schemes=set(LINK_SCHEMES),
        link_rel=None,
    )
    writer = PlainTextWriter()
    writer.feed(cleaned)
    writer.close()
    return safe_text(writer.text(), limit)


def safe_text(raw: str, limit: int = TEXT_LIMIT) -> SafeText:
    """Clean plain text: no control or reordering characters, no endless blank lines, at most `limit`."""
    lines = (line.rstrip() for line in _without_hidden(raw[:_RAW_LIMIT]).split("\n"))
    text = re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip("\n")
    if len(text) > limit or len(raw) > _RAW_LIMIT:
        text = text[:limit].rstrip() + _CUT_NOTE
    return SafeText(text, _links(text))


def safe_line(raw: str, limit: int = LINE_LIMIT) -> str:
    """Clean one line, such as a subject or a person's name; a longer one ends in an ellipsis."""
    words = " ".join(_without_hidden(raw[: limit * 8]).split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def safe_file_name(raw: str) -> str:
    """Give the last part of a file name from elsewhere, fit for every system's folders; never empty.

    No path, no drive, no leading dot, none of Windows' reserved names; the ending survives shortening.
    """
    last = _NAME_SEPARATORS.split(_without_hidden(raw[:4096]))[-1]
    name = " ".join(_NAME_FORBIDDEN.sub("_", last).split()).strip(". ")
    if not name:
        return "file"
    if _RESERVED_NAME.match(name):
        name = f"_{name}"
    if len(name) > NAME_LIMIT:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: NAME_LIMIT - 12]}.{ending}" if dot and len(ending) <= 10 else name[:NAME_LIMIT]
    return name


def _is_tangled(raw: str) -> bool:
    """Tell HTML that takes a spec-true parser minutes: its time grows with the square of the depth."""
    if raw.count("&") > _MOST_TAGS or raw.count("<") > 2 * _MOST_TAGS:
        return True
    open_tags: Counter[str] = Counter()
    depth = 0
    for match in _TAG.finditer(raw):
        closes, name = bool(match[1]), match[2].lower()
        if name in _FLAT:
            continue
        if not closes:
            open_tags[name] += 1
            depth += 1
        elif open_tags[name]:
            open_tags[name] -= 1
            depth -= 1
        if depth > _DEEPEST:
            return True
    return False


def _without_tags(raw: str) -> str:
    """Strip tags the crude way, in one pass; what scripts and styles hold goes too."""
    text: list[str] = []
    position = 0
    hidden_until = ""
    for match in _WHOLE_TAG.finditer(raw):
        name = match[1].lower()
        closes = match.group().startswith("</")
        if not hidden_until:
            text.append(raw[position : match.start()])
            text.append("" if name in ("a", "b", "i", "u", "em", "span", "strong", "code", "img") else "\n")
        position = match.end()
        if not closes and not hidden_until and name in _DROPPED_WITH_CONTENT:
            hidden_until = name
        elif closes and name == hidden_until:
            hidden_until = ""
    if not hidden_until:
        text.append(raw[position:])
    from html import unescape

    return unescape("".join(text))


def _without_hidden(raw: str) -> str:
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _HIDDEN.sub("", text)


def _links(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for match in _LINK.finditer(text):
        address = match.group().rstrip(".,;:!?)]}…")
        if address.partition(":")[0].lower() in LINK_SCHEMES and len(address) < 2000:
            found[address] = None
        if len(found) == 100:
            break
    return tuple(found)
