"""Turns what was found into sentences, from the trace of its replay."""
