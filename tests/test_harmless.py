"""What students hand in does nothing in the formgrader, in a real browser; what is harmless is shown."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from cohort.grading.course_directory import open_gradebook
from cohort.harmless import Harmless, clean

pytest_plugins = ["formgrader"]

ACT = "(window.acted ||= []).push('{}')"


def script(name: str) -> str:
    return f"<script>{ACT.format(name)}</script>"


def picture(name: str) -> str:
    return f"<img src='x:' onerror=\"{ACT.format(name)}\">"


MARKDOWN = {
    "script": script("script"),
    "handler": picture("handler"),
    "drawing": f'<svg onload="{ACT.format("drawing")}"></svg>',
    "frame": "<iframe srcdoc=\"<script>(parent.acted ||= []).push('frame')</script>\"></iframe>",
    "late": f'<details open ontoggle="{ACT.format("late")}">x</details>',
    "missing attachment": "![x](attachment:none.png)" + script("missing attachment"),
    "code": f"```html\n</code></pre>{script('code')}\n```",
    "attachment": f'![" onerror="{ACT.format("attachment")}](attachment:picture.png)',
}
OUTPUTS = {
    "html": {"text/html": script("html") + picture("html")},
    "javascript": {"application/javascript": ACT.format("javascript")},
    "widget": {"application/vnd.jupyter.widget-view+json": {"model_id": f"</script>{script('widget')}"}},
    "said in Markdown": {"text/markdown": script("said in Markdown")},
    "vector": {"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'>{script('vector')}</svg>"},
    "picture": {"image/png": f'"><img src=x onerror="{ACT.format("picture")}">'},
    "formula": {"text/latex": script("formula")},
}
# nbgrader itself lets these through to the page's template.
METADATA = {
    "size": {"image/png": {"width": "1 onerror=" + ACT.format("size").replace(" ", "")}},
    "isolated": {"text/html": {"isolated": True}},
}
TABLE = "<table class='dataframe'><thead><tr><th>year</th></tr></thead><tr><td>1995</td></tr></table>"


def evil_notebook(root) -> nbformat.NotebookNode:
    """The notebook of a student, with everything in it that a page could execute."""
    notebook = nbformat.read(root / "release/tiny/tiny.ipynb", as_version=4)
    for name, text in MARKDOWN.items():
        notebook.cells.append(new_markdown_cell(text))
        if name == "attachment":
            notebook.cells[-1].attachments = {"picture.png": {"text/html": script(name)}}
    outputs = [new_output("display_data", data=data) for data in OUTPUTS.values()]
    png = {"image/png": "AAAA", "text/html": script("isolated")}
    outputs += [new_output("display_data", data=png, metadata=about) for about in METADATA.values()]
    notebook.cells.append(new_code_cell("1", outputs=outputs, execution_count=1))
    table = new_code_cell("2", outputs=[new_output("display_data", data={"text/html": TABLE})])
    table.metadata = {"tags": [f'">{picture("tag")}'], "magics_language": f'">{picture("magic")}'}
    named = new_code_cell("3")
    named.metadata["nbgrader"] = notebook.cells[1].metadata["nbgrader"] | {"grade_id": f'">{picture("grade id")}'}
    notebook.cells += [table, named, new_markdown_cell("Shown: *all* that is **harmless**, [a page](https://x.org).")]
    notebook.metadata |= {"title": script("title"), "language_info": {"name": f'">{picture("language")}'}}
    state = {"x": f"</script>{script('state')}"}
    notebook.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"state": state}}
    return notebook


@pytest.fixture
def evil(released, formgrader):
    """The address of the formgrader's page of a submission that attacks it, and its server's address."""
    graded = released / "autograded/ada/tiny"
    graded.mkdir(parents=True)
    nbformat.write(evil_notebook(released), graded / "tiny.ipynb")
    (graded / "evil.html").write_text(script("file"))
    with open_gradebook() as gradebook:
        gradebook.add_student("ada", first_name=picture("first"), last_name=picture("last"))
        gradebook.add_submission("tiny", "ada")
    (submission,) = formgrader.ask("/api/submitted_notebooks/tiny/tiny")
    return f"{formgrader.url}/submissions/{submission['id']}/"


def test_nothing_of_a_student_s_acts_in_the_formgrader(evil, browser):
    page = browser.new_context(extra_http_headers={"Authorization": "token secret"}).new_page()
    page.goto(evil, wait_until="load")
    page.locator(".comment").first.wait_for()
    assert page.evaluate("window.acted || []") == []
    page.get_by_text("harmless").wait_for()
    assert page.locator("#notebook td").inner_text() == "1995"
    assert page.locator("#notebook a[href='https://x.org']").count() == 1
    page.goto(evil + "evil.html", wait_until="load")
    assert page.evaluate("window.acted || []") == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("<a href='javascript:alert(1)'>x</a>", "<a>x</a>"),
        ("<a href='java&#9;script:alert(1)'>x</a>", "<a>x</a>"),
        ("<a href='data:text/html,x'>x</a>", "<a>x</a>"),
        ("<a href='/hub/logout'>x</a>", "<a>x</a>"),
        ("<img src='https://x.org/seen.png' alt='x'>", '<img alt="x">'),
        ("<img src='data:image/png;base64,AAAA' width='3'>", '<img src="data:image/png;base64,AAAA" width="3">'),
        ("<form action='/x'><input name='y'><button class='full-credit'>z</button></form>", "z"),
        ("<p class='score' id='x' style='position:fixed' data-link='/x'>y</p>", "<p>y</p>"),
        ("<table><tr><th scope='col'>y", '<table><tbody><tr><th scope="col">y</th></tr></tbody></table>'),
        ("<base href='//x.org'><meta http-equiv='refresh' content='0'>", ""),
    ],
)
def test_only_what_is_known_to_be_harmless_is_left(given, shown):
    assert clean(given) == shown


def test_a_cell_keeps_what_the_page_needs(released):
    notebook = nbformat.read(released / "release/tiny/tiny.ipynb", as_version=4)
    shown, _ = Harmless().preprocess(notebook, {})
    assert [cell.source for cell in shown.cells] == [cell.source for cell in notebook.cells]
    marks = [cell.metadata.get("nbgrader") for cell in notebook.cells]
    assert [cell.metadata.get("nbgrader") for cell in shown.cells] == marks
