"""Text to tree and back; one module knows lark."""
