"""Small faults with tables: gaps, groups, filters, ends of periods, order and joins."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
from libcst import matchers as m

from cohort.audit.calls import (
    called,
    chain,
    filled,
    is_grouped,
    is_mask,
    is_module,
    keyword,
    literal,
    positional,
    receiver,
    whole,
    with_args,
    with_keyword,
    with_value,
)
from cohort.audit.operators import Operator

# Methods that are forgotten, which leaves what they are called on as it is.
FORGOTTEN = {"abs", "bfill", "casefold", "clip", "copy", "cumsum", "diff", "drop_duplicates", "dropna", "ffill"}
FORGOTTEN |= {"fillna", "head", "interpolate", "lower", "normalize", "reindex", "round", "shift", "sort_index"}
FORGOTTEN |= {"sort_values", "strip", "tail", "tz_convert", "tz_localize", "unique", "upper"}
JOINS = ("inner", "left", "right", "outer")
ORDERED = {"sort_values": "False", "sort_index": "False", "rank": "False", "value_counts": "True"}
OTHER_AXIS = {"0": "1", "1": "0", '"index"': '"columns"', '"columns"': '"index"'}


def gap_is_zero(call: cst.Call) -> Iterator[cst.BaseExpression]:
    """A missing value counts as zero in a mean."""
    owner, name = receiver(call), called(call)
    if name in ("mean", "median", "min", "std", "var") and _may_have_gaps(owner) and not _windowed(call):
        if is_grouped(call):
            yield filled(f"{{x}}.agg(lambda values: values.fillna(0).{name}())", x=owner)
        else:
            yield call.with_changes(func=call.func.with_changes(value=filled("{x}.fillna(0)", x=owner)))


def gap_spreads(call: cst.Call) -> Iterator[cst.Call]:
    """One missing value makes the whole result missing."""
    has_gaps = called(call) in ("mean", "sum") and _may_have_gaps(receiver(call)) and not _windowed(call)
    if has_gaps and not keyword(call, "skipna"):
        yield with_keyword(call, "skipna", "False")


def divisor_changed(call: cst.Call) -> Iterator[cst.Call]:
    """The spread of a sample is taken for that of all, or the other way round: pandas and NumPy differ in this."""
    if called(call) in ("std", "var", "sem") and isinstance(call.func, cst.Attribute):
        given = keyword(call, "ddof")
        numpy = m.matches(call.func.value, m.Name("np"))
        is_one = m.matches(given.value, m.Integer("1")) if given else not numpy
        yield with_keyword(call, "ddof", "0" if is_one else "1")


def key_dropped(call: cst.Call) -> Iterator[cst.Call]:
    """A key is forgotten by which rows are grouped, joined, sorted or compared."""
    by = {"groupby": ("by",), "merge": ("on", "left_on", "right_on"), "join": ("on",), "pivot_table": ("index",)}
    by |= {"sort_values": ("by",), "drop_duplicates": ("subset",), "duplicated": ("subset",), "dropna": ("subset",)}
    if isinstance(call.func, cst.Attribute) and called(call) in by:
        keys = keyword(call, *by[called(call)])
        if keys is None and called(call) not in ("merge", "join", "pivot_table", "dropna"):
            keys = next(iter(positional(call)), None)
        if keys and isinstance(keys.value, cst.List):
            for each in keys.value.elements if len(keys.value.elements) > 1 else ():
                yield with_value(call, keys, _without_element(keys.value, each))


def other_axis(call: cst.Call) -> Iterator[cst.Call]:
    """Rows are taken for columns."""
    if axis := keyword(call, "axis"):
        other = OTHER_AXIS.get(cst.Module([]).code_for_node(axis.value).replace("'", '"'))
        if other:
            yield with_keyword(call, "axis", other)


def method_forgotten(call: cst.Call) -> Iterator[cst.BaseExpression]:
    """Gaps are not filled, rows not sorted, doubles not dropped, spaces not stripped, a table not copied."""
    owner = receiver(call)
    if owner is not None and not is_module(owner) and called(call) in FORGOTTEN:
        # A part for texts has no values of its own.
        is_part = m.matches(owner, m.Attribute(attr=m.Name("str") | m.Name("dt")))
        yield whole(owner.value if is_part else owner)


def end_left_out(call: cst.Call) -> Iterator[cst.Call]:
    """The first or the last day of a period is not counted."""
    if called(call) in ("between", "date_range") and isinstance(call.func, cst.Attribute):
        now = keyword(call, "inclusive")
        sides = [side for side in ("both", "left", "right") if side != (literal(now.value) if now else "both")]
        yield from (with_keyword(call, "inclusive", f'"{side}"') for side in sides)


def part_of_slice(node: cst.Subscript) -> Iterator[cst.BaseExpression]:
    """The end of a slice by label is thought not to be in it, or its beginning."""
    match node:
        case cst.Subscript(
            value=cst.Attribute(attr=cst.Name(value="loc")), slice=[cst.SubscriptElement(slice=cst.Slice() as rows), *_]
        ):
            if rows.upper:
                yield filled("{x}.iloc[:-1]", x=node)
            if rows.lower:
                yield filled("{x}.iloc[1:]", x=node)


def filter_changed(node: cst.Subscript) -> Iterator[cst.BaseExpression]:
    """All rows are taken, or just those that should be left out."""
    first = node.slice[0]
    if not isinstance(first.slice, cst.Index) or not is_mask(first.slice.value):
        return
    mask = first.slice.value
    is_loc = m.matches(node.value, m.Attribute(attr=m.Name("loc")))
    if is_loc and len(node.slice) > 1:
        yield node.with_changes(slice=[first.with_changes(slice=cst.Slice(None, None)), *node.slice[1:]])
    else:
        yield node.value.value if is_loc else node.value
    if isinstance(mask, cst.Call):
        yield node.deep_replace(mask, cst.UnaryOperation(cst.BitInvert(), mask))


def order_changed(call: cst.Call) -> Iterator[cst.Call]:
    """The largest comes first instead of the smallest."""
    name = called(call)
    if name in ORDERED and isinstance(call.func, cst.Attribute) and not keyword(call, "ascending"):
        yield with_keyword(call, "ascending", ORDERED[name])
    if name == "sorted" and not keyword(call, "reverse"):
        yield with_keyword(call, "reverse", "True")


def other_kept(call: cst.Call) -> Iterator[cst.Call]:
    """Of doubles, another row is kept."""
    if called(call) in ("drop_duplicates", "duplicated"):
        kept = keyword(call, "keep")
        for other in ("first", "last"):
            if other != (literal(kept.value) if kept else "first"):
                yield with_keyword(call, "keep", f'"{other}"')


def other_join(call: cst.Call) -> Iterator[cst.Call]:
    """Rows without a partner are dropped, or kept, where they should not be."""
    if called(call) in ("merge", "join") and isinstance(call.func, cst.Attribute) and not _is_text_join(call):
        given = keyword(call, "how")
        default = "inner" if called(call) == "merge" else "left"
        how = literal(given.value) if given else default
        yield from (with_keyword(call, "how", f'"{other}"') for other in JOINS if other != how and how in JOINS)


def join_swapped(call: cst.Call) -> Iterator[cst.BaseExpression]:
    """The table that should keep all its rows is taken for the other one."""
    given = keyword(call, "how")
    if called(call) in ("merge", "join") and given and literal(given.value) in ("left", "right"):
        owner, tables = receiver(call), positional(call)
        if len(tables) == 1 and owner is not None and not is_module(owner):
            other = tables[0].with_changes(value=owner)
            changed = with_args(call, [other, *call.args[1:]])
            yield changed.with_changes(func=call.func.with_changes(value=whole(tables[0].value)))


def quantile_complement(call: cst.Call) -> Iterator[cst.Call]:
    """The share above is taken for the share below."""
    given = positional(call)
    if called(call) in ("quantile", "percentile", "nanpercentile", "nanquantile") and given:
        share = given[-1].value
        if isinstance(share, cst.Integer):
            yield with_value(call, given[-1], cst.parse_expression(str(100 - share.evaluated_value)))


OPERATORS: list[Operator] = [
    (cst.Call, "a gap counts as zero", gap_is_zero),
    (cst.Call, "a gap makes all missing", gap_spreads),
    (cst.Call, "the divisor of a spread is another", divisor_changed),
    (cst.Call, "a key is dropped", key_dropped),
    (cst.Call, "rows are taken for columns", other_axis),
    (cst.Call, "a method is not applied", method_forgotten),
    (cst.Call, "an end of a period is left out", end_left_out),
    (cst.Subscript, "an end of a slice is left out", part_of_slice),
    (cst.Subscript, "a filter is left out or negated", filter_changed),
    (cst.Call, "the order is reversed", order_changed),
    (cst.Call, "another double is kept", other_kept),
    (cst.Call, "a join keeps other rows", other_join),
    (cst.Call, "the tables of a join are swapped", join_swapped),
    (cst.Call, "a quantile is that from above", quantile_complement),
]


def _windowed(call: cst.Call) -> bool:
    return not {"rolling", "expanding", "ewm"}.isdisjoint(chain(call))


def _may_have_gaps(owner: cst.BaseExpression | None) -> bool:
    """Whether it can be a column or table with missing values: no module, and no truth values."""
    known = owner is None or is_module(owner) or is_mask(owner)
    return not known and called(owner) not in ("fillna", "dropna", "value_counts")


def _is_text_join(call: cst.Call) -> bool:
    """Whether texts or paths are joined: ``", ".join(names)``, ``os.path.join(a, b)``."""
    owner = receiver(call)
    return called(call) == "join" and (isinstance(owner, cst.BaseString) or "path" in chain(call) or not call.args)


def _without_element(items: cst.List, dropped: cst.Element) -> cst.List:
    kept = [each for each in items.elements if each is not dropped]
    kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return items.with_changes(elements=kept)
