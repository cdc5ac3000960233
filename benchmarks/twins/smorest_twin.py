"""The twin on flask-smorest and marshmallow: run by gunicorn with gevent."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields, validate

from benchmarks.twins import roi

app = Flask(__name__)
app.config.update(API_TITLE="twin", API_VERSION="1", OPENAPI_VERSION="3.1.0")
blueprint = Blueprint("roi", __name__)


class Inputs(Schema):
    """The inputs of the marketing ROI."""

    revenue = fields.Float(required=True)
    marketing_cost = fields.Float(required=True, validate=validate.Range(min=0))
    currency = fields.String(validate=validate.Regexp("^[A-Z]{3}$"), load_default=None)
    label = fields.String(validate=validate.Length(max=200), load_default=None)


class Item(Schema):
    """One computation of a batch."""

    id = fields.String(load_default=None)
    metric = fields.String(required=True, validate=validate.OneOf(["marketing_roi"]))
    inputs = fields.Nested(Inputs, required=True)


class Items(Schema):
    """A batch."""

    items = fields.List(fields.Nested(Item), required=True, validate=validate.Length(max=10_000))
    detail = fields.String(validate=validate.OneOf(["full", "value"]), load_default="full")


@app.get("/livez")
def livez() -> dict[str, str]:
    """Answer as long as the process lives."""
    return {"status": "alive"}


@blueprint.route("/v1/metrics/marketing_roi", methods=["POST"])
@blueprint.arguments(Inputs)
@blueprint.response(200)
def compute(inputs: dict[str, Any]) -> dict[str, Any]:
    """Compute one ROI."""
    return roi.answer(inputs["revenue"], inputs["marketing_cost"], inputs["currency"])


@blueprint.route("/v1/batch", methods=["POST"])
@blueprint.arguments(Items)
@blueprint.response(200)
def batch(body: dict[str, Any]) -> dict[str, Any]:
    """Compute many."""
    if body["detail"] == "value":
        results = [
            roi.short(i, one["inputs"]["revenue"], one["inputs"]["marketing_cost"])
            for i, one in enumerate(body["items"])
        ]
    else:
        results = [
            {"index": i, "id": one["id"]}
            | roi.answer(
                one["inputs"]["revenue"], one["inputs"]["marketing_cost"], one["inputs"]["currency"]
            )
            for i, one in enumerate(body["items"])
        ]
    return {"results": results, "summary": {"ok": len(results), "undefined": 0, "error": 0}}


Api(app).register_blueprint(blueprint)
