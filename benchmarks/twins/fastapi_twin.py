"""The twin on FastAPI and pydantic: run by uvicorn with uvloop and httptools."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from benchmarks.twins import roi

app = FastAPI()


class Inputs(BaseModel):
    """The inputs of the marketing ROI."""

    model_config = ConfigDict(extra="forbid", strict=True)
    revenue: Annotated[float, Field(allow_inf_nan=False)]
    marketing_cost: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    currency: Annotated[str | None, Field(pattern="^[A-Z]{3}$")] = None
    label: Annotated[str | None, Field(max_length=200)] = None


class Item(BaseModel):
    """One computation of a batch."""

    model_config = ConfigDict(extra="forbid")
    id: str | None = None
    metric: Literal["marketing_roi"]
    inputs: Inputs


class Items(BaseModel):
    """A batch."""

    model_config = ConfigDict(extra="forbid")
    items: Annotated[list[Item], Field(max_length=10_000)]
    detail: Literal["full", "value"] = "full"


@app.get("/livez")
async def livez() -> dict[str, str]:
    """Answer as long as the process lives."""
    return {"status": "alive"}


@app.post("/v1/metrics/marketing_roi")
async def compute(inputs: Inputs) -> dict[str, Any]:
    """Compute one ROI."""
    return roi.answer(inputs.revenue, inputs.marketing_cost, inputs.currency)


@app.post("/v1/batch")
async def batch(body: Items) -> dict[str, Any]:
    """Compute many."""
    if body.detail == "value":
        results = [
            roi.short(i, one.inputs.revenue, one.inputs.marketing_cost)
            for i, one in enumerate(body.items)
        ]
    else:
        results = [
            {"index": i, "id": one.id}
            | roi.answer(one.inputs.revenue, one.inputs.marketing_cost, one.inputs.currency)
            for i, one in enumerate(body.items)
        ]
    return {"results": results, "summary": {"ok": len(results), "undefined": 0, "error": 0}}
