"""The short way answers exactly as the long way does, and leaves the rest to it."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import jsonable
from drawing import inputs_of
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from service.catalogue import METRICS
from service.web.express import PATHS

LONG_WAY = "application/json; charset=utf-8"
closed = st.sampled_from([one for one in METRICS.values() if one.expression is not None])
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(data=st.data())
def test_both_ways_agree(client: FlaskClient, data: st.DataObject) -> None:
    """Whatever the inputs, both ways accept, refuse and answer alike."""
    metric = data.draw(closed)
    body: dict[str, Any] = data.draw(inputs_of(metric))
    if data.draw(st.booleans()):
        body[data.draw(st.sampled_from([*body, "label", "currency", "spare"]))] = data.draw(junk)
    language = data.draw(st.sampled_from(["", "vi", "zh-CN,en;q=0.5", "fr"]))

    assert _post(client, metric.id, jsonable(body), LONG_WAY, language) == _post(
        client, metric.id, jsonable(body), "application/json", language
    )


@pytest.mark.parametrize("body", ["", "{", "[]", "1", '{"revenue": NaN}', "\ufeff{}"])
def test_what_is_no_request_goes_the_long_way(client: FlaskClient, body: str) -> None:
    """A body that cannot be computed is refused by the long way, still whole."""
    short = _post(client, "marketing_roi", body, "application/json", "")

    assert _post(client, "marketing_roi", body, LONG_WAY, "") == short
    assert 400 <= short[0] < 500


def test_only_closed_formulas() -> None:
    """The short way is for closed formulas, every one of them."""
    assert {one.id for one in PATHS.values()} == {
        one.id for one in METRICS.values() if one.expression is not None
    }


def _post(
    client: FlaskClient, metric_id: str, body: str, content_type: str, language: str
) -> tuple[int, bytes, dict[str, str]]:
    headers = {"X-Request-Id": "same"} | ({"Accept-Language": language} if language else {})
    reply = client.post(
        f"/v1/metrics/{metric_id}",
        data=body.encode("utf-8", "replace"),
        content_type=content_type,
        headers=headers,
    )
    return reply.status_code, reply.data, dict(reply.headers)
