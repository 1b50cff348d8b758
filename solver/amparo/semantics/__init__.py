"""Says what the law says in one concrete world: the meaning of the language."""
