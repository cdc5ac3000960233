"""The hooks of every preset, what is known of the presets, and the door for records."""

from __future__ import annotations

from typing import Any

from service.hooks.computed import COMPUTE_FIELDS, asked_of, computed
from service.hooks.described import described, sample_answer, sample_message, sample_url
from service.hooks.mapping import KINDS
from service.hooks.preset import XML_TYPES, Preset
from service.hooks.presets import PRESETS
from service.hooks.reply import FLAT, HUBSPOT, TELLING_FIRST
from service.openapi.components import TEXT, Schema, listing, record, ref
from service.wire import loads

JSON = "application/json"
COMPUTE_SAMPLE = "generic"
"""The preset whose sample is a body of ``POST /v1/compute``."""

_ANSWERS = {
    "flat": "hook_answer",
    "list": "hook_answers",
    "hubspot": "hubspot_answer",
}
_LANGUAGE = {"$ref": "#/components/parameters/lang"}
_DETAIL = {"$ref": "#/components/parameters/detail"}
_METRIC_IN_PATH = {
    "name": "metric",
    "in": "path",
    "required": True,
    "description": "The metric's id, or one of its names.",
    "schema": TEXT,
}
_METRIC_IN_QUERY = {
    "name": "metric",
    "in": "query",
    "description": "The metric, where the message does not name it.",
    "schema": TEXT,
}
_ON_ERROR = {
    "name": "on_error",
    "in": "query",
    "description": "The status of an answer with an error: 200, so that no sender gives the hook"
    " up, or 422.",
    "schema": {"type": "string", "enum": ["200", "422"]},
}
_IN_THE_URL = (
    " In the URL, map[input]=field takes a field, sum[input]=field and likewise count, average and"
    " distinct take several records together, filter[field]=value leaves records out, and"
    " input=value is a constant. A field is a path such as amount or items[].price, or"
    " days(from,to)."
)


def paths() -> dict[str, Any]:
    """Return the paths by their names."""
    return {
        "/v1/compute": {"post": _compute()},
        **{
            path: {"post": _hook(preset, path, parameter)}
            for preset in PRESETS.values()
            for path, parameter in (
                (f"/v1/hooks/{preset.name}", _METRIC_IN_QUERY),
                (f"/v1/hooks/{preset.name}/{{metric}}", _METRIC_IN_PATH),
            )
        },
        "/v1/presets": {"get": _get("list_presets", "The senders of hooks", "preset_list")},
        "/v1/presets/{preset}": {"get": _described()},
        "/v1/hubspot/custom-action.json": {"get": _custom_action()},
    }


def schemas() -> dict[str, Schema]:
    """Return the shapes of the paths, made from what the hooks themselves declare."""
    texts = listing(TEXT)
    flag = {"type": "boolean"}
    about = {"name": TEXT, "title": TEXT, "about": TEXT, "reads_answer": flag}
    mapping = {"records": TEXT, "fields": texts, "metric": TEXT, "id": TEXT, "needs": TEXT}
    sample = {"url": TEXT, "content_type": TEXT, "body": TEXT, "answer": TEXT}
    return {
        "hook_message": {"type": "object", "description": "A message as its sender writes it."},
        "hook_answer": _members(FLAT),
        "hook_answers": record({"status": _status(), "results": listing(ref("hook_answer"))}),
        "hubspot_outputs": _members(HUBSPOT),
        "hubspot_answer": record({"outputFields": ref("hubspot_outputs")}),
        "compute_request": _compute_request(),
        "compute_answer": {
            "allOf": [
                ref("answer"),
                {"type": "object", "properties": {"records": ref("records_account")}},
            ]
        },
        "records_account": record(
            {
                "received": {"type": "integer"},
                "inputs": {
                    "type": "object",
                    "additionalProperties": ref("figure_account"),
                },
            },
            "Which records counted for what.",
        ),
        "figure_account": record(
            {
                "figure": {"type": "string", "enum": ["value", *KINDS]},
                "source": {"type": ["string", "null"]},
                "counted": {"type": "integer"},
                "indices": listing({"type": "integer"}),
                "filtered": {"type": "integer"},
                "empty": {"type": "integer"},
                "empty_indices": listing({"type": "integer"}),
            }
        ),
        "preset_entry": record(about),
        "preset_list": record(
            {"presets": listing(ref("preset_entry")), "count": {"type": "integer"}}
        ),
        "preset_member": record({"name": TEXT, "type": TEXT, "meaning": TEXT}),
        "preset": record(
            {
                **about,
                "types": texts,
                "mapping": record(mapping),
                "verification": record({"signatures": texts, "key": flag}),
                "reply": record({"shape": TEXT, "members": listing(ref("preset_member"))}),
                "sample": record(sample),
                "set_up": texts,
            }
        ),
    }


