"""Reading and rewriting parts of an expression: what is called, on what, with which arguments."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst
from libcst.helpers import parse_template_expression

# What binds less than a call or an index does, and so needs parentheses before one.
_LOOSE = (
    cst.Await,
    cst.BinaryOperation,
    cst.BooleanOperation,
    cst.Comparison,
    cst.GeneratorExp,
    cst.IfExp,
    cst.Lambda,
    cst.NamedExpr,
    cst.Tuple,
    cst.UnaryOperation,
    cst.Yield,
)
# Methods that tell of each row whether something is true.
MASKS = {"between", "contains", "duplicated", "endswith", "isin", "isna", "isnull", "notna", "notnull", "startswith"}
# The names under which modules of functions are imported.
MODULES = {"math", "np", "numpy", "pandas", "pd", "plt", "scipy", "sm", "smf", "statistics", "stats"}


def called(node: cst.CSTNode | None) -> str:
    """The last name of what a call calls, as ``mean`` of ``df["x"].mean()``; empty for all else."""
    match node:
        case cst.Call(func=cst.Name(value=name)) | cst.Call(func=cst.Attribute(attr=cst.Name(value=name))):
            return name
    return ""


def receiver(node: cst.CSTNode) -> cst.BaseExpression | None:
    """What a method is called on; None where a name is called."""
    return node.func.value if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) else None


def chain(node: cst.CSTNode) -> list[str]:
    """The methods, attributes and name before the last one, outermost first."""
    names = []
    while True:
        match node:
            case cst.Call(func=inner) | cst.Subscript(value=inner):
                node = inner
            case cst.Attribute(value=inner, attr=cst.Name(value=name)):
                names.append(name)
                node = inner
            case cst.Name(value=name):
                return [*names, name]
            case _:
                return names


def positional(call: cst.Call) -> list[cst.Arg]:
    """The arguments without a keyword, up to the first that is starred."""
    found = []
    for arg in call.args:
        if arg.keyword or arg.star:
            break
        found.append(arg)
    return found


def keyword(call: cst.Call, *names: str) -> cst.Arg | None:
    """The argument with one of these keywords."""
    return next((arg for arg in call.args if arg.keyword and arg.keyword.value in names), None)


def literal(node: cst.CSTNode) -> str:
    """The value of a plain text; empty for all else."""
    return node.evaluated_value if isinstance(node, cst.SimpleString) and isinstance(node.evaluated_value, str) else ""


def with_text(node: cst.SimpleString, text: str) -> cst.SimpleString:
    """Another text between the same quotation marks."""
    return node.with_changes(value=f"{node.quote}{text}{node.quote}")


def with_args(call: cst.Call, args: Sequence[cst.Arg]) -> cst.Call:
    """The call with other arguments."""
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    kept = [arg if isinstance(arg.comma, cst.Comma) else arg.with_changes(comma=comma) for arg in args[:-1]]
    kept += [arg.with_changes(comma=cst.MaybeSentinel.DEFAULT) for arg in args[-1:]]
    return call.with_changes(args=kept)


def with_keyword(call: cst.Call, name: str, value: str) -> cst.Call:
    """The call with a keyword argument added, or with another value for it."""
    if old := keyword(call, name):
        return with_value(call, old, cst.parse_expression(value))
    new = cst.Arg(
        cst.parse_expression(value),
        keyword=cst.Name(name),
        equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
    )
    return with_args(call, [*call.args, new])


def without(call: cst.Call, arg: cst.Arg) -> cst.Call:
    """The call with an argument left out."""
    return with_args(call, [each for each in call.args if each is not arg])


def with_value(call: cst.Call, arg: cst.Arg, value: cst.BaseExpression) -> cst.Call:
    """The call with another value for one of its arguments."""
    return call.with_changes(args=[each.with_changes(value=value) if each is arg else each for each in call.args])


def whole(node: cst.BaseExpression) -> cst.BaseExpression:
    """The expression in parentheses, if it needs them to be part of any other."""
    if node.lpar or not isinstance(node, _LOOSE):
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def filled(template: str, **parts: cst.BaseExpression) -> cst.BaseExpression:
    """An expression written with names in braces, and what these stand for."""
    fit = {name: part if f"({{{name}}})" in template else whole(part) for name, part in parts.items()}
    return parse_template_expression(template, **fit)


def renamed(call: cst.Call, name: str) -> cst.Call:
    """The same call of another function or method."""
    return call.with_deep_changes(call.func if isinstance(call.func, cst.Name) else call.func.attr, value=name)


def swapped(items: Sequence[cst.CSTNode], place: int) -> list[cst.CSTNode]:
    """Two neighbours with their values swapped; what stands between them stays."""
    this, that = items[place], items[place + 1]
    pair = [this.with_changes(value=that.value), that.with_changes(value=this.value)]
    return [*items[:place], *pair, *items[place + 2 :]]


def is_grouped(call: cst.CSTNode) -> bool:
    """Whether a method is called for each group or period."""
    node = receiver(call)
    while isinstance(node, cst.Subscript | cst.Attribute):
        node = node.value
    return called(node) in ("groupby", "resample")


def is_module(node: cst.CSTNode | None) -> bool:
    """Whether it is a module by one of the names under which these are imported."""
    return isinstance(node, cst.Name) and node.value in MODULES


def is_set(node: cst.CSTNode) -> bool:
    """Whether the expression makes a set."""
    return isinstance(node, cst.Set | cst.SetComp) or called(node) in ("set", "frozenset")


def is_mask(node: cst.CSTNode) -> bool:
    """Whether the expression tells of each row whether it is wanted."""
    match node:
        case cst.Comparison() | cst.UnaryOperation(operator=cst.BitInvert()):
            return True
        case cst.BinaryOperation(operator=cst.BitAnd() | cst.BitOr()):
            return True
    return called(node) in MASKS
