"""Measurements, printed as tables: ratios of two things done in one run on one machine."""
