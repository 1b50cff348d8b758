"""Conditions in words, about the individuals of one world."""

from collections.abc import Mapping
from dataclasses import dataclass

from amparo.core.condition import (
    And,
    Attribute,
    Before,
    Compare,
    Condition,
    Constant,
    Counted,
    DateOf,
    Days,
    Defined,
    Exists,
    ForAll,
    Holds,
    Individual,
    IsA,
    Length,
    Months,
    Not,
    OpenTo,
    Or,
    ParameterAt,
    Read,
    RoleOf,
    Scaled,
    Shifted,
    Sum,
    Truth,
    Value,
    Variable,
)
from amparo.core.law import Law
from amparo.explain.labels import Labels, a, noun, plural

ORDERS = {
    "=": ("is", "is not"),
    "<": ("is less than", "is at least"),
    "<=": ("is at most", "is more than"),
}
BEYOND = {
    "<": ("is more than", "is at most"),
    "<=": ("is at least", "is less than"),
}
"""The same said of what stands on the right."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Puts conditions of ``law`` into words; bound variables by the labels of the world."""

    law: Law
    labels: Labels

    def says(self, condition: Condition, names: Mapping[str, str], so: bool = True) -> str:
        """Return ``condition`` as a clause; its negation where ``so`` is false.

        ``names`` are the individuals that the variables stand for.
        """
        match condition:
            case Truth(value):
                return _always(value == so)
            case Not(operand):
                return self.says(operand, names, not so)
            case And(operands) | Or(operands):
                truth = settled(condition)
                if truth is not None:
                    return _always(truth == so)
                said = (self.says(o, names, so) for o in operands if settled(o) is None)
                both = (" and ", ", or ") if isinstance(condition, And) else (" or ", " and ")
                return both[0 if so else 1].join(said)
            case Exists(variable, body, number):
                return self._quantified(variable, body, names, so, number)
            case ForAll(variable, body):
                who = self._of_kind(variable)
                if so:
                    return f"for every {who}: {self.says(body, names)}"
                return f"there is {a(who)} such that {self.says(body, names, so=False)}"
            case Holds(fact, arguments):
                declared = self.law.vocabulary.facts[fact]
                parameters = tuple(each.name for each in declared.parameters)
                reads = declared.reads or f"{fact} ({', '.join('{' + p + '}' for p in parameters)})"
                return _denied(self._filled(reads, parameters, arguments, names), so)
            case Defined(definition, arguments):
                clause = self.law.definitions[definition][0]
                parameters = tuple(each.name for each in clause.parameters)
                default = f"{definition} ({', '.join('{' + p + '}' for p in parameters)})"
                reads = self.law.vocabulary.phrases.get(definition, default)
                return _denied(self._filled(reads, parameters, arguments, names), so)
            case Compare("<" | "<=" as operator, Constant() as limit, value) if not isinstance(
                value, Constant
            ):
                verb = BEYOND[operator][0 if so else 1]
                return f"{self.value(value, names)} {verb} {self.value(limit, names)}"
            case Compare(operator, left, right):
                verb = ORDERS[operator][0 if so else 1]
                return f"{self.value(left, names)} {verb} {self.value(right, names)}"
            case IsA(value, kind):
                what = a(noun(self.law.vocabulary, kind))
                return f"{self.value(value, names)} is {'' if so else 'not '}{what}"
            case Before(left, right):
                verb = "comes before" if so else "does not come before"
                return f"{self.value(left, names)} {verb} {self.value(right, names)}"
            case OpenTo(kind, holder, against):
                remedy = a(noun(self.law.vocabulary, kind))
                verb = "is" if so else "is not"
                return (
                    f"{remedy} {verb} open to {self.value(holder, names)} "
                    f"against {self.value(against, names)}"
                )
            case Read(reading, option):
                title = self.law.vocabulary.readings[reading].title
                answer = option.replace("_", " ")
                return f"the question “{title}” is {'' if so else 'not '}answered “{answer}”"
            case Counted(rule, event):
                general = noun(self.law.vocabulary, self.law.counts[rule].general)
                verb = "counts" if so else "does not count"
                return f"{self.value(event, names)} {verb} as {a(general)}"

    def _quantified(
        self, variable: Variable, body: Condition, names: Mapping[str, str], so: bool, number: int
    ) -> str:
        happening = self._happening(variable, body, names) if number == 1 else None
        if happening is not None:
            return _denied(happening, so)
        who = self._of_kind(variable)
        inner = {**names, variable.name: variable.name}
        others, rest = _others(variable, body)
        if number > 1:
            who = f"{'at least' if so else 'fewer than'} {number} {plural(who)}"
        elif so:
            who = a(who)
        if others:
            who += f" other than {' and '.join(self.value(each, names) for each in others)}"
        how = "there are" if number > 1 else "there is" if so else "there is no"
        such = "" if rest == Truth(True) else f" such that {self.says(rest, inner)}"
        return f"{how} {who}{such}"

    def _happening(
        self, variable: Variable, body: Condition, names: Mapping[str, str]
    ) -> str | None:
        """Return that such an act happens, in its own phrase with the roles filled that are told."""
        kind = self.law.vocabulary.kinds[variable.sort.kind]
        if kind.category == "thing" or kind.reads is None:
            return None
        inner = {**names, variable.name: variable.name}
        said, first, rest = kind.reads, list[str](), list[str]()
        for each in body.operands if isinstance(body, And) else (body,):
            role, filler = _told(variable, each)
            if role is not None and filler is not None and "{" + role + "}" in said:
                said = said.replace("{" + role + "}", self.value(filler, names))
            elif isinstance(each, Before) and each.left == variable:
                first.append(f"before {self.value(each.right, names)}")
            else:
                rest.append(f"and {self.says(each, inner)}")
        for role, sort in kind.roles:
            filler_kind = sort.kind if isinstance(sort, Individual) else None
            someone = "some value" if filler_kind is None else a(self._noun(filler_kind))
            said = said.replace("{" + role + "}", someone)
        return " ".join([said, *first, *rest])

    def _noun(self, kind: str) -> str:
        return noun(self.law.vocabulary, kind)

    def _of_kind(self, variable: Variable) -> str:
        return noun(self.law.vocabulary, variable.sort.kind)

    def _filled(
        self,
        reads: str,
        parameters: tuple[str, ...],
        arguments: tuple[Value, ...],
        names: Mapping[str, str],
    ) -> str:
        said = reads
        for parameter, argument in zip(parameters, arguments, strict=True):
            bare = _user_name(parameter)
            for key in {parameter, bare}:
                said = said.replace("{" + key + "}", self.value(argument, names))
            who = self._individual(argument, names)
            event = self.labels.world.events.get(who or "")
            for role, filler in event.roles.items() if event is not None else ():
                if isinstance(filler, str):
                    filled = self.labels.individual(filler)
                    said = said.replace("{" + f"{bare}.{role}" + "}", filled)
        return said

    def _individual(self, value: Value, names: Mapping[str, str]) -> str | None:
        """Return the name of who ``value`` is in the world, where that is known."""
        match value:
            case Variable(name):
                return names.get(name) or names.get(_user_name(name))
            case RoleOf(event, role):
                owner = self.labels.world.events.get(self._individual(event, names) or "")
                filler = None if owner is None else owner.roles.get(role)
                return filler if isinstance(filler, str) else None
            case _:
                return None

    def value(self, value: Value, names: Mapping[str, str]) -> str:
        """Return ``value`` in words."""
        known = self._individual(value, names)
        if known is not None and known in self.labels.names:
            return self.labels.individual(known)
        match value:
            case Variable(name, sort):
                if sort.kind in self.law.vocabulary.kinds:
                    return f"that {noun(self.law.vocabulary, sort.kind)}"
                return _user_name(name)
            case RoleOf(event, role):
                return (
                    f"its “{role}”"
                    if isinstance(event, Variable)
                    else f"the “{role}” of {self.value(event, names)}"
                )
            case DateOf(event):
                return f"the date of {self.value(event, names)}"
            case Attribute(fact, arguments):
                declared = self.law.vocabulary.facts[fact]
                of = ", ".join(self.value(each, names) for each in arguments)
                return f"the {declared.name.replace('_', ' ')} of {of}"
            case ParameterAt(parameter):
                return self.law.vocabulary.parameters[parameter].reads or parameter
            case Constant(plain, sort):
                return self.labels.value(plain, sort)
            case Sum(operator, left, right):
                return f"{self.value(left, names)} {operator} {self.value(right, names)}"
            case Scaled(factor, inner):
                times = f"{factor * 100} % of" if factor < 1 else f"{factor} times"
                return f"{times} {self.value(inner, names)}"
            case Shifted(date, duration, backwards):
                side = "before" if backwards else "after"
                return f"{length(duration)} {side} {self.value(date, names)}"


