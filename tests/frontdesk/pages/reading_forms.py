"""The forms of a page as a browser without script would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    """Where a form goes, and what stands in its fields."""

    action: str
    values: dict[str, str] = field(default_factory=dict)


class FormReader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._text: str | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(given["action"] if given.get("method") == "post" else ""))
        elif tag == "input" and self.forms:
            if given.get("type") != "radio" or "checked" in given:
                self.forms[-1].values[given["name"]] = given.get("value", "")
        elif tag == "textarea" and self.forms:
            self._text = given.get("name", "")
            self.forms[-1].values[self._text] = ""
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select:
            values = self.forms[-1].values
            if "selected" in given or self._select not in values:
                values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.forms[-1].values[self._text] += data.removeprefix("\n")


def forms_of(page: str) -> list[PageForm]:
    """List the forms of a page that post something."""
    return [form for form in FormReader(page).forms if form.action]
