"""KPI service: computes marketing KPIs and returns the formula with every number."""

__version__ = "1.0.0"
