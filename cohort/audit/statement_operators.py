"""Small faults of whole statements: guards, branches, loops, what a function returns and what it does to its input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import libcst as cst
from libcst import matchers as m

from cohort.audit.calls import called, chain, filled, literal, positional, swapped, with_args, with_keyword
from cohort.audit.operators import Operator
from cohort.audit.parts import is_guard, is_statement, is_text, parts

# Statements that change only how a picture looks, or what is told on the way.
COSMETIC = {"autofmt_xdate", "close", "grid", "margins", "print", "set_axisbelow", "show", "spines", "suptitle"}
COSMETIC |= {"despine", "subplots_adjust", "tick_params", "tight_layout", "get_ipython"}
# Methods that can change a table in its place.
INPLACE = {"bfill", "clip", "drop", "drop_duplicates", "dropna", "ffill", "fillna", "interpolate", "rename"}
INPLACE |= {"replace", "reset_index", "set_index", "sort_index", "sort_values"}
# Functions that give the same whatever the order of their arguments, or that crash in another order.
UNORDERED = {"add", "allclose", "array_equal", "getattr", "hasattr", "hypot", "isclose", "isinstance", "issubclass"}
UNORDERED |= {"gcd", "lcm", "max", "maximum", "min", "minimum", "multiply", "print", "setattr"}
ARITHMETIC = (cst.Add, cst.Subtract, cst.Multiply, cst.Divide, cst.Power, cst.Modulo, cst.FloorDivide)
NUMERIC = {"abs", "exp", "float", "hypot", "len", "log", "max", "mean", "median", "min", "round", "sqrt", "sum"}

Block = cst.IndentedBlock | cst.Module


def guard_left_out(block: Block) -> Iterator[Block]:
    """Values that cannot be right are not refused."""
    yield from (
        _with(block, n, []) for n, each in enumerate(block.body) if is_guard(each) or is_statement(each, cst.Assert)
    )


def branch_left_out(block: Block) -> Iterator[Block]:
    """A special case is not seen to."""
    for place, each in enumerate(block.body):
        if isinstance(each, cst.If) and not is_guard(each):
            if isinstance(each.orelse, cst.If):
                yield _with(block, place, [each.orelse.with_changes(leading_lines=each.leading_lines)])
            elif each.orelse is None:
                yield _with(block, place, [])


def else_left_out(node: cst.If) -> Iterator[cst.If]:
    """What holds for all others is not seen to."""
    if isinstance(node.orelse, cst.Else):
        yield node.with_changes(orelse=None)


def statement_left_out(block: Block) -> Iterator[Block]:
    """A step is forgotten whose result nobody uses at once: a call, or values set in a part of a table."""
    part = m.AssignTarget(m.Subscript(m.Attribute(attr=m.OneOf(*map(m.Name, ("loc", "iloc", "at", "iat"))))))
    for place, each in enumerate(block.body):
        match each:
            case cst.SimpleStatementLine(body=[cst.Expr(value=cst.Call() as call)]):
                forgotten = called(call) not in COSMETIC and "get_ipython" not in chain(call)
            case cst.SimpleStatementLine(body=[cst.Assign(targets=[target])]):
                forgotten = m.matches(target, part)
            case _:
                forgotten = False
        if forgotten and len(block.body) > 1:
            yield _with(block, place, [])


def loop_cut_short(block: Block) -> Iterator[Block]:
    """A loop ends after its first turn: what follows it stands one level too deep, or it is left at once."""
    for place, each in enumerate(block.body):
        if not isinstance(each, cst.For | cst.While) or not isinstance(each.body, cst.IndentedBlock):
            continue
        inner = each.body.body
        after = block.body[place + 1] if place + 1 < len(block.body) else None
        last = after if is_statement(after, cst.Return) else cst.SimpleStatementLine([cst.Break()])
        if not is_statement(inner[-1], cst.Return | cst.Break | cst.Raise | cst.Continue):
            # The comment tells two loops, one in the other, apart.
            head = cst.Module([]).code_for_node(each.with_changes(leading_lines=())).splitlines()[0]
            comment = cst.TrailingWhitespace(cst.SimpleWhitespace("  "), cst.Comment(f"# in: {head.split('#')[0]}"))
            last = last.with_changes(trailing_whitespace=comment, leading_lines=())
            cut = each.with_changes(body=each.body.with_changes(body=[*inner, last]))
            yield _with(block, place, [cut], 2 if is_statement(after, cst.Return) else 1)


def arguments_swapped(function: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """Two arguments of the same kind are given in the wrong order."""
    params = [*function.params.posonly_params, *function.params.params, *function.params.kwonly_params]
    declared = {param.name.value: _annotation(param.annotation) for param in params}
    for call, _ in parts(function.body):
        if isinstance(call, cst.Call) and called(call) not in UNORDERED:
            kinds = [_kind(arg.value, declared) for arg in positional(call)]
            for place, (this, that) in enumerate(pairwise(kinds)):
                if this == that != "":
                    yield function.deep_replace(call, with_args(call, swapped(call.args, place)))


def other_unit(function: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """A percentage is returned for a share, or thousands for ones."""
    return _returning(function, ("{x} * 100", "{x} / 1000"), ("{x} * 100",))


def other_sign(function: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """The difference is taken the other way round."""
    return _returning(function, ("-{x}",), ())


def rounded(function: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """What should be exact is rounded, or cut, to a whole number."""
    return _returning(function, ("round({x})", "int({x})"), ("round({x})",))


def parts_swapped(function: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """Results are returned in another order."""
    for returned in _returns(function):
        if isinstance(returned.value, cst.Tuple):
            for place in range(len(returned.value.elements) - 1):
                value = returned.value.with_changes(elements=swapped(returned.value.elements, place))
                yield function.deep_replace(returned, returned.with_changes(value=value))


def input_changed(function: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """The caller's own table is changed on the way; the answer itself is right."""
    for name, kind in _tables(function):
        keep = f"_given, {name} = {name}, {name}.copy()"
        yield _beginning(function, keep, "_given.sort_index(ascending=False, inplace=True)")
        if kind != "Series":
            yield _beginning(function, keep, '_given["extra"] = 0')


