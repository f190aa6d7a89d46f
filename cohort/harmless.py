"""Submissions as a page may show them to an instructor: without anything of a student's that acts in the browser.

nbgrader's formgrader puts a submission into a page that has the instructor's rights, as the student left it: with the
scripts in its Markdown and HTML, and with metadata that the page's template writes into attributes. Here only what is
known to be harmless passes. ``nbgrader_config.py`` plugs it in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import bleach
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode, from_dict, v4
from tornado.web import StaticFileHandler

TABLE = ("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td")
TEXT = ("p", "br", "hr", "div", "span", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "sub", "sup", "del", "s", "u",
        "small", "dl", "dt", "dd", "details", "summary", "figure", "figcaption", "img")  # fmt: skip
TAGS = {*bleach.ALLOWED_TAGS, *TABLE, *TEXT}
ATTRIBUTES = {
    "*": ["lang", "dir", "title"],
    "a": lambda _, name, value: name == "href" and value.startswith(LINK),
    # A picture lies in the notebook. One from elsewhere would tell who looks at it, and when.
    "img": lambda _, name, value: name in ("alt", "width", "height") or (name == "src" and value.startswith(PICTURE)),
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
    "ol": ["start"],
}
LINK = ("https://", "http://", "mailto:", "#")
PICTURE = ("data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/svg+xml;")
PROTOCOLS = {"http", "https", "mailto", "data"}

# Kinds of output that nbconvert shows as text or as a picture, or that are cleaned here.
SHOWN = ("text/html", "text/markdown", "text/latex", "text/plain", "image/svg+xml", "image/png", "image/jpeg")
# What stands in the page's own attributes and scripts.
NAME = re.compile(r"[\w.+-]+")


def clean(text: str) -> str:
    """HTML without scripts, forms, frames, styles, classes, ids, or attributes that act."""
    return bleach.clean(text, tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)


@pass_context
def markdown(context: Context, source: str) -> str:
    """A filter of nbconvert: Markdown as harmless HTML, with the attachments of its cell."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    try:
        return clean(MarkdownWithMath(renderer=renderer).render(source))
    except InvalidNotebook:  # it names an attachment that is not there
        return f"<pre>{html.escape(source)}</pre>"


class Harmless(Preprocessor):
    """Makes the notebook anew from those parts of a submission that a page can show without harm."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook to show; names of people, which come from elsewhere, are escaped for HTML."""
        for name in ("student", "first_name", "last_name"):
            if resources.get(name):
                resources[name] = html.escape(resources[name])
        shown = v4.new_notebook(cells=[_cell(cell) for cell in nb.cells if cell.get("cell_type") in _NEW])
        language = str(nb.metadata.get("language_info", {}).get("name"))
        shown.metadata = from_dict({"language_info": {"name": language if NAME.fullmatch(language) else "python"}})
        return shown, resources


def sandboxed(handler: StaticFileHandler, path: str) -> None:
    """The headers of a file that lies beside a submission: a page opens without scripts and without rights."""
    handler.set_header("Content-Security-Policy", "sandbox; frame-ancestors 'self'")


_NEW = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}


def _cell(cell: NotebookNode) -> NotebookNode:
    shown = _NEW[cell.cell_type](str(cell.source), metadata=dict(_marks(cell)))
    if cell.cell_type == "code":
        shown.execution_count = cell.execution_count if isinstance(cell.get("execution_count"), int) else None
        shown.outputs = [output for each in cell.outputs for output in _output(each)]
    elif "attachments" in cell:
        shown.attachments = cell.attachments
    return shown


def _marks(cell: NotebookNode) -> Iterator[tuple[str, dict]]:
    """nbgrader's metadata, which the page needs for points and comments."""
    marks = cell.metadata.get("nbgrader", {})
    if NAME.fullmatch(str(marks.get("grade_id", ""))) and isinstance(marks.get("points", 0), int | float):
        yield "nbgrader", marks


def _output(output: NotebookNode) -> Iterator[NotebookNode]:
    kind = output.get("output_type")
    if kind == "stream":
        yield v4.new_output("stream", name="stderr" if output.name == "stderr" else "stdout", text=str(output.text))
    elif kind == "error":
        yield v4.new_output("error", traceback=[str(line) for line in output.traceback])
    elif kind in ("display_data", "execute_result"):
        data = {type: output.data[type] for type in SHOWN if isinstance(output.data.get(type), str)}
        if "text/html" in data:
            data["text/html"] = clean(data["text/html"])
        yield v4.new_output("display_data", data=data, metadata={type: dict(_size(output, type)) for type in data})


def _size(output: NotebookNode, type: str) -> Iterator[tuple[str, object]]:
    """How large a picture is shown, and the text in its place."""
    about = output.get("metadata", {})
    about = about.get(type) if isinstance(about.get(type), dict) else about
    for name, kind in (("width", int), ("height", int), ("alt", str)):
        if isinstance(about.get(name), kind):
            yield name, about[name]
