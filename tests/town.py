"""A small law on clearing homes, and bills on it."""

WORDS = """
vocabulary town
kind Person.
kind Home.
event Order { clears: Home }.
official act Eviction { from: Home, of: Person }.
official act Stamp { for: Eviction }.
official act Parade {}.
"""
CHARTER = """
act charter "The charter" rank constitution in force from 2000-01-01 evidence read
  article 1
    norm only_by_order
      forbid Eviction e unless some Order o has o.clears = e.from and o before e.
"""
ORDERED = "some Order o has o.clears = e.from and o before e"
HOUSING = f"""
act housing "The housing act" rank law in force from 2001-01-01 evidence read
  article 1
    norm eviction permit Eviction e when {ORDERED}.
  article 2
    norm parade permit Parade p.
"""


def bill(*instructions: str, name: str = "change", start: str = "2020-01-01") -> str:
    """Return a bill with these instructions on the housing act."""
    listed = "\n".join(f"    {each}" for each in instructions)
    return (
        f'\nbill {name} "A bill" rank law in force from {start} evidence read\n'
        f"  amend housing\n{listed}\n"
    )


WIDE = "in article 1 replace norm eviction with norm eviction permit Eviction e."
SAFE = f"in article 2 insert norm but forbid Eviction e unless {ORDERED}."
UNSAFE = "repeal article 4."
PARADE = "in article 2 replace norm parade with norm parade permit Parade p when 1 < 2."