def done_in_place(function: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """A table is sorted or cleaned in its place, which is the caller's table, too."""
    names = {name for name, _ in _tables(function)}
    for block in m.findall(function, m.IndentedBlock()):
        for place, each in enumerate(block.body):
            match each:
                case cst.SimpleStatementLine(
                    body=[cst.Assign(value=cst.Call(func=cst.Attribute(value=owner)) as call)]
                ):
                    if isinstance(owner, cst.Name) and owner.value in names and called(call) in INPLACE:
                        changed = cst.SimpleStatementLine([cst.Expr(with_keyword(call, "inplace", "True"))])
                        then = each.with_deep_changes(each.body[0], value=owner)
                        yield function.deep_replace(block, _with(block, place, [changed, then]))


OPERATORS: list[Operator] = [
    ((cst.IndentedBlock, cst.Module), "a guard is left out", guard_left_out),
    ((cst.IndentedBlock, cst.Module), "a special case is left out", branch_left_out),
    (cst.If, "the other cases are left out", else_left_out),
    ((cst.IndentedBlock, cst.Module), "a step is left out", statement_left_out),
    ((cst.IndentedBlock, cst.Module), "a loop ends after its first turn", loop_cut_short),
    (cst.FunctionDef, "two arguments are swapped", arguments_swapped),
    (cst.FunctionDef, "the result has another unit", other_unit),
    (cst.FunctionDef, "the result has another sign", other_sign),
    (cst.FunctionDef, "the result is rounded", rounded),
    (cst.FunctionDef, "two results are swapped", parts_swapped),
    (cst.FunctionDef, "the caller's table is changed", input_changed),
    (cst.FunctionDef, "it is done in place", done_in_place),
]


def _with(block: Block, place: int, statements: Sequence[cst.CSTNode], instead_of: int = 1) -> Block:
    """The block with other statements at this place; ``pass`` where nothing would be left."""
    body = [*block.body[:place], *statements, *block.body[place + instead_of :]]
    return block.with_changes(body=body or [cst.SimpleStatementLine([cst.Pass()])])


def _annotation(annotation: cst.Annotation | None) -> str:
    return cst.Module([]).code_for_node(annotation.annotation).strip("\"'") if annotation else ""


def _returns(function: cst.FunctionDef) -> Iterator[cst.Return]:
    """The function's own ``return`` statements that have a value."""
    inner = {found for each in m.findall(function.body, m.FunctionDef()) for found in m.findall(each, m.Return())}
    yield from (each for each in m.findall(function.body, m.Return()) if each.value is not None and each not in inner)


def _returning(function: cst.FunctionDef, alone: Sequence[str], in_tuple: Sequence[str]) -> Iterator[cst.FunctionDef]:
    """The function with another number returned: by itself, or as part of a tuple."""
    declared = _annotation(function.returns)
    for returned in _returns(function):
        if isinstance(returned.value, cst.Tuple):
            numeric = "float" in declared or any(_is_number(each.value) for each in returned.value.elements)
            numbers, templates = [each.value for each in returned.value.elements if numeric], in_tuple
        elif declared in ("float", "float | None", "np.float64") or (not declared and _is_number(returned.value)):
            numbers, templates = [returned.value], alone
        else:
            continue
        for number in numbers:
            if not isinstance(number, cst.BaseString) and not m.matches(number, m.Name("None")):
                for template in templates:
                    yield function.deep_replace(number, filled(template, x=number))


def _is_number(node: cst.BaseExpression) -> bool:
    arithmetic = isinstance(node, cst.BinaryOperation) and isinstance(node.operator, ARITHMETIC)
    return arithmetic or isinstance(node, cst.BaseNumber) or called(node) in NUMERIC


def _tables(function: cst.FunctionDef) -> Iterator[tuple[str, str]]:
    """The parameters that are tables, by annotation or because a column is taken from them, and their kind."""
    if isinstance(function.body, cst.IndentedBlock):
        columns = {
            each.value.value
            for each in m.findall(function.body, m.Subscript(m.Name(), [m.SubscriptElement(m.Index(m.SimpleString()))]))
            if literal(each.slice[0].slice.value)
        }
        for param in function.params.params:
            declared = _annotation(param.annotation)
            if "Series" in declared:
                yield param.name.value, "Series"
            elif "DataFrame" in declared or (not declared and param.name.value in columns):
                yield param.name.value, "DataFrame"


def _beginning(function: cst.FunctionDef, *lines: str) -> cst.FunctionDef:
    """The function with these statements before all others."""
    body = function.body.body
    start = 1 if is_text(body[0]) else 0
    added = [cst.parse_statement(line) for line in lines]
    return function.with_changes(body=function.body.with_changes(body=[*body[:start], *added, *body[start:]]))


def _kind(node: cst.BaseExpression, declared: Mapping[str, str]) -> str:
    """What sort of value it is, so that two of one sort can be taken for each other; empty if nobody would."""
    match node:
        case cst.Name(value=name):
            return declared.get(name) or "name"
        case cst.Subscript(value=cst.Name(value=name)) | cst.Attribute(value=cst.Name(value=name)):
            return f"of {name}"
        case cst.SimpleString():
            return "text"
        case cst.Integer() | cst.Float():
            return "number"
        case cst.Call() if called(node):
            return f"call of {called(node)}"
    return ""
