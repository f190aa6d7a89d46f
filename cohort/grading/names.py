"""What a cell's text defines and needs, as far as it tells without being run."""

from __future__ import annotations

import ast
import builtins
import re
import symtable
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager

BUILT_IN = frozenset(dir(builtins))
# How a definition starts in a text that is not Python by itself.
DEFINITION = re.compile(r"^(?:(?:async\s+)?def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE)
# Importing these cannot fail: Python's own, and what the course is installed with.
INSTALLED = sys.stdlib_module_names | {"cohort", "matplotlib", "numpy", "pandas", "statsmodels"}
# Annotations and defaults of these parts only name things: a literal, a type, `int | None`.
NAMING = (ast.Constant, ast.Name, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.expr_context)
NAMING += (ast.Attribute, ast.Subscript, ast.BinOp, ast.BitOr, ast.UnaryOp, ast.USub)


@dataclass(frozen=True)
class Code:
    """What can be told about a text."""

    whole: bool  # it is Python by itself
    binds: frozenset[str]  # names of the notebook that it defines or changes
    reads: frozenset[str]  # names that it looks up, also from within functions
    quiet: bool = False  # it only defines, each name once, and cannot fail if it finds what it needs
    needs: frozenset[str] = frozenset()  # what it looks up for this

    @property
    def touches(self) -> frozenset[str]:
        """The names whose values may be others after it ran."""
        return self.binds if self.quiet or not self.whole else self.binds | (self.reads - BUILT_IN)


@lru_cache(maxsize=4096)
def code_of(text: str) -> Code:
    """What a cell's text does."""
    if not is_python(text):
        found = {name for names in DEFINITION.findall(text) for name in names if name}
        return Code(False, frozenset(found), frozenset(re.findall(r"\w+", text)))
    python = _python(text)
    binds, reads = _binds_and_reads(python)
    statements = ast.parse(python).body
    asked = [_asked_by(statement) for statement in statements]
    # Each statement by itself, to see what is defined twice.
    if None in asked or sum(len(_binds_and_reads(ast.unparse(each))[0]) for each in statements) > len(binds):
        return Code(True, binds, reads)
    return Code(True, binds, reads, quiet=True, needs=frozenset().union(*asked))


@lru_cache(maxsize=4096)
def is_python(text: str) -> bool:
    """Whether a text is Python by itself, with IPython's magics."""
    if starts_inside(text):
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            compile(_python(text), "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return False
    return True


def starts_inside(text: str) -> bool:
    """Whether the first line is indented: it is the middle of something, although IPython would run it."""
    return text.lstrip("\n").startswith((" ", "\t"))


def needed_by(names: Iterable[str], codes: list[Code]) -> set[str]:
    """Names, and all names that what defines them looks up in turn."""
    needed, ahead = set(), set(names)
    while ahead:
        needed |= ahead
        ahead = {name for code in codes if code.binds & ahead for name in code.reads} - needed
    return needed


def _python(text: str) -> str:
    try:
        ast.parse(text)
    except SyntaxError:
        return TransformerManager().transform_cell(text)
    return text


def _binds_and_reads(python: str) -> tuple[frozenset[str], frozenset[str]]:
    binds, reads = set(), set()
    tables = [symtable.symtable(python, "<cell>", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        of_notebook = [each for each in table.get_symbols() if table.get_type() == "module" or each.is_global()]
        binds |= {each.get_name() for each in of_notebook if each.is_assigned() or each.is_imported()}
        reads |= {each.get_name() for each in of_notebook if each.is_referenced()}
    return frozenset(binds), frozenset(reads)


def _asked_by(statement: ast.stmt) -> set[str] | None:
    """The names that a statement looks up when it runs; None if it does more than to define a name."""
    match statement:
        case ast.FunctionDef(decorator_list=[], args=args) | ast.AsyncFunctionDef(decorator_list=[], args=args):
            given = [*args.posonlyargs, *args.args, *args.kwonlyargs, *filter(None, [args.vararg, args.kwarg])]
            parts = [*args.defaults, *args.kw_defaults, statement.returns, *(each.annotation for each in given)]
        case ast.Assign(targets=[ast.Name()], value=ast.Constant()) | ast.Expr(value=ast.Constant()) | ast.Pass():
            parts = []
        case ast.Import(names=names) if all(alias.name in INSTALLED for alias in names):
            parts = []
        case _:
            return None
    nodes = [node for part in parts if part for node in ast.walk(part)]
    if not all(isinstance(node, NAMING) for node in nodes):
        return None
    return {node.id for node in nodes if isinstance(node, ast.Name)}
