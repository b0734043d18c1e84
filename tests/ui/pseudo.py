"""A made-up language 40 % longer than English: what is not translatable, or does not fit, shows at once."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

_ACCENTS = str.maketrans("aeiouAEIOUcn", "àéîöûÀÉÎÖÛçñ")
_LONGER = 0.4


def stretched(text: str) -> str:
    """Return `text` with accents, in brackets, 40 % longer; mark-up, {fields}, %n and mnemonics stay."""
    words = []
    for word in text.split(" "):
        plain = "{" in word or "%" in word or "<" in word
        words.append(word if plain else word.translate(_ACCENTS))
    pad = max(math.ceil(len(text) * _LONGER) - 2, 1)
    filling = ("·lorem" * pad)[:pad]
    return f"[{' '.join(words)}{filling}]" if " " not in text else f"[{' '.join(words)} {_spaced(filling)}]"


def _spaced(filling: str) -> str:
    """Break the filling as words are, so that what may wrap does."""
    return " ".join(filling[at : at + 6] for at in range(0, len(filling), 6))


class Pseudo(QTranslator):
    """Translates every string it is asked for, and remembers them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.asked: set[str] = set()

    def isEmpty(self) -> bool:
        """Say that there are translations."""
        return False

    def translate(
        self, context: str, source: str | None, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Return the longer text, with the number where a plural asks for one."""
        if not source:
            return ""
        self.asked.add(source)
        longer = stretched(source)
        return longer.replace("%n", str(n)) if n >= 0 else longer


@contextmanager
def pseudo_language() -> Iterator[Pseudo]:
    """Run what is inside in the longer language: make the widgets in here."""
    translator = Pseudo()
    QCoreApplication.installTranslator(translator)
    try:
        yield translator
    finally:
        QCoreApplication.removeTranslator(translator)
