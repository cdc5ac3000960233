"""Is the KPI on its way to its target?"""
