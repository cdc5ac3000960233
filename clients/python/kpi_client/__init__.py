"""A client of the KPI service.

>>> from kpi_client import Client
>>> client = Client("http://localhost:8000")                        # doctest: +SKIP
>>> client.compute("cpl", campaign_costs=200_000_000, leads=400)    # doctest: +SKIP
Answer(metric='cost_per_lead', value=Decimal('500000'), ...)
"""

from kpi_client.answers import Answer, Failed, Reason
from kpi_client.client import Client
from kpi_client.errors import (
    Invalid,
    KpiError,
    NotAllowed,
    RateLimited,
    ServiceFailed,
    UnknownMetric,
    Unreachable,
)

__all__ = [
    "Answer",
    "Client",
    "Failed",
    "Invalid",
    "KpiError",
    "NotAllowed",
    "RateLimited",
    "Reason",
    "ServiceFailed",
    "UnknownMetric",
    "Unreachable",
]
