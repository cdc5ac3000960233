"""Is the KPI on its way?"""
