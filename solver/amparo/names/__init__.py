"""Binds every name and every citation to one definition."""
