"""The whole document against the service: what it allows is answered, the rest refused."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from service.app import create_app
from service.catalogue import METRICS

BETWEEN_INPUTS = {"part_exceeds_whole", "inconsistent_inputs"}
"""Refusals that no schema can foresee: one input bounds another."""

ALGORITHMS = {one.id for one in METRICS.values() if one.expression is None}
BY_ANOTHER_INPUT = {"missing", "unknown_field"}
"""The same in algorithms: one input decides what another must or may hold."""

NO_SCHEMA_CAN_TELL = {
    "POST /v1/compute",  # the paths that pick fields of records are a language of their own
    "POST /v1/hooks/salesforce-om",  # and SOAP is not JSON
    "POST /v1/hooks/salesforce-om/{metric}",
}
"""Doors whose bodies a schema describes only in part."""

load_all_checks()
ACCEPTANCE = CHECKS.get_one("positive_data_acceptance")
REJECTION = CHECKS.get_one("negative_data_rejection")
DOCUMENT = schemathesis.openapi.from_wsgi("/openapi.json", create_app())
OPERATIONS = {one.ok().label: one.ok() for one in DOCUMENT.get_all_operations()}
COMPUTATIONS = [label for label in OPERATIONS if label.startswith("POST /v1/metrics/")]
few = settings(
    max_examples=3,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("label", OPERATIONS)
def test_what_the_document_allows(label: str) -> None:
    """A valid request is answered with the status, the type and the schema of the document."""
    operation = OPERATIONS[label]

    @few
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def answered(case: Any) -> None:
        reply = case.call()
        algorithm = label.rpartition("/")[2] in ALGORITHMS
        waived = BETWEEN_INPUTS | (BY_ANOTHER_INPUT if algorithm else set())
        refused = reply.status_code == 422 and reply.json()["code"] in waived
        waive = refused or label in NO_SCHEMA_CAN_TELL
        case.validate_response(reply, excluded_checks=[ACCEPTANCE] if waive else [])

    answered()


@pytest.mark.parametrize("label", COMPUTATIONS)
def test_what_the_document_does_not_allow(label: str) -> None:
    """An invalid request is refused with a problem of the document."""
    operation = OPERATIONS[label]

    @few
    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def refused(case: Any) -> None:
        reply = case.call()
        too_many = reply.status_code == 413  # refused as well, with a status of its own
        case.validate_response(reply, excluded_checks=[REJECTION] if too_many else [])

    refused()
