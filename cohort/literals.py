"""Which values stand in the code of a check, and which words it says to students."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Collection, Iterator

from IPython.core.inputtransformer2 import TransformerManager

# A message as its constant parts; None stands where a value is put in.
Message = tuple[str | None, ...]


class Code:
    """The code of one cell. What is no Python has no values and says nothing.

    Parameters
    ----------
    source : str
        The cell; IPython's magics are understood.
    """

    def __init__(self, source: str) -> None:
        try:
            self._tree = ast.parse(TransformerManager().transform_cell(source))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            self._tree = ast.Module([], [])
        self._said = self._all_said()

    def messages(self) -> list[Message]:
        """What the code says to students: messages of assertions and reasons of awards.

        A name that is used only in messages, and to look something up, brings its texts with it: in a
        helper that says ``f"A mean is not right for {where}."``, the texts given as `where` are words
        for students. A name that is compared or computed with is a value.
        """
        return [message for node in self._said for message in _messages(node)]

    def values(self, lines: Collection[int]) -> Iterator[tuple[str | float, int]]:
        """The texts and numbers that stand in some lines, from 1, and are no message; each with its line."""
        said = {id(part) for node in self._said for part in _constants(node)}
        for node in ast.walk(self._tree):
            match node:
                case ast.Constant(value=bool()):
                    continue
                case ast.Constant(value=str() | int() | float() as value, lineno=line):
                    if line in lines and id(node) not in said:
                        yield value, line

    def _all_said(self) -> list[ast.expr]:
        """The expressions whose text students are shown."""
        nodes = list(ast.walk(self._tree))
        direct = said = [node for each in nodes for node in _told(each)]
        looked_up = [node for each in nodes for node in _looked_up(each)]
        uses = [node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
        bound = list(_bindings(nodes))
        while True:
            inside = {id(part) for node in (*said, *looked_up) for part in ast.walk(node)}
            elsewhere = {node.id for node in uses if id(node) not in inside}
            found = [*direct, *(value for name, value in bound if name not in elsewhere)]
            if len(found) == len(said):
                return found
            said = found


def matches(message: Message, text: str) -> bool:
    """Whether a text is this message, with any values put in."""
    pattern = "".join(".*" if part is None else re.escape(part) for part in message)
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def _told(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Assert(msg=ast.expr() as message):
            return [message]
        case ast.Raise(exc=ast.Call(func=ast.Name(id="AssertionError"), args=[message, *_])):
            return [message]
        case ast.Call(func=ast.Name(id="award") | ast.Attribute(attr="award")):
            return [*node.args[1:2], *(each.value for each in node.keywords if each.arg == "why")]
    return []


def _looked_up(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Subscript(slice=key) | ast.DictComp(key=key):
            return [key]
    return []


def _bindings(nodes: list[ast.AST]) -> list[tuple[str, ast.expr]]:
    """Names with what they are bound to: assigned, taken from a list or table in a loop, given to a function."""
    functions = {node.name: node.args for node in nodes if isinstance(node, ast.FunctionDef)}
    bound: list[tuple[str, ast.expr]] = []
    for node in nodes:
        match node:
            case ast.Assign(targets=[target], value=value):
                bound += _unpacked(target, value)
            case ast.For(target=target, iter=ast.List(elts=values) | ast.Tuple(elts=values)):
                for value in values:
                    bound += _unpacked(target, value)
            case ast.FunctionDef(args=arguments):
                names = [each.arg for each in arguments.args]
                bound += zip(reversed(names), reversed(arguments.defaults), strict=False)
            case ast.Call(func=ast.Name(id=name)) if name in functions:
                bound += _given(node, [each.arg for each in functions[name].args])
    for node in nodes:
        match node:
            case ast.For(
                target=ast.Tuple(elts=[ast.Name(id=key), _]),
                iter=ast.Call(func=ast.Attribute(value=ast.Name(id=table), attr="items")),
            ):
                bound += ((key, given) for name, value in bound[:] if name == table for given in _keys(value))
    return bound


def _keys(value: ast.expr) -> list[ast.expr]:
    return [key for key in value.keys if key is not None] if isinstance(value, ast.Dict) else []


def _unpacked(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match target, value:
        case ast.Name(id=name), _:
            yield name, value
        case (ast.Tuple(elts=targets) | ast.List(elts=targets), ast.Tuple(elts=values) | ast.List(elts=values)):
            for pair in zip(targets, values, strict=False):
                yield from _unpacked(*pair)


def _given(call: ast.Call, parameters: list[str]) -> Iterator[tuple[str, ast.expr]]:
    before = list(itertools.takewhile(lambda each: not isinstance(each, ast.Starred), call.args))
    yield from zip(parameters, before, strict=False)
    after = call.args[len(before) + 1 :]  # behind a *list: count from the end
    yield from zip(reversed(parameters), reversed(after), strict=False)
    yield from ((each.arg, each.value) for each in call.keywords if each.arg)


def _messages(node: ast.expr) -> list[Message]:
    """The texts that an expression can give."""
    match node:
        case ast.Constant(value=str() as text):
            return [(text,)]
        case ast.JoinedStr(values=values):
            return [tuple(each.value if isinstance(each, ast.Constant) else None for each in values)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [one + other for one in _messages(left) for other in _messages(right)]
        case ast.IfExp(body=one, orelse=other):
            return _messages(one) + _messages(other)
    return [(None,)]


def _constants(node: ast.expr) -> Iterator[ast.Constant]:
    """The parts of an expression that its messages are made of."""
    match node:
        case ast.Constant(value=str()):
            yield node
        case ast.JoinedStr(values=values):
            yield from (each for each in values if isinstance(each, ast.Constant))
        case ast.BinOp(left=one, op=ast.Add(), right=other) | ast.IfExp(body=one, orelse=other):
            yield from _constants(one)
            yield from _constants(other)
