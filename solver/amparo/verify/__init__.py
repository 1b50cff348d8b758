"""States each question, and replays every counterexample before it is believed."""
