"""A browser in which people use the hub: JupyterLab, nbgrader's extensions and the formgrader, with clicks and keys.

Say ``pytest_plugins = ["lab"]`` to use its fixtures. (PYTEST_DONT_REWRITE: tests import it too.)
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT
from local_hub import LocalHub
from playwright.sync_api import Browser, FrameLocator, Locator, Page, TimeoutError, expect, sync_playwright

# What each step looked like, for people to see.
PICTURES = Path(os.environ.get("COHORT_PICTURES", ROOT / "_build" / "pictures" / "hub"))
# The number of a cell that ran.
RAN = re.compile(r"\[\d+\]")
# Milliseconds that a step may take on a machine that does other work too.
PATIENCE = 90_000


@pytest.fixture(scope="module")
def chromium(browser_path: str) -> Iterator[Browser]:
    """Chromium, which reaches this machine only."""
    expect.set_options(timeout=PATIENCE)
    alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", alone])
        yield opened
        opened.close()


class Desk:
    """One user's window of the browser, with cookies of its own.

    Attributes
    ----------
    page : Page
        The window.
    asked : set of str
        The addresses that it asked for beyond the hub.
    """

    def __init__(self, chromium: Browser, hub: LocalHub, user: str) -> None:
        self.hub, self.user, self.asked = hub, user, set()
        self.context = chromium.new_context(viewport={"width": 1280, "height": 800})
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", lambda request: self._note(request.url))
        self.page: Page = self.context.new_page()

    def _note(self, url: str) -> None:
        if not url.startswith((self.hub.url, "data:", "blob:")):
            self.asked.add(url)

    def picture(self, step: str) -> None:
        """Keep what the window shows."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{step}.png", animations="disabled", caret="hide")

    # The hub and JupyterLab

    def login_page(self) -> Desk:
        """Open the login page, and fill it in."""
        self.page.goto(self.hub.url)
        self.page.get_by_label("Username").fill(self.user)
        self.page.get_by_label("Password").fill(self.hub.passwords[self.user])
        return self

    def sign_in(self) -> Desk:
        """Send the form; the user's server starts then."""
        self.page.get_by_role("button", name="Sign in").click()
        return self

    def enter(self) -> Desk:
        """Wait for JupyterLab."""
        self.page.locator(".jp-Launcher").wait_for()
        return self

    def menu(self, *names: str) -> None:
        """Choose from the menus."""
        for name in names:
            self.page.get_by_role("menuitem", name=name, exact=True).click()

    def tab(self, name: str) -> None:
        """Bring a tab of JupyterLab to the front."""
        self.page.get_by_role("tab", name=name).click()

    def dialog(self) -> Locator:
        """JupyterLab's dialog, once it is open."""
        opened = self.page.get_by_role("dialog")
        opened.wait_for()
        return opened

    def say_ok(self) -> None:
        """Close JupyterLab's dialog."""
        self.dialog().get_by_role("button", name="OK").click()
        self.page.get_by_role("dialog").wait_for(state="detached")

    # nbgrader's list of assignments

    def listed(self, state: str, assignment: str) -> Locator:
        """An assignment among those released, fetched or submitted."""
        return self.page.locator(f"#{state}_assignments_list > .list_item", has_text=assignment)

    def refresh(self) -> None:
        """Bring the list to the front, and up to date."""
        self.tab("Assignments")
        self.page.locator("#refresh_assignments_list").click()

    def fetch(self, assignment: str) -> None:
        """Press Fetch, until it is fetched."""
        self.listed("released", assignment).get_by_role("button", name="Fetch").click()
        self.listed("fetched", assignment).get_by_role("button", name="Submit").wait_for()

    def submit(self, assignment: str) -> None:
        """Press Submit."""
        self.listed("fetched", assignment).get_by_role("button", name="Submit").click()

    def fetch_feedback(self, assignment: str) -> None:
        """Press Fetch Feedback, until a link leads to it."""
        submitted = self.listed("submitted", assignment)
        submitted.get_by_role("button", name="Fetch Feedback").click()
        submitted.get_by_text("(view feedback)").wait_for()

    def attempts(self, assignment: str) -> Locator:
        """The lines of what was submitted, one an attempt."""
        return self.listed("submitted", assignment).locator(".nested_list_item")

    def open(self, assignment: str) -> None:
        """Open the notebook of a fetched assignment; its first cell ran then."""
        fetched = self.listed("fetched", assignment)
        fetched.locator(".assignment-notebooks-link").click()
        fetched.get_by_role("link", name=assignment).click()
        self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        # A cell that is run before the kernel is reached is dropped without a word; people press again then.
        first = self.page.locator(".jp-CodeCell").first
        first.locator(".cm-content").click()
        ran = first.locator(".jp-InputPrompt", has_text=RAN)
        for _ in range(PATIENCE // 5_000):
            self.page.keyboard.press("Control+Enter")
            with suppress(TimeoutError):
                return ran.wait_for(timeout=5_000)
        raise AssertionError("the kernel runs nothing")

    # A notebook

    def cell(self, text: str) -> Locator:
        """The cell in which this stands."""
        return self.page.locator(".jp-Notebook-cell", has_text=text)

    def write(self, text: str, answer: str) -> None:
        """Put an answer in the place of what a cell says."""
        cell = self.cell(text).first
        if cell.locator(".jp-RenderedMarkdown").is_visible():
            cell.dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(answer)

    def run(self, text: str) -> Locator:
        """Run one cell, until it has its next number."""
        cell = self.cell(text)
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        prompt.filter(has_not_text=before).filter(has_text=RAN).wait_for()
        return cell

    def run_all(self, last: str) -> None:
        """Run all cells, until the last has its number."""
        self.menu("Run", "Run All Cells")
        self.cell(last).locator(".jp-InputPrompt", has_text=RAN).wait_for()

    def save(self) -> None:
        """Press Ctrl+S, until it is saved."""
        self.page.keyboard.press("Control+S")
        self.page.locator(".jp-mod-current.jp-mod-dirty").wait_for(state="detached")

    def validate(self) -> str:
        """Press Validate; what the dialog answers, which stays open."""
        self.page.get_by_role("button", name="Validate").click()
        return self.dialog().inner_text()


class Formgrader:
    """nbgrader's formgrader, in its tab of the instructor's JupyterLab."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.menu("Nbgrader", "Formgrader")
        desk.page.keyboard.press("Control+B")  # without the list of files there is room for its columns
        self.frame: FrameLocator = desk.page.frame_locator("#formgrader-iframe iframe")

    def row(self, name: str) -> Locator:
        """The line of an assignment, a notebook or a student."""
        return self.frame.locator("tbody tr", has=self.frame.get_by_text(name, exact=True))

    def go(self, *links: str) -> None:
        """Follow links, one after the other."""
        for link in links:
            self.frame.locator("html").evaluate("page => page.id = 'left'")
            self.frame.get_by_role("link", name=link, exact=True).click()
            self.frame.locator("html:not(#left)").wait_for()

    def press(self, name: str, button: str) -> str:
        """Press a button of a line, and close what it answers; the answer."""
        self.click(name, button)
        return self.answer()

    def click(self, name: str, button: str) -> None:
        """Press a button of a line, and do not wait."""
        self.row(name).locator(f"td.{button} a").click()

    def answer(self) -> str:
        """What was answered, once it is closed."""
        answer = self.frame.locator(".modal.in")
        text = answer.locator(".modal-body p").inner_text()
        answer.get_by_role("button", name="OK").click()
        self.frame.locator(".modal-backdrop").wait_for(state="detached")
        return text

    def names(self) -> None:
        """Show who submitted what, once that is listed."""
        self.frame.locator("td.name").first.wait_for()
        self.frame.get_by_role("button", name="Show All Names").click()

    def grade(self, cell: str, points: float) -> None:
        """Give points to a written answer, once the page has those that were given before."""
        self.frame.locator(f"#{cell}_extra_credit[placeholder]").wait_for()
        self._fill(f"#{cell}", str(points), "grade")

    def comment(self, cell: str, text: str) -> None:
        """Say something about an answer."""
        self._fill(f"#{cell}-comment[placeholder]", text, "comment")

    def _fill(self, field: str, text: str, kind: str) -> None:
        field = self.frame.locator(field)
        with self.desk.page.expect_response(lambda answer: f"/formgrader/api/{kind}/" in answer.url) as saved:
            field.fill(text)
            field.blur()
        assert saved.value.ok
