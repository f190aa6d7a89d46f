"""The feedback page: nbgrader's feedback as one light, accessible file that needs no network, and proven not to leak.

``nbgrader_config.py`` plugs it in, so ``cohort feedback``, ``nbgrader generate_feedback`` and the
formgrader's button write the same page.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from cohort import scan
from cohort.course import cohort_folder, load_course
from cohort.errors import CourseError

TEMPLATES = Path(__file__).parent / "templates"
# Best first; widgets and scripts are left out, as a page without scripts cannot show them.
SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]
# What runs, loads, or would change the look of the page around it.
ACTIVE = ("script", "style", "link", "meta", "base", "iframe", "object", "embed", "form", "input", "button", "textarea",
          "select", "video", "audio", "dialog")  # fmt: skip
# The page's own headings are of level 1 and 2.
OWN_LEVELS = 2


class FeedbackExporter(HTMLExporter):
    """nbconvert's HTML exporter with the template ``verdicts``, and a scan of each page."""

    @property
    def default_config(self) -> Config:
        """nbconvert's own, and where the template is."""
        config = super().default_config
        config.FeedbackExporter.template_name = "verdicts"
        config.FeedbackExporter.extra_template_basedirs = [str(TEMPLATES)]
        config.FeedbackExporter.exclude_anchor_links = True
        config.FeedbackExporter.preprocessors = []  # the formgrader's would drop the verdicts; this page runs nothing
        config.NbConvertBase.display_data_priority = SHOWN
        return config

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a submission.

        Raises
        ------
        CourseError
            If the page, or a file beside the submission, shows a secret of the assignment's source.
        """
        self.language_code = load_course().language[:2]
        html, resources = super().from_notebook_node(nb, resources, **kw)
        page = BeautifulSoup(html, "html.parser")
        tidy(page)
        about = resources["nbgrader"]
        for leak in leaks(page, resources):
            raise CourseError(
                f"{about['notebook']}.html for {about['student']}: {leak}: no feedback was written; "
                "mend the check, or look at what the submission shows"
            )
        return str(page), resources


def tidy(page: BeautifulSoup) -> None:
    """Make what came from a notebook safe and accessible, in place."""
    for comment in page.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in page.body.find_all(ACTIVE):
        tag.decompose()
    for tag in page.body.find_all(True):
        for name in [name for name in tag.attrs if name.lower().startswith("on")]:
            del tag[name]
    notebook = page.find(id="notebook")
    _put_headings_in_order(notebook)
    for table in notebook.find_all("table"):
        _name_headers(table)
        _make_scrollable(table.wrap(page.new_tag("div")), "Table")
    for text in notebook.find_all("pre"):
        _make_scrollable(text, "Output" if text.find_parent(class_="output") else "Code")


def leaks(page: BeautifulSoup, resources: dict[str, Any]) -> Iterator[str]:
    """What a page, and the files that nbgrader copies to it, show of the assignment's secrets, one sentence each.

    What the grader wrote is scanned for lines and values; the student's cells and outputs, comments
    and files for lines. What the student handed in is the student's own.
    """
    about = resources["nbgrader"]
    hidden = _secrets(cohort_folder() / "source" / about["assignment"])
    own = handed_in(cohort_folder() / "submitted" / about["student"] / about["assignment"])
    for row in resources["feedback"]["rows"]:
        written = "\n".join((row.asked, row.message, *row.awards))
        yield from (f"the row of {row.name} shows {leak}" for leak in hidden.values_in(written, own))
    for repair in resources["feedback"]["repairs"]:
        yield from (f"a repair shows {leak}" for leak in hidden.values_in(repair, own))
    yield from (f"the page shows {leak}" for leak in hidden.lines_in(_text(page), own))
    folder = Path(resources["metadata"]["path"])
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb":
            text = path.read_text(encoding="utf-8", errors="replace")
            yield from (f"{path.relative_to(folder)} shows {leak}" for leak in hidden.lines_in(text, own))


def handed_in(folder: Path) -> str:
    """The text of all that a student handed in."""
    texts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            text = path.read_text(encoding="utf-8", errors="replace")
            try:
                texts += scan.strings(json.loads(text))
            except (ValueError, RecursionError):
                texts.append(text)
    return "\n".join(texts)


def _secrets(source: Path) -> scan.Secrets:
    stamp = tuple((path, path.stat().st_mtime_ns) for path in sorted(source.glob("*.ipynb")))
    return _read_secrets(source, stamp)


@functools.lru_cache(maxsize=1)
def _read_secrets(source: Path, stamp: tuple[tuple[Path, int], ...]) -> scan.Secrets:
    """The secrets, read again only where a notebook changed."""
    return scan.read_secrets(source)


def _text(page: BeautifulSoup) -> str:
    """All that a reader of the page can come to see: its text, and what its attributes say."""
    values = [value for tag in page.find_all(True) for value in tag.attrs.values() if isinstance(value, str)]
    return "\n".join([page.get_text(), *(value for value in values if not value.startswith("data:"))])


def _put_headings_in_order(notebook: Tag) -> None:
    """Let the notebook's headings follow those of the page, without a level left out."""
    before = OWN_LEVELS
    for heading in notebook.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]):
        before = min(int(heading.name[1]) + OWN_LEVELS, before + 1, 6)
        heading.name = f"h{before}"


def _name_headers(table: Tag) -> None:
    for header in table.find_all("th"):
        if not header.get_text(strip=True):
            header.name = "td"
        elif not header.has_attr("scope"):
            header["scope"] = "col" if header.find_parent("thead") else "row"


def _make_scrollable(tag: Tag, label: str) -> None:
    """Let the keyboard scroll what can be wider than the page."""
    tag.attrs |= {"class": [*tag.get("class", []), "scroll"], "tabindex": "0", "role": "group", "aria-label": label}
