"""One computation for callers that hold records, or numbers as texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import gevent
from flask import Blueprint, Response

from service.finder import NoSuchMetric
from service.hooks.computed import asked_of, computed
from service.web.body import json_body
from service.web.metrics import detail, named
from service.web.reply import json_reply, language
from service.web.settings import settings

RECORDS_BETWEEN_YIELDS = 500
"""About 10 ms of work: a long list lets the other connections of the worker go on."""

blueprint = Blueprint("compute", __name__)


@blueprint.post("/v1/compute")
def compute() -> Response:
    """Compute one metric from its inputs, or from records and the map that leads to them."""
    asked = asked_of(json_body(settings().bulk_limit))
    try:
        return json_reply(computed(asked, language(), detail(), paced))
    except NoSuchMetric:
        named(asked.metric)  # raises the problem with its candidates
        raise


def paced(records: Iterable[Any]) -> Iterator[Any]:
    """Yield *records*, with a pause for the worker's other connections now and then."""
    for index, record in enumerate(records, 1):
        yield record
        if index % RECORDS_BETWEEN_YIELDS == 0:
            gevent.sleep(0)
