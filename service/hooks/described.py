"""What does the service tell about its presets, and what does HubSpot need to know of a metric?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote

from service.hooks.computed import answered
from service.hooks.mapping import plan_of_query
from service.hooks.preset import FORM_TYPES, Preset
from service.hooks.presets import PRESETS
from service.hooks.reply import FLAT, HUBSPOT, written
from service.hooks.soap import message as soap_message
from service.message import Refused
from service.metric import Metric
from service.shape.number import Number
from service.text import Language, translate
from service.wire import loads
from service.written import fits_a_query


def listed(language: Language) -> dict[str, Any]:
    """Return every preset by its name and what it is for."""
    found = [
        {
            "name": one.name,
            "title": translate(one.title, language),
            "about": translate(one.about, language),
            "reads_answer": one.reads_answer,
        }
        for one in PRESETS.values()
    ]
    return {"presets": found, "count": len(found)}


def described(preset: Preset, language: Language) -> dict[str, Any]:
    """Return how messages of *preset* are read, proved and answered, with a sample."""
    return {
        "name": preset.name,
        "title": translate(preset.title, language),
        "about": translate(preset.about, language),
        "reads_answer": preset.reads_answer,
        "types": list(preset.types),
        "mapping": {
            "records": preset.records,
            "fields": list(preset.fields),
            "metric": preset.metric,
            "id": preset.id,
            "needs": preset.needs,
        },
        "verification": {"signatures": list(preset.schemes), "key": True},
        "reply": {"shape": preset.reply, "members": _members(preset, language)},
        "sample": {
            "url": sample_url(preset),
            "content_type": preset.sample.content_type,
            "body": preset.sample.body.decode(),
            "answer": sample_answer(preset),
        },
        "set_up": [translate(one, language) for one in preset.set_up],
    }


def sample_url(preset: Preset) -> str:
    """Return the path and query at which the sample of *preset* is posted."""
    sample = preset.sample
    path = f"/v1/hooks/{preset.name}" + (f"/{sample.metric}" if sample.metric else "")
    query = quote(sample.query, safe="=&[](),")
    return f"{path}?{query}" if query else path


@cache
def sample_answer(preset: Preset) -> str:
    """Return the body that answers the sample of *preset*, as it was computed."""
    sample = preset.sample
    plan = plan_of_query(parse_qsl(sample.query, keep_blank_values=True))
    answers = answered(preset, sample_message(preset), sample.metric or None, plan, "en")
    return written(preset, answers)[0]


def sample_message(preset: Preset) -> Any:
    """Return the sample of *preset* as JSON would hold it."""
    sample = preset.sample
    if sample.content_type in FORM_TYPES:
        return dict(parse_qsl(sample.body.decode()))
    if sample.content_type == "text/xml":
        return soap_message(sample.body)
    return loads(sample.body)


def custom_action(metric: Metric, public_url: str) -> dict[str, Any]:
    """Return the ``*-hsmeta.json`` of a HubSpot workflow action that computes *metric*.

    Its format is HubSpot's: developers.hubspot.com/docs/apps/developer-platform/add-features/
    custom-workflow-actions.

    Raises:
        Refused: An input of *metric* fits no field of a form.
    """
    if not fits_a_query(metric):
        raise Refused(
            "/metric",
            "wrong_type",
            "{metric} takes records, which no form holds: POST them to /v1/metrics/{metric}",
            metric=metric.id,
        )
    return {
        "uid": f"kpi_{metric.id}",
        "type": "workflow-action",
        "config": {
            "actionUrl": f"{public_url}/v1/hooks/hubspot-action/{metric.id}",
            "isPublished": False,
            "supportedClients": [{"client": "WORKFLOWS"}],
            "inputFields": [
                {
                    "typeDefinition": _field(one.name, number=isinstance(one.shape, Number)),
                    "supportedValueTypes": ["STATIC_VALUE", "OBJECT_PROPERTY"],
                    "isRequired": one.required,
                }
                for one in metric.inputs
            ],
            "outputFields": [
                {
                    "typeDefinition": _field(name, number=name == "kpi_value"),
                    "supportedValueTypes": ["STATIC_VALUE"],
                }
                for name in HUBSPOT
                if name.startswith("kpi_")
            ],
            "labels": {"en": _labels(metric)},
        },
    }


def _members(preset: Preset, language: Language) -> list[dict[str, str]]:
    """Return the members of an answer, or of each of its results."""
    if preset.reply == "soap":
        return []
    known = HUBSPOT if preset.reply == "hubspot" else FLAT
    return [
        {"name": name, "type": kind, "meaning": translate(told, language)}
        for name, (kind, told) in known.items()
    ]


def _field(name: str, *, number: bool) -> dict[str, str]:
    if number:
        return {"name": name, "type": "number", "fieldType": "number"}
    return {"name": name, "type": "string", "fieldType": "text"}


def _labels(metric: Metric) -> Mapping[str, Any]:
    outputs = {name: told for name, (_, told) in HUBSPOT.items() if name.startswith("kpi_")}
    return {
        "actionName": metric.name,
        "actionDescription": metric.meaning,
        "actionCardContent": metric.name,
        "inputFieldLabels": {one.name: one.label for one in metric.inputs},
        "inputFieldDescriptions": {one.name: f"In {one.unit}." for one in metric.inputs},
        "outputFieldLabels": outputs,
    }