def _members(known: Any) -> Schema:
    made = {
        name: {"type": "string" if kind == "string" else [kind, "null"], "description": told}
        for name, (kind, told) in known.items()
    }
    return record(made | ({"status": _status()} if "status" in known else {}))


def _status() -> Schema:
    return {"type": "string", "enum": list(TELLING_FIRST)}


def _compute_request() -> Schema:
    told = {
        "metric": {"type": "string", "description": "The metric's id, or one of its names."},
        "inputs": {"type": "object", "description": "The inputs by name; numbers may be texts."},
        "records": {
            **listing({"type": "object"}),
            "description": "Deals, orders or contacts, from which map takes the other inputs.",
        },
        "map": {
            "type": "object",
            "description": 'For each input {"sum": path}, {"average": path}, {"distinct": path},'
            ' {"count": path} or {"count": true}, with a filter of its own if need be; or a path'
            " alone, for the value as it stands.",
        },
        "filter": {
            "type": "object",
            "description": "For each path the value, or the list of values, that a record must"
            " have there to count at all.",
        },
    }
    return {
        "type": "object",
        "properties": {name: told[name] for name in COMPUTE_FIELDS},
        "required": ["metric"],
        "additionalProperties": False,
    }


def _compute() -> Schema:
    request = sample_message(PRESETS[COMPUTE_SAMPLE])
    return {
        "operationId": "compute_records",
        "summary": "One metric, from its inputs or from records",
        "description": "The answer of the metric's own path; over records, with an account of"
        " which of them counted for each input.",
        "tags": ["hooks"],
        "parameters": [_LANGUAGE, _DETAIL],
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": ref("compute_request"), "example": request}},
        },
        "responses": _responses(
            {"anyOf": [ref("compute_answer"), ref("value_answer")]},
            computed(asked_of(request), "en", "full"),
        ),
    }


def _hook(preset: Preset, path: str, parameter: Schema) -> Schema:
    made: dict[str, Any] = {
        "operationId": f"hook_{preset.name}".replace("-", "_")
        + ("_metric" if parameter is _METRIC_IN_PATH else ""),
        "summary": preset.title,
        "description": f"{preset.about} Read are {', '.join(preset.types)}.{_IN_THE_URL}",
        "tags": ["hooks"],
        "parameters": [parameter, _ON_ERROR, _LANGUAGE],
        "x-sample-url": sample_url(preset),
    }
    is_sample = path.replace("{metric}", preset.sample.metric) == sample_url(preset).split("?")[0]
    if preset.types == XML_TYPES:
        answered: Schema = {"description": "A SOAP acknowledgement."}
        made["responses"] = {"200": answered, "default": _problem()}
        return made
    content: Schema = {"schema": _message(preset)}
    if is_sample and preset.sample.content_type == JSON:
        content["example"] = sample_message(preset)
    made["requestBody"] = {"required": True, "content": {JSON: content}}
    example = loads(sample_answer(preset)) if is_sample else None
    made["responses"] = _responses(ref(_ANSWERS[preset.reply]), example)
    return made


def _message(preset: Preset) -> Schema:
    return listing(ref("hook_message")) if preset.records else ref("hook_message")


def _described() -> Schema:
    made = _get("show_preset", "How one sender is read, answered and set up", "preset")
    name = {
        "name": "preset",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": list(PRESETS)},
    }
    made["parameters"].insert(0, name)
    made["responses"]["200"]["content"][JSON]["example"] = described(PRESETS["pipedrive"], "en")
    return made


def _custom_action() -> Schema:
    made = _get("hubspot_custom_action", "The definition of a HubSpot workflow action", "")
    made["parameters"] = [_METRIC_IN_QUERY | {"required": True}]
    return made


def _get(operation: str, summary: str, schema: str) -> Schema:
    return {
        "operationId": operation,
        "summary": summary,
        "tags": ["hooks"],
        "parameters": [_LANGUAGE],
        "responses": _responses(ref(schema) if schema else {"type": "object"}),
    }


def _responses(schema: Schema, example: Any = None) -> Schema:
    content = {"schema": schema} | ({} if example is None else {"example": example})
    answered = {"description": "The answer.", "content": {JSON: content}}
    return {"200": answered, "default": _problem()}


def _problem() -> Schema:
    return {"$ref": "#/components/responses/problem"}
