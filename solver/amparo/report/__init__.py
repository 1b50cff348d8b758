"""Renders what was found, one pure function to text per format."""
