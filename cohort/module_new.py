"""Makes a new module: lesson, assignment, answers and chapter, as a small example that passes every check."""

from __future__ import annotations

import keyword
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from string import Template
from textwrap import indent

import yaml
from nbgrader.converters import GenerateAssignment

from cohort import places, tree
from cohort.course import Cohort, Course, load_cohort, load_course
from cohort.errors import CourseError, full_disk, must_exist
from cohort.files import whole_file
from cohort.grading.course_directory import course_directory, nbgrader_config, nbgrader_log
from cohort.notebooks import read_notebook, set_parameters, write_notebook
from cohort.yamltext import insert

TEMPLATE = Path(__file__).with_name("module_template")
# A module's folders, and what lies in each.
PARTS = {
    "notebooks": "Lesson",
    "source": "Assignment",
    "answers": "Answers",
    "release": "Release",
    "book": "Chapter and notes",
}
NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
# What the book's build puts beside the modules.
TAKEN = ("credits", "datasets", "node_modules")
# Signs with a meaning in Markdown or in the template.
MARKUP = re.compile(r"[\\`*_\[\]{}<>|$\x00-\x1f\x7f]")
# A row of the syllabus for a module that is planned.
PLANNED = re.compile(r"^\| (?P<code>[A-Z]\d+) \| (?P<title>[^|]+?) \|.*\n", re.MULTILINE)
# The part of the book that the facilitator's notes come into, before its other pages.
INSTRUCTORS = "For instructors"


@dataclass(frozen=True)
class New:
    """A module that was made: its name and code, its folders, and the files that list it."""

    name: str
    code: str
    parts: dict[Path, str]
    changed: list[Path]


def new(
    name: str, track: str | None = None, title: str | None = None, code: str | None = None, question: str | None = None
) -> New:
    """Make the module `name`, listed last in ``course.yml``, with all its parts.

    The parts are a working example for an author to replace: a lesson that runs for every place, an
    assignment with its release and a bank of answers, a chapter and facilitator's notes. Each place pack
    gets a scenario. Comments and layout of the files stay as they are. On any error nothing changes.

    Parameters
    ----------
    name : str
        Lower-case letters, digits and underscores.
    track : str, optional
        The track's letter; not needed with `code`.
    title : str, optional
        Without it, the one that the syllabus plans for the code, else the name.
    code : str, optional
        Such as ``A7``; the next one that is neither used nor planned without it. If it is planned,
        its row leaves the plan.
    question : str, optional
        What the module answers.

    Raises
    ------
    CourseError
        If the name, code or title cannot be used, something of that name exists, or a file that must list the
        module is not laid out as usual; the message names it and the mend.
    """
    course, cohort = load_course(), load_cohort("demo")
    syllabus = _read(tree.root() / "book" / "syllabus.md")
    planned = {row["code"]: row["title"] for row in PLANNED.finditer(syllabus)}
    _refuse_name(name, course)
    code = _code(course, track, code, planned)
    words = {
        "name": name,
        "code": code,
        "title": _plain(planned.get(code, name.replace("_", " ").capitalize()) if title is None else title, "title"),
        "question": _plain("How many people came each week?" if question is None else question, "question"),
    }
    texts = _listed(course, words, syllabus)
    build = tree.root() / "_build"
    try:
        build.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=build, prefix=f"{name}-") as beside:
            _write_parts(Path(beside), words, cohort)
            _generate_release(Path(beside), name)
            _put(Path(beside), _folders(name), texts)
    except OSError as error:
        raise full_disk(error) or error from error
    return New(name, code, {path: PARTS[path.parts[0]] for path in _folders(name)}, list(texts))


def _refuse_name(name: str, course: Course) -> None:
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise CourseError(
            f"{name!r} cannot name a module: use 2 to 40 lower-case letters, digits and underscores, a letter first, "
            "and no word of Python's own"
        )
    if name in {module.name for module in course.modules}:
        raise CourseError(f"course.yml has a module {name} already: choose another name")
    if name in TAKEN:
        raise CourseError(f"book/{name} is not a module's: choose another name")
    for path in [*_folders(name), Path("book", f"{name}.md")]:
        if (tree.root() / path).exists():
            raise CourseError(f"{path} exists already: choose another name, or move it away")


def _folders(name: str) -> list[Path]:
    return [Path(parent, name) for parent in PARTS]


def _code(course: Course, track: str | None, code: str | None, planned: Mapping[str, str]) -> str:
    """The code that is asked for, or the next one of the track."""
    tracks = [each.id for each in course.tracks]
    letter = code[:1] if code else track
    if letter not in tracks:
        raise CourseError(
            f"there is no track {letter}: choose one of {', '.join(tracks)}"
            if letter
            else f"say which track the module belongs to: --track {' or --track '.join(tracks)}"
        )
    if track not in (None, letter):
        raise CourseError(f"the code {code} belongs to track {letter}, not to {track}: leave one of the two out")
    used = {module.code for module in course.modules}
    if code is None:
        numbers = [int(each[1:]) for each in used | set(planned) if each[0] == letter]
        return f"{letter}{max(numbers, default=0) + 1}"
    if not re.fullmatch(r"[A-Z][1-9]\d?", code):
        raise CourseError(f"{code!r} is no code: it is a track's letter and a number, such as {letter}7")
    if code in used:
        raise CourseError(f"course.yml has a module with the code {code} already: choose another, or leave it out")
    return code


