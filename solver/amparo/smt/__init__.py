"""Compiles core to terms, and decides them for all worlds; one module knows z3."""
