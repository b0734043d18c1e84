"""The schemas in docs: in step with the program, and strict enough to refuse."""

import json
from datetime import UTC, datetime

import jsonschema
import msgspec
import pytest

from tests.cli.schemas import answer_in, validator
from tools import schemas
from tracker.core.arrangement_shapes import LedgerReport
from tracker.core.shapes import SCHEMA, DoctorReport, Finding, ListReport


def test_the_schemas_are_in_step_with_the_program() -> None:
    assert schemas.main(["--check"]) == 0, "run: python -m tools.schemas"


@pytest.mark.parametrize("name", [name for name, _shape, _title in schemas.ANSWERS])
def test_every_schema_is_one_and_says_whose_answer_it_describes(name: str) -> None:
    schema = validator(name).schema
    assert isinstance(schema, dict)
    assert "tracker" in schema["title"]


def test_an_answer_of_the_right_shape_passes() -> None:
    report = ListReport(SCHEMA, datetime(2026, 1, 2, tzinfo=UTC), (), LedgerReport(0, 0, 0, 0))
    assert answer_in("list", msgspec.json.encode(report).decode())["schema"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": 1, "as_of": "2026-01-02T03:04:05", "tickets": []},  # whose time?
        {"schema": 1, "as_of": "yesterday", "tickets": []},
        {"schema": "1", "as_of": None, "tickets": []},
        {"schema": 1, "as_of": None},
        {"schema": 1, "as_of": None, "tickets": [{}]},
    ],
)
def test_an_answer_of_another_shape_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        answer_in("list", json.dumps(wrong))


def test_an_answer_is_one_line() -> None:
    report = DoctorReport(SCHEMA, (Finding("disk", "ok", "Plenty.\nReally."),))
    answer_in("doctor", msgspec.json.encode(report).decode())