def _plain(text: str, what: str) -> str:
    """`text` without spaces around it, if it can stand in a heading."""
    if not text.strip() or len(text) > 100 or MARKUP.search(text):
        raise CourseError(f"the {what} {text!r} must be plain words on one line, at most 100 letters, without markup")
    return text.strip()


def _listed(course: Course, words: dict[str, str], syllabus: str) -> dict[Path, str]:
    """The new texts of the files that list modules; ``course.yml`` last, since it makes the module one."""
    root, name, code = tree.root(), words["name"], words["code"]
    contents = root / "book" / "_toc.yml"
    texts = {contents: _with(contents, lambda text: _in_contents(text, course, words))}
    for path in [root / "places" / f"{place}.yml" for place in places.codes()]:
        about = words | {"place": places.load_place(path.stem).name}
        if name not in places.load_place(path.stem).scenarios:
            item = _filled("scenario.yml", about)
            texts[path] = _with(path, lambda text, item=item: insert(text, ["scenarios"], item))
    unplanned = PLANNED.sub(lambda row: "" if row["code"] == code else row[0], syllabus)
    if unplanned != syllabus:
        texts[root / "book" / "syllabus.md"] = unplanned
    quoted = {f"yaml_{key}": _quoted(words[key]) for key in ("title", "question")}
    listed = root / "course.yml"
    texts[listed] = _with(listed, lambda text: insert(text, ["modules"], _filled("course.yml", words | quoted)))
    return texts


def _in_contents(text: str, course: Course, words: dict[str, str]) -> str:
    """The book's table of contents with the chapter in its track's part, and the notes with those of others."""
    titles = [track.title for track in course.tracks]
    place = [track.id for track in course.tracks].index(words["code"][0])
    captions = [part.get("caption") for part in yaml.safe_load(text)["parts"]]
    if INSTRUCTORS not in captions:
        raise ValueError(f"it has no part {INSTRUCTORS!r}")
    item = _filled("contents.yml", words)
    if titles[place] in captions:
        text = insert(text, ["parts", captions.index(titles[place]), "chapters"], item)
    else:
        before = [captions.index(title) for title in titles[:place] if title in captions]
        part = f"- caption: {_quoted(titles[place])}\n  chapters:\n{indent(item, '    ')}"
        text = insert(text, ["parts"], part, max(before, default=0) + 1)
    parts = yaml.safe_load(text)["parts"]
    number = next(number for number, part in enumerate(parts) if part["caption"] == INSTRUCTORS)
    notes = sum(page["file"].endswith("/facilitator") for page in parts[number]["chapters"])
    return insert(text, ["parts", number, "chapters"], f"- file: {words['name']}/facilitator\n", notes)


def _with(path: Path, change: Callable[[str], str]) -> str:
    """The text of a file, changed; an error names the file."""
    try:
        return change(_read(path))
    except ValueError as error:
        raise CourseError(f"{path}: {error}: restore its layout, or add the module by hand") from error
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(f"{path}: it cannot be read as the list that it should be: restore it from git") from error


def _read(path: Path) -> str:
    try:
        return must_exist(path, "run the command in a checkout of the course").read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CourseError(f"{path}: not UTF-8 text: save the file as UTF-8") from error


def _quoted(text: str) -> str:
    """`text` as a YAML value on one line."""
    return yaml.safe_dump(text, allow_unicode=True, width=1000).removesuffix("...\n").strip()


def _filled(part: str, words: Mapping[str, str]) -> str:
    return Template((TEMPLATE / part).read_text(encoding="utf-8")).substitute(words)


def _write_parts(folder: Path, words: dict[str, str], cohort: Cohort) -> None:
    """Write all that authors edit below `folder`, where it will stand in the tree."""
    name = words["name"]
    for part, parent in (("lesson", "notebooks"), ("assignment", "source")):
        notebook = read_notebook(TEMPLATE / f"{part}.ipynb", "install the package again")
        for cell in notebook.cells:
            cell.source = Template(cell.source).substitute(words)
        set_parameters(notebook, {"place": cohort.place, "seed": cohort.seed}, TEMPLATE / f"{part}.ipynb")
        write_notebook(notebook, folder / parent / name / f"{name}.ipynb")
    shutil.copytree(TEMPLATE / "answers", folder / "answers" / name)
    (folder / "book" / name).mkdir(parents=True)
    for page in ("chapter.md", "facilitator.md"):
        (folder / "book" / name / page).write_text(_filled(page, words), encoding="utf-8")


def _generate_release(folder: Path, name: str) -> None:
    """Let nbgrader make the release below `folder`; ``cohort release`` will enter it in the gradebook."""
    config = nbgrader_config()
    config.CourseDirectory.root = str(folder)
    config.SaveCells.enabled = False
    with nbgrader_log() as log:
        directory = course_directory(name, ".", config)
        GenerateAssignment(coursedir=directory, config=config, no_database=True, log=log).start()


def _put(beside: Path, folders: list[Path], texts: dict[Path, str]) -> None:
    """Move the folders into the tree and write the texts; on any error, take all of it back."""
    moved: list[Path] = []
    before: dict[Path, bytes] = {}
    try:
        for folder in folders:
            target = tree.root() / folder
            target.parent.mkdir(exist_ok=True)
            (beside / folder).rename(target)
            moved.append(target)
        for path, text in texts.items():
            before[path] = path.read_bytes()
            with whole_file(path) as target:
                target.write_text(text, encoding="utf-8")
    except BaseException:
        for target in moved:
            shutil.rmtree(target, ignore_errors=True)
        for path, content in before.items():
            with suppress(OSError):
                path.write_bytes(content)
        raise
