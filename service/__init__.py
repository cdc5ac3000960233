"""KPI service: computes marketing KPIs and returns the formula with every number."""
