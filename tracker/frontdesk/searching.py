"""Finding answers by words: every word must begin one in the article; a title counts most."""

import re
from collections.abc import Sequence

from tracker.frontdesk.settings import Article

WORD = re.compile(r"\w+")
TITLE, SUMMARY, BODY = 9, 3, 1


def search(articles: Sequence[Article], words: str, *, limit: int) -> tuple[Article, ...]:
    """Give the articles that fit, best first; without words all of them, as they stand in the settings."""
    wanted = WORD.findall(words.casefold())
    if words.strip() and not wanted:
        return ()
    scored = ((sum(_score(article, word) for word in wanted), article) for article in articles)
    fitting = [(score, article) for score, article in scored if all(_score(article, word) for word in wanted)]
    fitting.sort(key=lambda pair: -pair[0])
    return tuple(article for _, article in fitting[:limit])


def _score(article: Article, word: str) -> int:
    places = ((article.title, TITLE), (article.summary, SUMMARY), (article.body, BODY))
    return sum(weight for text, weight in places if _begins_one(text, word))


def _begins_one(text: str, word: str) -> bool:
    return any(found.startswith(word) for found in WORD.findall(text.casefold()))
