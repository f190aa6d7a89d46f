"""The parts of a solution in which a student can go wrong."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
from libcst import matchers as m

from cohort.audit.calls import called, chain

# Where a student is free, or where an instructor wrote what stands there.
FREE = (cst.Annotation, cst.AssignTarget, cst.Decorator, cst.Import, cst.ImportFrom, cst.Parameters, cst.Raise)
# Keywords without which a right answer is still right: checks of the input, and the look of a picture.
SAFEGUARDS = {"copy", "strict", "validate", "verify_integrity", "flags"}
LOOKS = {"alpha", "c", "capsize", "cmap", "color", "colors", "dpi", "edgecolor", "facecolor", "figsize", "fontsize"}
LOOKS |= {"fontweight", "frameon", "ha", "layout", "linestyle", "linestyles", "linewidth", "linewidths", "loc", "ls"}
LOOKS |= {"lw", "marker", "markersize", "markers", "pad", "rotation", "s", "size", "style", "va", "width", "zorder"}
# Keywords that have operators of their own.
OWN_OPERATOR = {"axis", "ddof", "how", "inclusive", "keep"}
FREE_KEYWORDS = SAFEGUARDS | LOOKS | OWN_OPERATOR | {"seed", "random_state"}

# Where a part stands, if not every fault makes sense there.
ANYWHERE, GUARD, CONSTANTS = "anywhere", "in the condition of a guard", "among constants"


def parts(node: cst.CSTNode, where: str = ANYWHERE) -> Iterator[tuple[cst.CSTNode, str]]:
    """The nodes in which a student can go wrong, in the order of the text, and where each stands."""
    if isinstance(node, FREE) or _is_free(node):
        return
    if isinstance(node, cst.Tuple) and all(isinstance(each.value, cst.BaseNumber) for each in node.elements):
        where = CONSTANTS
    yield node, where
    free = _free_children(node)
    for child in node.children:
        if child not in free:
            yield from parts(child, GUARD if is_guard(node) and child is node.test else where)


def is_text(statement: cst.CSTNode) -> bool:
    """Whether a statement is only a text, such as a docstring."""
    return m.matches(statement, m.SimpleStatementLine([m.Expr(m.SimpleString() | m.ConcatenatedString())]))


def is_statement(node: cst.CSTNode | None, kind: type | tuple[type, ...]) -> bool:
    """Whether it is a line that ends in a simple statement of this kind."""
    return isinstance(node, cst.SimpleStatementLine) and isinstance(node.body[-1], kind)


def is_guard(node: cst.CSTNode) -> bool:
    """Whether it is a condition under which an error is raised, and nothing else."""
    match node:
        case cst.If(body=cst.IndentedBlock(body=[only]) | cst.SimpleStatementSuite(body=[only]), orelse=None):
            return is_statement(only, cst.Raise) or isinstance(only, cst.Raise)
    return False


def _is_free(node: cst.CSTNode) -> bool:
    match node:
        case cst.Arg(keyword=cst.Name(value=name)):
            return name in FREE_KEYWORDS
        case cst.Call():
            return called(node) == "print" or "get_ipython" in chain(node)
    return is_text(node)


def _free_children(node: cst.CSTNode) -> tuple[cst.CSTNode | None, ...]:
    match node:
        case cst.Assert(msg=message):
            return (message,)
        # Which of two words is right at the bound itself is a matter of taste.
        case cst.IfExp(test=test, body=cst.BaseString(), orelse=cst.BaseString()):
            return (test,)
        # Nobody takes nothing for one.
        case (
            cst.Comparison(left=cst.Integer(value="0") as zero)
            | cst.ComparisonTarget(comparator=cst.Integer(value="0") as zero)
        ):
            return (zero,)
    return ()
