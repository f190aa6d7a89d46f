"""Sliders and menus of the lessons: they still work after the whole notebook was run."""

from __future__ import annotations

import ast

import nbformat
import pytest

from cohort import tree
from cohort.course import load_course

MODULES = [module.name for module in load_course().modules]


def bound(source: str) -> set[str]:
    """The names that a cell gives a value to, outside of functions."""
    names = set()
    waiting = list(ast.parse(source).body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            waiting.extend(ast.iter_child_nodes(node))
    return names


def asked_later(source: str) -> set[str]:
    """The names that the functions of a cell look up when they are called."""
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    asked = set()
    for function in functions:
        names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
        own = {name.id for name in names if isinstance(name.ctx, ast.Store)} | {each.arg for each in function.args.args}
        asked |= {name.id for name in names if isinstance(name.ctx, ast.Load)} - own
    return asked


@pytest.mark.parametrize("module", MODULES)
def test_no_later_cell_takes_the_names_that_a_slider_needs(module):
    code = [cell.source for cell in nbformat.read(tree.lesson(module), as_version=4).cells if cell.cell_type == "code"]
    interactive = [place for place, source in enumerate(code) if ".observe(" in source]
    for place in interactive:
        later = set().union(*(bound(source) for source in code[place + 1 :]))
        assert asked_later(code[place]) & later == set()
