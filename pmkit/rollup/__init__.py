"""Figures computed from a production: days, calls, totals, costs."""
