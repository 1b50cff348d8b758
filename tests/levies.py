"""The words of a small law on levies, and laws in them: one protection, and norms of one act."""

WORDS = """
vocabulary home
currency KZT.
kind Person reads "a person".
kind Bailiff is Person reads "a bailiff".
kind Property reads "a thing".
kind Dwelling is Property reads "a dwelling".
kind Car is Property reads "a car".
fact owns(p: Person, x: Property) reads "{x} belongs to {p}".
fact value(x: Property): money in KZT reads "{x} is worth {value}".
event Decision { of: Property } reads "a court decides on {of}".
event Notice { to: Person } reads "{to} is told".
event Sale { of: Property, to: Person } reads "{of} is sold to {to}".
official act Levy { of: Property, from: Person } reads "{of} is taken from {from}".
official act Annulment { of: Levy } reads "{of} is annulled".
power act Appeal { by: Person, against: Levy } reads "{by} appeals against {against}".
general act Deprivation { of: Property, from: Person }.
state arrested(x: Property)
  begins with Decision d when d.of = x
  reads "{x} is arrested".
parameter unit: money reads "the unit" = 10 KZT from 2000-01-01.
reading paper "Is a paper a decision?"
  either formal as written because "it says decision" or loose because "it is so used".
"""
TOP = 'act basic "The basic law" rank constitution in force from 2000-01-01 evidence read\n article 1\n'
CODE = 'act code "The code" rank law in force from 2000-01-01 evidence read\n article 1\n'
RIGHT = "  norm protection forbid Deprivation d.\n"
FREE = "  norm levy permit Levy l.\n"
DECIDED = "some Decision c has c.of = l.of and c before l"


def text(*lower: str, top: str = RIGHT, words: str = WORDS, more: str = "") -> str:
    """Return a law of one protection and of norms `n1`, `n2`, ... in one act."""
    norms = "".join(f"  norm n{number} {each}.\n" for number, each in enumerate(lower, 1))
    return f"{words}{TOP}{top}{CODE}{norms}{more}"