def _told(variable: Variable, condition: Condition) -> tuple[str | None, Value | None]:
    """Return the role of ``variable`` that ``condition`` says is somebody, and who that is."""
    match condition:
        case Compare("=", RoleOf(event, role), filler) if event == variable:
            return role, filler
        case Compare("=", filler, RoleOf(event, role)) if event == variable:
            return role, filler
        case _:
            return None, None


def _others(variable: Variable, body: Condition) -> tuple[tuple[Value, ...], Condition]:
    """Return whom ``body`` says that ``variable`` is not, and what else it says."""
    others: list[Value] = []
    rest: list[Condition] = []
    for each in body.operands if isinstance(body, And) else (body,):
        match each:
            case Not(Compare("=", left, right)) if left == variable:
                others.append(right)
            case Not(Compare("=", left, right)) if right == variable:
                others.append(left)
            case _:
                rest.append(each)
    if len(rest) == 1:
        return tuple(others), rest[0]
    return tuple(others), And(tuple(rest)) if rest else Truth(True)


def settled(condition: Condition) -> bool | None:
    """Return the truth of ``condition`` where its form alone tells it, as of a kind that never is."""
    match condition:
        case Truth(value):
            return value
        case Not(operand):
            denied = settled(operand)
            return None if denied is None else not denied
        case And(operands) | Or(operands):
            ends = isinstance(condition, Or)
            said = {settled(each) for each in operands}
            return ends if ends in said else None if None in said else not ends
        case _:
            return None


def length(duration: Length) -> str:
    """Return a length of time in words."""
    match duration:
        case Days(count):
            return f"{count} day{'s' * (count != 1)}"
        case Months(count):
            return f"{count} month{'s' * (count != 1)}"
        case _:
            return f"{duration.count} working day{'s' * (duration.count != 1)}"


def _always(so: bool) -> str:
    return "this is always so" if so else "this is never so"


def _denied(said: str, so: bool) -> str:
    return said if so else f"it is not so that {said}"


def _user_name(name: str) -> str:
    return name.split("#", maxsplit=1)[0]
