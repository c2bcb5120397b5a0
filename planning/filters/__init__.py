"""Filters of the lists of planning, by subject."""
