"""Grading: nbgrader stays the system of record."""
