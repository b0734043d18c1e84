"""Holds answers to the schemas in docs/schemas, times included."""

import json
from datetime import datetime
from functools import cache
from typing import Any

import jsonschema

from tools.schemas import FOLDER

Json = dict[str, Any]

_times = jsonschema.FormatChecker(formats=())


def _is_moment(value: object) -> bool:
    """Tell whether this is an ISO 8601 time with an offset; the library leaves it to others."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


_times.checks("date-time", raises=ValueError)(_is_moment)


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """Give what judges an answer by the schema of that name."""
    schema = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=_times)


def answer_in(name: str, text: str) -> Json:
    """Read one line of JSON and hold it to its schema; AssertionError or ValidationError otherwise."""
    lines = text.splitlines()
    assert len(lines) == 1, text
    answer: Json = json.loads(lines[0])
    validator(name).validate(answer)
    return answer
