"""Which submitted cell is which released one: by mark, id, text, the names it defines, or its place."""

from __future__ import annotations

import ast
import builtins
import re
import symtable
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbgrader.utils import is_locked

from cohort.notebooks import is_solution

DEFINITION = re.compile(r"^(?:(?:async\s+)?def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE)
# Importing these cannot fail: Python's own, and what the course is installed with.
INSTALLED = sys.stdlib_module_names | {"cohort", "matplotlib", "numpy", "pandas", "statsmodels"}
# Shorter text of a locked cell may stand in a student's cell by chance.
CUT_FROM = 12
ALIKE = 0.6
BUILT_IN = frozenset(dir(builtins))


@dataclass(frozen=True)
class Code:
    """What can be told about the code of a cell without running it.

    Attributes
    ----------
    whole : bool
        It is Python by itself, not a part of it.
    binds, reads : frozenset of str
        Names of the notebook that it defines or changes, and that it looks up, also from within functions.
    needs : frozenset of str
        Names that it looks up while the cell runs, as far as known: all that it reads, unless it only defines.
    quiet : bool
        It only defines: running it does nothing else and cannot fail if it finds what it needs.
    settled, first_needs : frozenset of str
        Names that it defines before it does anything else, and not again; names that it needs for this.
    """

    whole: bool
    binds: frozenset[str]
    reads: frozenset[str]
    needs: frozenset[str] = frozenset()
    quiet: bool = False
    settled: frozenset[str] = frozenset()
    first_needs: frozenset[str] = frozenset()

    def commutes(self, other: Code) -> bool:
        """Whether it is the same in which order the two run."""
        if not (self.whole and other.whole):
            return True  # a cell that is not Python does nothing
        shared = set() if self.quiet or other.quiet else self.needs & other.needs
        return not (shared | self.binds & (other.binds | other.needs) | self.needs & other.binds)


@lru_cache(maxsize=4096)
def code_of(source: str) -> Code:
    """What a cell's text does, as far as it can be read from it."""
    try:
        if _indented(source):
            raise IndentationError
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            plain = TransformerManager().transform_cell(source)
            statements = ast.parse(plain).body
            compile(plain, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            binds, reads = _names(symtable.symtable(plain, "<cell>", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found = {name for names in DEFINITION.findall(source) for name in names if name}
        return Code(False, frozenset(found), frozenset(re.findall(r"\w+", source)))
    loud = next((place for place, statement in enumerate(statements) if not _is_quiet(statement)), len(statements))
    first = {name for statement in statements[:loud] for name in _stored(statement)}
    again = {name for statement in statements[loud:] for name in _stored(statement)}
    needs = {name for statement in statements[:loud] for name in _looked_up(statement)}
    quiet = loud == len(statements)
    first_needs = frozenset(needs)
    return Code(True, binds, reads, first_needs if quiet else reads, quiet, frozenset(first - again), first_needs)


def _indented(source: str) -> bool:
    first = next((line for line in source.split("\n") if line.strip()), "")
    return first[:1] in (" ", "\t")


def _names(table: symtable.SymbolTable) -> tuple[frozenset[str], frozenset[str]]:
    top = table.get_type() == "module"
    binds, reads = set(), set()
    for symbol in table.get_symbols():
        if top or symbol.is_global():
            if symbol.is_assigned() or symbol.is_imported():
                binds.add(symbol.get_name())
            if symbol.is_referenced():
                reads.add(symbol.get_name())
    for child in table.get_children():
        below_binds, below_reads = _names(child)
        binds |= below_binds
        reads |= below_reads
    return frozenset(binds), frozenset(reads)


def _is_quiet(statement: ast.stmt) -> bool:
    match statement:
        case ast.FunctionDef(decorator_list=[]) | ast.AsyncFunctionDef(decorator_list=[]):
            about = [*statement.args.defaults, *filter(None, statement.args.kw_defaults), *_annotations(statement)]
            return all(_is_plain(expression) for expression in about)
        case ast.ClassDef(decorator_list=[], keywords=[]):
            return all(map(_is_plain, statement.bases)) and all(map(_is_quiet, statement.body))
        case ast.Assign(targets=[ast.Name()], value=value) | ast.Expr(value=ast.Constant() as value):
            return _is_plain(value) and not any(_looked_up_in([value]))
        case ast.Import(names=names):
            return all(alias.name in INSTALLED for alias in names)
        case ast.Pass():
            return True
    return False


def _is_plain(expression: ast.expr) -> bool:
    """Whether it only names things: a literal, a type, `int | None`."""
    plain = (ast.Constant, ast.Name, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.expr_context)
    typing = (ast.Attribute, ast.Subscript, ast.BinOp, ast.BitOr, ast.UnaryOp, ast.USub)
    return all(isinstance(node, plain + typing) for node in ast.walk(expression))


def _annotations(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr]:
    given = function.args
    all_of = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return list(filter(None, [function.returns, *(argument.annotation for argument in all_of if argument)]))


def _looked_up(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            defaults = [*statement.args.defaults, *filter(None, statement.args.kw_defaults)]
            return _looked_up_in([*defaults, *_annotations(statement)])
        case ast.ClassDef():
            return _looked_up_in(statement.bases).union(*map(_looked_up, statement.body))
    return set()


def _looked_up_in(expressions: Iterable[ast.expr]) -> set[str]:
    return {node.id for each in expressions for node in ast.walk(each) if isinstance(node, ast.Name)}


def _stored(statement: ast.stmt) -> set[str]:
    """The names that a statement may define in the notebook; too many rather than too few."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
    found = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and node.ctx.__class__ != ast.Load}
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found |= {node.name for node in ast.walk(statement) if isinstance(node, kinds)}
    aliases = (node for node in ast.walk(statement) if isinstance(node, ast.alias))
    return found | {(alias.asname or alias.name).split(".")[0] for alias in aliases}


@dataclass(frozen=True)
class Repair:
    """One thing that was put right.

    Attributes
    ----------
    cell : str
        The grade id, or "" for the notebook.
    what : str
        One plain sentence for the student.
    """

    cell: str
    what: str


@dataclass(eq=False)
class Piece:
    """A submitted cell, or one that was cut out of it.

    `name` is the grade id of the released cell that it is, or "".
    """

    cell: NotebookNode
    source: str
    name: str = ""
    cut_out: bool = False

    @property
    def is_code(self) -> bool:
        """Whether it was submitted as a code cell."""
        return self.cell.cell_type == "code"


@dataclass
class Aligned:
    """What became of a submission's cells so far.

    Attributes
    ----------
    released : dict
        The released cells that nbgrader knows, by grade id, in order.
    pieces : list of Piece
        The submitted cells that are left, in the order they were submitted in.
    homes : dict
        Which of them each released cell is; a cell that is missing is not there.
    texts : dict
        The text of each solution cell.
    repairs : list of Repair
        What was done.
    ungraded : dict
        Why a cell cannot be told, by grade id.
    doubtful : dict
        The texts that an ungraded solution cell may be, by grade id.
    """

    released: dict[str, NotebookNode]
    pieces: list[Piece]
    homes: dict[str, Piece] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    ungraded: dict[str, str] = field(default_factory=dict)
    doubtful: dict[str, list[str]] = field(default_factory=dict)
    spoiled: list[str] = field(default_factory=list)  # locked cells as they were handed in, if that was not as released

    def solutions(self, kind: str) -> list[str]:
        """The solution cells of a cell type."""
        return [name for name, cell in self.released.items() if is_solution(cell) and cell.cell_type == kind]

    def stub(self, name: str) -> str:
        """The text that a cell was released with."""
        return self.released[name].source

    def asked(self, name: str) -> frozenset[str]:
        """The names that a solution cell is to define: those of its stub."""
        return code_of(self.stub(name)).binds

    def log(self, name: str, what: str) -> None:
        """Say what was done with a cell."""
        self.repairs.append(Repair(name, what))

    def doubt(self, name: str, reason: str, *texts: str) -> None:
        """Do not grade a cell."""
        self.ungraded.setdefault(name, reason)
        self.doubtful.setdefault(name, []).extend(texts)


def known_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that nbgrader works with, by grade id, in their order."""
    kinds = ("grade", "solution", "locked", "task")
    marked = ((cell.metadata.get("nbgrader", {}), cell) for cell in notebook.cells)
    return {about["grade_id"]: cell for about, cell in marked if any(about.get(kind) for kind in kinds)}


def mark_of(cell: NotebookNode) -> str | None:
    """The grade id that a submitted cell bears, whatever its metadata looks like."""
    about = cell.metadata.get("nbgrader")
    name = about.get("grade_id") if isinstance(about, dict) else None
    return name if isinstance(name, str) else None


def plain(text: str) -> str:
    """A text without what editors strip or add: spaces at line ends, empty lines around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but what editors strip or add."""
    return one == other or plain(one) == plain(other)


def realign(cells: list[NotebookNode], released: NotebookNode) -> Aligned:
    """Say for each submitted cell which released one it is, and take apart and join what belongs so.

    Parameters
    ----------
    cells : list of NotebookNode
        The submitted ones; they are not changed.
    released : NotebookNode
        What the student was given.
    """
    known = known_cells(released)
    by_id = {cell.get("id"): name for name, cell in known.items()}
    pieces = []
    for cell in cells:
        name = mark_of(cell)
        if name not in known:
            name = by_id.get(cell.get("id"), "")
        pieces.append(Piece(cell, cell.source, name))
    aligned = Aligned(known, pieces)
    _take_apart(aligned)
    _find_locked(aligned)
    for name in aligned.solutions("code"):
        _find_code(aligned, name)
    for name in aligned.solutions("code"):
        if name not in aligned.homes and name not in aligned.ungraded:
            _miss_code(aligned, name)
    for name in aligned.solutions("markdown"):
        _find_text(aligned, name)
    return aligned


def _take_apart(aligned: Aligned) -> None:
    """Cut the text of a locked cell that is nowhere by itself out of the cell that it was merged into."""
    order = list(aligned.released)
    for name in order:
        text = plain(aligned.stub(name))
        if not is_locked(aligned.released[name]) or not text:
            continue
        if any(same(piece.source, text) for piece in aligned.pieces):
            continue
        for place, piece in enumerate(aligned.pieces):
            if piece.name != name and len(text) < CUT_FROM:
                continue
            before, found, after = f"\n{plain(piece.source)}\n".partition(f"\n{text}\n")
            if not found:
                continue
            parts = [Piece(piece.cell, part.strip("\n"), cut_out=True) for part in (before, after)]
            if piece.name != name:
                _inherit(aligned, [part for part in parts if part.source.strip()] or parts[:1], piece.name)
            middle = Piece(aligned.released[name], text, name)
            aligned.pieces[place : place + 1] = [part for part in (parts[0], middle, parts[1]) if part.source.strip()]
            aligned.log(name, f"the cell `{name}` was merged with a cell beside it: they were taken apart")
            break


def _inherit(aligned: Aligned, parts: list[Piece], name: str) -> None:
    """Say which part of a cell that was taken apart is the cell whose mark it has."""
    locked = [cell.source for cell in aligned.released.values() if is_locked(cell)]
    likely = [part for part in parts if not any(same(part.source, text) for text in locked)] or parts
    if len(likely) > 1 and name in aligned.solutions("code"):
        likely = [part for part in likely if code_of(part.source).binds & aligned.asked(name)] or likely
    likely[0].name = name
    if name and len(likely) > 1:
        aligned.doubt(name, f"the cell `{name}` was merged with others: nobody can tell which part is its answer")
        for part in likely:
            aligned.doubtful[name].append(part.source)


def _find_locked(aligned: Aligned) -> None:
    for name, cell in aligned.released.items():
        if not is_locked(cell):
            continue
        text = cell.source
        named = [piece for piece in aligned.pieces if piece.name == name]
        unnamed = [piece for piece in aligned.pieces if not piece.name]
        found = (
            sorted(named, key=lambda piece: not same(piece.source, text))
            or [piece for piece in unnamed if same(piece.source, text)]
            or [piece for piece in unnamed if _alike(piece.source, text) and not _answers(aligned, piece)][:1]
        )
        if not found:
            _drop_parts(aligned, name)
            aligned.log(name, f"the cell `{name}` was missing: it was put back")
            continue
        for piece in found[1:]:
            piece.name = ""
            if same(piece.source, text):
                aligned.pieces.remove(piece)
                aligned.log(name, f"the cell `{name}` stood there twice: one was kept")
        found[0].name = name
        if not same(found[0].source, text):
            _drop_parts(aligned, name)
            aligned.log(name, f"the cell `{name}` is not yours to change: it was put back as it was released")
            if found[0] not in aligned.pieces:
                continue
            aligned.spoiled.append(found[0].source)
            if _answers(aligned, found[0]):
                found[0].name = ""
                continue
        aligned.homes[name] = found[0]
        kind = found[0].cell.cell_type
        if kind != cell.cell_type and not found[0].cut_out:
            aligned.log(name, f"the cell `{name}` was turned into a {kind} cell: it was turned back")


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, plain(one).splitlines(), plain(other).splitlines()).ratio() >= ALIKE


def _answers(aligned: Aligned, piece: Piece) -> bool:
    return any(code_of(piece.source).binds & aligned.asked(name) for name in aligned.solutions("code"))


def _drop_parts(aligned: Aligned, name: str) -> None:
    """Remove cells that are together the text of a locked cell, which comes back whole."""
    wanted = _lines(aligned.stub(name))
    for first in range(len(aligned.pieces)):
        lines: list[str] = []
        for last in range(first, len(aligned.pieces)):
            if aligned.pieces[last].name not in ("", name):
                break
            lines += _lines(aligned.pieces[last].source)
            if lines == wanted:
                del aligned.pieces[first : last + 1]
                return
            if lines != wanted[: len(lines)]:
                break


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _find_code(aligned: Aligned, name: str) -> None:
    """Find a code answer: by its mark, else by the names that it defines."""
    asked = aligned.asked(name)
    found = [piece for piece in aligned.pieces if piece.name == name]
    if not found:
        found = [piece for piece in aligned.pieces if not piece.name and _defines(piece, asked)]
    runs: list[list[Piece]] = []
    for piece in found:
        if not any(piece in run for run in runs):
            runs.append(_run(aligned, name, piece))
    runs = _without_copies(aligned, name, runs)
    if not runs:
        return
    for piece in found:
        piece.name = ""
    fitting = [run for run in runs if code_of(_text(run)).binds & asked]
    main = fitting[0] if fitting else runs[0]
    others = [run for run in runs if run is not main]
    told = len(fitting) == 1 and all(_stands_beside(main, run) for run in others)
    if others and not told:
        reason = (
            f"the cell `{name}` stood there more than once, with different text: nobody can tell which one is meant"
        )
        aligned.doubt(name, reason, *map(_text, runs))
    main[0].name = name
    aligned.homes[name], aligned.texts[name] = main[0], _text(main)
    if len(main) > 1:
        aligned.pieces = [piece for piece in aligned.pieces if piece not in main[1:]]
        parts = "two" if len(main) == 2 else f"{len(main)} cells"
        aligned.log(name, f"the cell `{name}` was split into {parts}: they were joined")
    if not main[0].is_code:
        kind = main[0].cell.cell_type
        aligned.log(name, f"the cell `{name}` was turned into a {kind} cell: it was turned back into a code cell")
    if main[0].source in aligned.spoiled:
        aligned.doubt(name, f"the cell `{name}` was merged with a locked cell that was changed", _text(main))
    rest = _unclear_rest(aligned, name, main[0])
    if rest:
        aligned.doubt(name, f"a part of the cell `{name}` may stand in the cell after it", _text(main), *rest)


def _defines(piece: Piece, asked: frozenset[str]) -> bool:
    code = code_of(piece.source)
    return bool(code.binds & asked) and (piece.is_code or code.whole)


def _text(run: list[Piece]) -> str:
    return "\n".join(piece.source for piece in run)


def _stands_beside(main: list[Piece], run: list[Piece]) -> bool:
    """Whether a cell with the mark of another is a cell of its own: it does the same wherever it stands."""
    code = code_of(_text(run))
    return code.whole and code.commutes(code_of(_text(main)))


def _followers(aligned: Aligned, name: str, piece: Piece) -> list[Piece]:
    """The cells after a piece of a solution cell that may belong to it."""
    others = [aligned.asked(other) for other in aligned.solutions("code") if other != name]
    asked, stub = aligned.asked(name), aligned.stub(name)
    bound = code_of(piece.source).binds & asked
    found = []
    for other in aligned.pieces[aligned.pieces.index(piece) + 1 :]:
        code = code_of(other.source)
        marked = other.name == name and name != ""
        if not (marked or (other.is_code and not other.name)) or any(code.binds & theirs for theirs in others):
            break
        copy = same(other.source, piece.source) or same(other.source, stub) or code.binds & bound
        if copy or (marked and code.whole and not asked):
            break
        found.append(other)
    return found


def _run(aligned: Aligned, name: str, piece: Piece) -> list[Piece]:
    """A piece of a solution cell, and the cells after it without which it is not complete."""
    followers = _followers(aligned, name, piece)
    asked = aligned.asked(name)
    for count in range(len(followers) + 1):
        code = code_of(_text([piece, *followers[:count]]))
        missing = asked - code.binds
        rest = [code_of(other.source) for other in followers[count:]]
        marked = any(other.name == name for other in followers[count:])
        if code.whole and not marked and all(other.whole and not other.binds & missing for other in rest):
            return [piece, *followers[:count]]
    return [piece]


def _unclear_rest(aligned: Aligned, name: str, home: Piece) -> list[str]:
    """The texts after a solution cell of which it cannot be told whether they belong to it."""
    text = aligned.texts[name]
    place = aligned.pieces.index(home) + 1
    followers = _followers(aligned, name, home)
    whole = code_of(text).whole
    rest = [other.source for other in followers]
    codes = [code_of(other) for other in rest]
    if any(not code.whole for code in codes) or (not whole and any(code.binds for code in codes)):
        return [text for text in rest if text.strip()]
    after = aligned.pieces[place + len(rest) : place + len(rest) + 1]
    for other in after:
        if other.name or other.is_code or not other.source.strip():
            continue
        continues = not code_of(other.source).whole
        if continues and code_of(f"{text}\n{other.source}").whole:
            return [*rest, other.source]
    return []


def _without_copies(aligned: Aligned, name: str, runs: list[list[Piece]]) -> list[list[Piece]]:
    """The runs without those that have the text of another, or the released text if another has not."""
    stub = aligned.stub(name)
    kept = [run for run in runs if not same(_text(run), stub)] or runs[:1]
    different: list[list[Piece]] = []
    for run in kept:
        if not any(_lines(_text(run)) == _lines(_text(other)) for other in different):
            different.append(run)
    for run in runs:
        if run not in different:
            aligned.pieces = [piece for piece in aligned.pieces if piece not in run]
            aligned.log(name, f"the cell `{name}` stood there twice: one was kept")
    return different


def _miss_code(aligned: Aligned, name: str) -> None:
    """A code answer that no cell is: it stands in another one, or there is none."""
    asked = aligned.asked(name)
    words = re.compile("|".join(rf"\b{re.escape(each)}\b" for each in sorted(asked)) or r"(?!)")
    homes = {other: text for other, text in aligned.texts.items() if other in aligned.solutions("code")}
    holders = [other for other, text in homes.items() if code_of(text).binds & asked]
    unclear = [other for other, text in homes.items() if not code_of(text).whole and words.search(text)]
    unclear += [other for other in holders if not _gives(aligned, other, asked | aligned.asked(other))]
    # Something before its own definition that may fail, and take what was merged with it along.
    if not holders:
        unclear += [
            other
            for other, text in homes.items()
            if code_of(text).binds & aligned.asked(other) and not _gives(aligned, other, aligned.asked(other))
        ]
    aligned.texts[name] = "" if holders else aligned.stub(name)
    spoiled = [text for text in aligned.spoiled if code_of(text).binds & asked]
    texts = [each for each in aligned.solutions("markdown") if each != name]
    strange = [piece for piece in aligned.pieces if not piece.name or piece.name in texts]
    strange = [piece for piece in strange if _may_hold(piece, asked, words)]
    orphans = [piece.source for piece in strange]
    for piece in strange:
        if piece.name:
            aligned.doubt(piece.name, f"the cells `{name}` and `{piece.name}` may have been merged")
    if not asked:
        orphans = [
            piece.source for piece in aligned.pieces if not piece.name and piece.is_code and piece.source.strip()
        ]
    if unclear or spoiled or orphans or len(holders) > 1:
        reason = f"the cell `{name}` was missing, and its answer may stand in another cell"
        aligned.doubt(name, reason, *spoiled, *orphans)
        for other in {*unclear, *(holders if len(holders) > 1 else [])}:
            aligned.doubt(other, f"the cells `{name}` and `{other}` may have been merged", homes[other])
    elif holders:
        aligned.log(
            name, f"the cell `{name}` was merged into `{holders[0]}`: its answer is there, and it came back empty"
        )
    else:
        aligned.log(name, f"the cell `{name}` was missing: it was put back without an answer")


def _may_hold(piece: Piece, asked: frozenset[str], words: re.Pattern[str]) -> bool:
    code = code_of(piece.source)
    return bool(code.binds & asked) or (piece.is_code and not code.whole and bool(words.search(piece.source)))


def _gives(aligned: Aligned, name: str, names: frozenset[str]) -> bool:
    """Whether a solution cell is sure to define these names when it runs at its place."""
    code = code_of(aligned.texts[name])
    before = list(aligned.released)[: list(aligned.released).index(name)]
    there = BUILT_IN.union(*(code_of(aligned.stub(each)).binds for each in before if each not in aligned.texts))
    return code.whole and (names & code.binds) <= code.settled and code.first_needs <= there | code.settled


def _find_text(aligned: Aligned, name: str) -> None:
    """Find a written answer: by its mark, else by its place."""
    found = [piece for piece in aligned.pieces if piece.name == name]
    if not found:
        found = _at_the_place(aligned, name)
    runs = _without_copies(aligned, name, [[piece] for piece in found])
    if not runs:
        return
    home = runs[0][0]
    for piece in found:
        piece.name = ""
    home.name = name
    aligned.homes[name], aligned.texts[name] = home, home.source
    if len(runs) > 1:
        reason = (
            f"the answer `{name}` stood there more than once, with different text: nobody can tell which one is meant"
        )
        aligned.doubt(name, reason)
    if home.cell.cell_type != "markdown":
        kind = home.cell.cell_type
        aligned.log(name, f"the answer `{name}` was turned into a {kind} cell: it was turned back into text")


def _at_the_place(aligned: Aligned, name: str) -> list[Piece]:
    """The only cell between the neighbours of a written answer; with a reason if it cannot be told."""
    order = list(aligned.released)
    index = order.index(name)
    before, after = order[index - 1 : index], order[index + 1 : index + 2]
    sides = [each for each in (*before, *after) if each in aligned.homes]
    broken = [each for each in aligned.solutions("code") if not code_of(aligned.texts[each]).whole]
    if len(sides) < len(before) + len(after):
        for other in broken:
            aligned.doubt(other, f"the cells `{name}` and `{other}` may have been merged")
        aligned.doubt(name, f"the answer `{name}` was missing, and the cells around it were changed too")
        return _missing_text(aligned, name)
    first = aligned.pieces.index(aligned.homes[before[0]]) + 1 if before else 0
    last = aligned.pieces.index(aligned.homes[after[0]]) if after else len(aligned.pieces)
    between = [piece for piece in aligned.pieces[first:last] if piece.source.strip()]
    likely = [piece for piece in between if not piece.is_code or not code_of(piece.source).whole]
    if len(between) == len(likely) == 1 and not between[0].name:
        return between
    written = [each for each in sides if each in aligned.texts]
    spoiled = any(not same(aligned.homes[each].source, aligned.stub(each)) for each in sides if each not in written)
    strange = any(
        not piece.name
        and piece.source.strip()
        and (piece.cut_out or not piece.is_code or not code_of(piece.source).whole)
        for piece in aligned.pieces
    )
    beside = [each for each in written if each in aligned.solutions("markdown")]
    if between or spoiled or strange or broken or beside:
        reason = f"the answer `{name}` was missing, and what it was may stand in another cell"
        aligned.doubt(name, reason)
        for other in beside + broken:
            aligned.doubt(other, f"the cells `{name}` and `{other}` may have been merged")
    else:
        aligned.log(name, f"the answer `{name}` was missing: it was put back without an answer")
    return _missing_text(aligned, name)


def _missing_text(aligned: Aligned, name: str) -> list[Piece]:
    aligned.texts[name] = aligned.stub(name)
    return []
