"""The API's own description (OpenAPI 3.1), made from the table of calls and the types of their bodies."""

import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import TypeAlias

import msgspec
from msgspec import Struct

import tracker
from tracker.frontdesk.answers import Refusal
from tracker.frontdesk.refusals import STATUS, Code
from tracker.frontdesk.web.route import JSON, NoQuery, Route, Spec

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
Object: TypeAlias = Mapping[str, Json]

PREFIX = "/api/v1"
SCHEMAS = "#/components/schemas/{name}"
ANY_CALL: tuple[Code, ...] = ("invalid", "desk_broken", "stopping")
SIGNED_IN: tuple[Code, ...] = ("sign_in_needed",)
IN_PATH = re.compile(r"{(\w+)}")


def describe(routes: Iterable[Route], *, name: str) -> bytes:
    """Write the description as JSON."""
    specs = [route.spec for route in routes]
    paths: dict[str, dict[str, Json]] = {}
    for spec in specs:
        paths.setdefault(PREFIX + spec.path, {})[spec.method.lower()] = _operation(spec)
    document: Object = {
        "openapi": "3.1.0",
        "info": {"title": name, "version": tracker.__version__},
        "paths": paths,
        "components": {
            "schemas": _schemas(specs),
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
    }
    return msgspec.json.encode(document)


def _schemas(specs: Iterable[Spec]) -> Mapping[str, Json]:
    types: set[type[Struct]] = {Refusal}
    types.update(spec.answer for spec in specs if spec.answer is not None)
    types.update(spec.body for spec in specs if spec.body is not None)
    _, components = msgspec.json.schema_components(sorted(types, key=repr), ref_template=SCHEMAS)
    return components


def _reference(kind: type[Struct]) -> Object:
    return {"$ref": SCHEMAS.format(name=kind.__name__)}


def _operation(spec: Spec) -> Object:
    operation: dict[str, Json] = {
        "summary": spec.summary,
        "operationId": _operation_id(spec),
        "tags": ["agents" if spec.access == "agent" else "everybody"],
        "parameters": _parameters(spec),
        "responses": _responses(spec),
        "security": [] if spec.access == "anybody" else [{"session": []}],
    }
    if spec.body is not None:
        content = {JSON: {"schema": _reference(spec.body)}}
        operation["requestBody"] = {"required": True, "content": content}
    elif spec.takes != JSON:
        operation["requestBody"] = {"required": True, "content": {spec.takes: {"schema": {}}}}
    return operation


def _operation_id(spec: Spec) -> str:
    words = re.findall(r"\w+", spec.path.replace("-", "_"))
    return "_".join([spec.method.lower(), *words])


def _parameters(spec: Spec) -> list[Json]:
    found: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in IN_PATH.findall(spec.path)
    ]
    if spec.query is not NoQuery:
        found.extend(_query_parameters(spec.query))
    if spec.key != "none":
        schema: Object = {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,128}$"}
        required = spec.key == "required"
        found.append({"name": "Idempotency-Key", "in": "header", "required": required, "schema": schema})
    found.extend(
        {"name": name, "in": "header", "required": False, "schema": {"type": "string"}}
        for name in spec.headers
    )
    return found


def _query_parameters(query: type[Struct]) -> list[Json]:
    (_,), components = msgspec.json.schema_components([query])
    described = components[query.__name__]
    required = described.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": schema}
        for name, schema in described["properties"].items()
    ]


def _responses(spec: Spec) -> Object:
    done: dict[str, Json] = {"description": "Done"}
    if spec.gives != JSON:
        done["content"] = {spec.gives: {"schema": {}}}
    elif spec.answer is not None:
        done["content"] = {JSON: {"schema": _reference(spec.answer)}}
    responses: dict[str, Json] = {str(spec.status): done}
    for status in spec.also:
        responses[str(status)] = {"description": HTTPStatus(status).phrase}
    codes = ANY_CALL + (SIGNED_IN if spec.access != "anybody" else ()) + spec.refusals
    codes += ("not_allowed",) if spec.access == "agent" else ()
    codes += ("too_large", "wrong_type") if spec.body is not None else ()
    for code in codes:
        responses[str(STATUS[code].value)] = {
            "description": "Refused",
            "content": {JSON: {"schema": _reference(Refusal)}},
        }
    return responses
