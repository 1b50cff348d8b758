"""Names for the solver, generated: no user's word reaches it but in a comment."""

from dataclasses import dataclass, field

from amparo.core.law import Vocabulary


@dataclass(slots=True)
class Symbols:
    """Solver names by what they stand for. The same question always gets the same names."""

    vocabulary: Vocabulary
    declarations: dict[str, str] = field(default_factory=dict)
    """Symbol to its declaration, in order of first use."""
    kinds: dict[str, None] = field(default_factory=dict)
    """Those spoken of, in order of first use; nobody need be of any other."""
    _names: dict[tuple[str, ...], str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def fresh(self, prefix: str) -> str:
        """Return a new name."""
        number = self._counts.get(prefix, 0) + 1
        self._counts[prefix] = number
        return f"{prefix}{number}"

    def function(self, prefix: str, key: tuple[str, ...], arguments: str, result: str) -> str:
        """Return the function for ``key``, declaring it on first use."""
        full = (prefix, *key)
        if full not in self._names:
            name = self._names[full] = self.fresh(prefix)
            comment = " ".join(key).encode("ascii", "backslashreplace").decode()
            comment = "".join(each if each.isprintable() else " " for each in comment)
            self.declarations[name] = f"(declare-fun {name} ({arguments}) {result}) ; {comment}"
        return self._names[full]

    def sort(self, kind: str) -> str:
        """Return the solver's sort of individuals of ``kind``: that of its root."""
        root = self.vocabulary.root(kind)
        key = ("sort", root)
        if key not in self._names:
            name = self._names[key] = self.fresh("S")
            comment = root.encode("ascii", "backslashreplace").decode()
            self.declarations[name] = f"(declare-sort {name} 0) ; {comment}"
        return self._names[key]

    def kind(self, kind: str) -> str:
        """Return the predicate of being of ``kind`` (a kind that is not a root)."""
        self.kinds[kind] = None
        return self.function("k", (kind,), self.sort(kind), "Bool")

    def role(self, kind: str, role: str, result: str) -> str:
        """Return the function from an event of ``kind`` to the filler of ``role``.

        It belongs to the topmost ancestor that has the role.
        """
        return self.function("r", (self.owner(kind, role), role), self.sort(kind), result)

    def owner(self, kind: str, role: str) -> str:
        """Return the topmost ancestor of ``kind`` that has ``role``."""
        having = [
            each
            for each in self.vocabulary.lineage(kind)
            if role in dict(self.vocabulary.kinds[each].roles)
        ]
        return having[-1]

    def day(self, kind: str) -> str:
        """Return the function from an event to its day (the proleptic Gregorian ordinal)."""
        return self.function("day", (self.vocabulary.root(kind),), self.sort(kind), "Int")

    def order(self, kind: str) -> str:
        """Return the function from an event to its order within the day."""
        return self.function("ord", (self.vocabulary.root(kind),), self.sort(kind), "Int")
