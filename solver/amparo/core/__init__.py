"""The law as checked: sugar gone, every name bound, every norm cited."""
