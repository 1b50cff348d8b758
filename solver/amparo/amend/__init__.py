"""Consolidation: law in, bills in, law out, and what changed."""
