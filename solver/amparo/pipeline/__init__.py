"""The road from norm files to a verdict, walked in order: the only place that knows it."""
