"""Small faults of plain Python, as people make them: numbers, operators, comparisons, conditions, calls.

An operator takes a node of libcst's and gives the nodes that could stand in its place. mutmut's own
are used where they make such faults; those that only make code crash are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst
from libcst import matchers as m
from mutmut.mutation import mutators

from cohort.audit.calls import (
    called,
    filled,
    is_mask,
    is_module,
    is_set,
    positional,
    receiver,
    whole,
    with_value,
    without,
)
from cohort.audit.parts import FREE_KEYWORDS

# The kind of node, what is done to it in words, and the function that does it.
Operator = tuple[type | tuple[type, ...], str, Callable[[Any], Iterable[cst.CSTNode]]]

REVERSED = {
    cst.LessThan: cst.GreaterThan,
    cst.LessThanEqual: cst.GreaterThanEqual,
    cst.GreaterThan: cst.LessThan,
    cst.GreaterThanEqual: cst.LessThanEqual,
}
# Numbers that people take for each other; they are not made one more or less.
CONSTANTS = {1.96: (1.645,), 1.645: (1.96,), 365.25: (365,), 365: (365.25,), 366: (365,)}
CONSTANTS |= {1024: (1000,), 3600: (60,), 86400: (3600,)}
# Here one nought is forgotten.
POWERS_OF_TEN = {10**n for n in range(2, 13)}
# Functions whose last argument can be forgotten: without it, they still run.
FORGIVING = {"arange", "get", "linspace", "log", "next", "pop", "range", "replace", "round"}
# Functions of Python's own that take options.
BUILT_IN = {"enumerate", "max", "min", "round", "sorted", "sum"}
# Methods whose keywords are names of columns.
NAMING = {"agg", "aggregate", "assign"}
# Functions of one number or text that are forgotten, which leaves their argument as it is.
FORGOTTEN = {"abs", "add_constant", "ceil", "deg2rad", "degrees", "exp", "expm1", "floor", "int", "log", "log10"}
FORGOTTEN |= {"log1p", "rad2deg", "radians", "round", "sorted", "sqrt", "square"}


def number_more(node: cst.BaseNumber) -> Iterable[cst.BaseNumber]:
    """Counting is off by one, or a number was remembered wrongly."""
    value = node.evaluated_value
    if value not in CONSTANTS and not _is_share(value) and value not in POWERS_OF_TEN:
        yield from mutators.operator_number(node)


def number_less(node: cst.BaseNumber) -> Iterable[cst.BaseExpression]:
    """Counting is off by one in the other direction."""
    value = node.evaluated_value
    if isinstance(value, int) and value > 0 and value not in CONSTANTS and value not in POWERS_OF_TEN:
        yield cst.Integer(str(value - 1))


def number_other(node: cst.BaseNumber) -> Iterable[cst.BaseExpression]:
    """A constant is taken for its neighbour, a share for what is left of it, a thousand for a hundred."""
    value = node.evaluated_value
    for other in CONSTANTS.get(value, ()):
        yield cst.parse_expression(repr(other))
    if _is_share(value) and value != 0.5:
        yield cst.Float(repr(round(1 - value, 12)))
    if value in POWERS_OF_TEN:
        yield cst.parse_expression(repr(value // 10))


def index_last(node: cst.Index) -> Iterable[cst.Index]:
    """The last one is taken for the first."""
    if isinstance(node.value, cst.Integer) and node.value.evaluated_value == 0:
        yield node.with_changes(value=cst.parse_expression("-1"))


def operator_swapped(node: cst.CSTNode) -> Iterable[cst.CSTNode]:
    """Plus for minus, times for divided by, below for at most, and for or."""
    if not (isinstance(node, cst.BinaryOperation) and any(map(_is_no_number, (node.left, node.right)))):
        yield from mutators.operator_swap_op(node)


def difference_reversed(node: cst.BinaryOperation) -> Iterable[cst.BinaryOperation]:
    """What is in the second but not in the first is taken for what is in the first but not in the second."""
    if isinstance(node.operator, cst.Subtract) and (is_set(node.left) or is_set(node.right)):
        yield node.with_changes(left=whole(node.right), right=whole(node.left))


def comparison_reversed(node: cst.ComparisonTarget) -> Iterable[cst.ComparisonTarget]:
    """Below is taken for above."""
    if other := REVERSED.get(type(node.operator)):
        yield node.with_changes(operator=other())


def half_condition(node: cst.BooleanOperation | cst.BinaryOperation) -> Iterable[cst.BaseExpression]:
    """One of two conditions is forgotten."""
    is_masks = isinstance(node, cst.BinaryOperation) and is_mask(node) and (is_mask(node.left) or is_mask(node.right))
    if isinstance(node, cst.BooleanOperation) or is_masks:
        yield from (whole(side) if node.lpar else side for side in (node.left, node.right))


def filter_forgotten(node: cst.CompFor) -> Iterable[cst.CompFor]:
    """All are taken, and not only those that are wanted."""
    for place in range(len(node.ifs)):
        yield node.with_changes(ifs=[*node.ifs[:place], *node.ifs[place + 1 :]])


def keyword_dropped(node: cst.Call) -> Iterable[cst.Call]:
    """An option is forgotten, and the default is not what is wanted."""
    # A function of the course's own may need all of its arguments; those of some methods name columns.
    if called(node) in BUILT_IN or (isinstance(node.func, cst.Attribute) and called(node) not in NAMING):
        for arg in node.args:
            # To leave a switch out is either nothing or to flip it.
            is_switch = isinstance(arg.value, cst.Name) and arg.value.value in ("True", "False")
            if arg.keyword and len(node.args) > 1 and arg.keyword.value not in FREE_KEYWORDS and not is_switch:
                yield without(node, arg)


def last_dropped(node: cst.Call) -> Iterable[cst.Call]:
    """The last argument is forgotten, and the function takes a default."""
    if called(node) in FORGIVING and len(positional(node)) == len(node.args) > 1:
        nothing = m.Name("None") | m.Attribute(attr=m.Name("nan") | m.Name("NA") | m.Name("NaT"))
        if not m.matches(node.args[-1].value, nothing):
            yield without(node, node.args[-1])


def call_forgotten(node: cst.Call) -> Iterable[cst.BaseExpression]:
    """A root, a logarithm, a sign or a unit is not seen to."""
    plain = positional(node)
    is_function = isinstance(node.func, cst.Name) or is_module(receiver(node))
    if is_function and called(node) in FORGOTTEN and plain and (len(plain) == 1 or called(node) == "round"):
        yield whole(plain[0].value)


def end_of_range(node: cst.Call) -> Iterable[cst.Call]:
    """The end of a range is thought to be in it, or one too early."""
    given = positional(node)
    if called(node) in ("range", "arange") and given:
        stop = given[min(1, len(given) - 1)]
        if not isinstance(stop.value, cst.BinaryOperation | cst.BaseNumber | cst.UnaryOperation):
            for template in ("{x} + 1", "{x} - 1"):
                yield with_value(node, stop, filled(template, x=stop.value))


def slice_end(node: cst.Slice) -> Iterable[cst.Slice]:
    """A slice goes on to the end, or starts at the beginning."""
    if node.lower and node.upper:
        yield node.with_changes(lower=None)
    if node.upper:
        yield node.with_changes(upper=None, second_colon=cst.MaybeSentinel.DEFAULT)


OPERATORS: list[Operator] = [
    (cst.BaseNumber, "a number is one more", number_more),
    (cst.BaseNumber, "a number is one less", number_less),
    (cst.BaseNumber, "a number is another that is near", number_other),
    (cst.Index, "the last is taken for the first", index_last),
    (cst.BinaryOperation, "a difference of sets is the other way round", difference_reversed),
    (
        (cst.BinaryOperation, cst.UnaryOperation, cst.BooleanOperation, cst.ComparisonTarget, cst.AugAssign),
        "an operator is another",
        operator_swapped,
    ),
    (cst.ComparisonTarget, "a comparison is reversed", comparison_reversed),
    ((cst.BooleanOperation, cst.BinaryOperation), "one of two conditions is forgotten", half_condition),
    ((cst.Is, cst.IsNot, cst.In, cst.NotIn), "a condition is negated", mutators.operator_keywords),
    ((cst.Break, cst.Continue), "a loop is left in another way", mutators.operator_keywords),
    (cst.UnaryOperation, "a negation is forgotten", mutators.operator_remove_unary_ops),
    (cst.Name, "a switch is flipped", mutators.operator_name),
    (cst.IfExp, "one case of two is taken always", mutators.operator_if_exp),
    (cst.CompFor, "a filter is forgotten", filter_forgotten),
    (cst.AugAssign, "a sum is not added up", mutators.operator_augmented_assignment),
    (cst.Match, "a case is forgotten", mutators.operator_match),
    (cst.Call, "an option is forgotten", keyword_dropped),
    (cst.Call, "the last argument is forgotten", last_dropped),
    (cst.Call, "a function is not applied", call_forgotten),
    (cst.Call, "a range ends elsewhere", end_of_range),
    (cst.Slice, "a slice has no bound", slice_end),
]


def _is_share(value: complex) -> bool:
    return isinstance(value, float) and 0 < value < 1


def _is_no_number(node: cst.BaseExpression) -> bool:
    """Whether arithmetic with it would crash: a text, a list, a set."""
    kinds = (cst.BaseString, cst.BaseList, cst.BaseDict, cst.Tuple)
    return isinstance(node, kinds) or is_set(node) or called(node) in ("list", "tuple", "dict", "str")
