"""Gives every name its sort, or says why it has none."""
