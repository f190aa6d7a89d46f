"""nbgrader's exchange classes for the service; nbgrader's own code does all that is not about a folder.

They are plugged in by ``c.ExchangeFactory``: `plug_in` does it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from itertools import groupby
from pathlib import Path
from typing import Any

from nbgrader.exchange import default
from traitlets.config import Config

from cohort.exchange_service.client import HubExchange
from cohort.exchange_service.package import OURS
from cohort.files import whole_file, whole_folder


def plug_in(c: Config) -> None:
    """Make nbgrader use the service: commands, lab extensions and formgrader read this configuration."""
    c.ExchangeFactory.exchange = HubExchange
    c.ExchangeFactory.release_assignment = ExchangeReleaseAssignment
    c.ExchangeFactory.fetch_assignment = ExchangeFetchAssignment
    c.ExchangeFactory.submit = ExchangeSubmit
    c.ExchangeFactory.collect = ExchangeCollect
    c.ExchangeFactory.release_feedback = ExchangeReleaseFeedback
    c.ExchangeFactory.fetch_feedback = ExchangeFetchFeedback
    c.ExchangeFactory.list = ExchangeList


class ExchangeReleaseAssignment(HubExchange, default.ExchangeReleaseAssignment):
    """Sends the release version of an assignment."""

    def init_dest(self) -> None:
        self.must_have_course()

    def copy_files(self) -> None:
        course, assignment = self.coursedir.course_id, self.coursedir.assignment_id
        folder = self.scratch / "release"
        self.do_copy(self.src_path, str(folder))
        released = {(one["course"], one["name"]) for one in self.ask("GET", "assignments").json()["assignments"]}
        if (course, assignment) in released:
            if not self.force:
                self.fail(f"Destination already exists, add --force to overwrite: {course} {assignment}")
            self.log.info("Overwriting files: %s %s", course, assignment)
        replace = {"replace": "yes"} if self.force else {}
        self.send("PUT", "assignments", course, assignment, folder=folder, params=replace)
        self.log.info("Released as: %s %s", course, assignment)


class ExchangeFetchAssignment(HubExchange, default.ExchangeFetchAssignment):
    """Fetches an assignment: whole, or just the files that are missing."""

    def init_src(self) -> None:
        self.must_have_course()

    def copy_files(self) -> None:
        course, assignment = self.coursedir.course_id, self.coursedir.assignment_id
        folder = self.scratch / "release"
        folder.mkdir()
        self.receive("assignments", course, assignment, folder=folder)
        self.do_copy(str(folder), self.dest_path)
        self.log.info("Fetched as: %s %s", course, assignment)

    def do_copy(self, src: str, dest: str) -> None:
        if Path(dest).is_dir():
            super().do_copy(src, dest)
        else:
            with whole_folder(Path(dest)) as beside:
                shutil.copytree(src, beside, dirs_exist_ok=True)


class ExchangeSubmit(HubExchange, default.ExchangeSubmit):
    """Sends an attempt and keeps its receipt, in ``receipts/`` beside the notebook."""

    def init_dest(self) -> None:
        self.must_have_course()
        self.must_be_me()
        self.pending = Path(self.cache) / self.coursedir.course_id / f"{self.coursedir.assignment_id}.pending.json"

    def init_release(self) -> None:
        # nbgrader compares two folders; of the released one it needs the names of its notebooks.
        course, assignment = self.coursedir.course_id, self.coursedir.assignment_id
        released = self.ask("GET", "assignments").json()["assignments"]
        found = [one for one in released if (one["course"], one["name"]) == (course, assignment)]
        if not found:
            self.fail(f"Assignment not found: {course} {assignment}")
        self.release_path = str(self.scratch / "release")
        for name in found[0]["contents"]:
            notebook = Path(self.release_path, name)
            notebook.parent.mkdir(parents=True, exist_ok=True)
            notebook.touch()

    def copy_files(self) -> None:
        self.init_release()
        self.check_filename_diff()
        course, assignment = self.coursedir.course_id, self.coursedir.assignment_id
        folder = self.scratch / "submission"
        self.do_copy(self.src_path, str(folder))
        for name in OURS:
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / "receipts", ignore_errors=True)
        key = {"Idempotency-Key": self.key(folder)}
        receipt = self.send("POST", "submissions", course, assignment, folder=folder, headers=key)
        kept = Path(self.src_path) / "receipts" / f"{receipt['time']}.json"
        with whole_file(kept) as file:
            file.write_text(json.dumps(receipt, indent=1) + "\n")
        self.pending.unlink(missing_ok=True)
        self.log.info("Receipt: %s", kept)
        self.log.info("Submitted as: %s %s %s", course, assignment, receipt["time"])

    def key(self, folder: Path) -> str:
        """What names this attempt: the same again for the same content, until there is a receipt for it.

        So a submission that was cut short, wherever, is simply repeated: the service gives the receipt of the
        first, with its time.
        """
        content = hashlib.sha256(self.packed(folder).read_bytes()).hexdigest()
        if self.pending.exists():
            pending = json.loads(self.pending.read_text())
            if pending["content"] == content:
                return pending["key"]
        key = secrets.token_hex(16)
        with whole_file(self.pending) as file:
            file.write_text(json.dumps({"content": content, "key": key}))
        return key


class ExchangeCollect(HubExchange, default.ExchangeCollect):
    """Collects as nbgrader does, from a folder that has the names of what the service keeps."""

    def init_src(self) -> None:
        self.must_have_course()
        course, assignment = self.coursedir.course_id, self.coursedir.assignment_id
        if course not in self.who()["grades"]:
            self.fail(f"You are not an instructor of {course}")
        self.check_owner = False  # the service knows whose it is: the names that nbgrader reads are its own
        self.root = str(self.scratch)
        self.records = {record["id"]: record for record in self.submissions(course)}
        inbound = self.scratch / course / "inbound"
        inbound.mkdir(parents=True)
        for id, record in self.records.items():
            (inbound / f"{record['student']}+{assignment}+{record['time']}+{id}").touch()
        super().init_src()

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        record = self.records[src.rsplit("+", 1)[1]]
        with whole_folder(Path(dest)) as folder:
            self.receive("submission", record["id"], folder=folder)
            for name, text in zip(OURS, (record["timestamp"], record["id"]), strict=True):
                (folder / name).write_text(text)


class ExchangeReleaseFeedback(HubExchange, default.ExchangeReleaseFeedback):
    """Sends the pages of feedback, each to the attempt that it is about."""

    def init_dest(self) -> None:
        self.must_have_course()

    def copy_files(self) -> None:
        course, assignment = self.coursedir.course_id, self.coursedir.assignment_id
        pattern = self.coursedir.format_path(
            self.coursedir.feedback_directory, "(?P<student>[^/]*)", assignment, escape=True
        )
        left_out = self.coursedir.student_id_exclude.split(",")
        root = Path(self.coursedir.root)
        for folder in sorted(root.glob(os.path.relpath(self.src_path, root))):
            student = re.fullmatch(pattern, str(folder))["student"]
            pages = sorted(folder.glob("*.html"))
            if student in left_out or not pages:
                continue
            if not all((folder / name).exists() for name in OURS):
                self.log.warning("Not submitted through the exchange, so no feedback is released: %s", folder)
                continue
            timestamp, id = ((folder / name).read_text() for name in OURS)
            if not re.fullmatch("[0-9a-f]{32}", id):
                self.log.warning("Submitted through another exchange, so no feedback is released: %s", folder)
                continue
            only_pages = self.scratch / student
            only_pages.mkdir()
            for page in pages:
                shutil.copy(page, only_pages)
            self.send("PUT", "submission", id, "feedback", folder=only_pages, params={"student": student})
            told = (student, course, assignment, timestamp)
            self.log.info("Releasing feedback for student '%s' on assignment '%s/%s' (%s)", *told)


class ExchangeFetchFeedback(HubExchange, default.ExchangeFetchFeedback):
    """Fetches the feedback for each of my attempts."""

    def init_src(self) -> None:
        self.must_have_course()
        me, self.src_path = self.must_be_me(), self.url
        self.feedback_files = []
        for record in self.submissions(self.coursedir.course_id):
            if record["student"] != me:
                continue
            told = (record["course"], record["assignment"], record["timestamp"])
            if not record["feedback"]:
                self.log.warning("Could not find feedback for '%s/%s' submitted at %s", *told)
                continue
            self.log.info("Found feedback for '%s/%s' submitted at %s", *told)
            folder = self.scratch / record["id"]
            folder.mkdir()
            self.receive("submission", record["id"], "feedback", folder=folder)
            self.feedback_files += [(page.stem, record["timestamp"], str(page)) for page in folder.glob("*.html")]


class ExchangeList(HubExchange, default.ExchangeList):
    """Lists what is released, or what was submitted: by me (``--cached``), or by all whom I may see (``--inbound``)."""

    def init_dest(self) -> None:
        pass

    def parse_assignments(self) -> list[dict[str, Any]]:
        if not (self.inbound or self.cached):
            released = self.ask("GET", "assignments").json()["assignments"]
            return [self.released(one) for one in released if self.is_wanted(one["name"], course=one["course"])]
        me = self.who()
        courses = [name for name in me["takes"] if self.is_wanted("", course=name)]
        records = [self.submitted(record) for course in courses for record in self.submissions(course)]
        if self.cached:
            records = [record for record in records if record["student_id"] == me["name"]]
        return [
            dict(zip(("course_id", "student_id", "assignment_id"), about, strict=True))
            | {"status": "removed" if self.remove else "submitted", "submissions": list(attempts)}
            for about, attempts in groupby(sorted(records, key=_about), key=_about)
        ]

    def released(self, one: dict[str, Any]) -> dict[str, Any]:
        """What nbgrader tells of a released assignment."""
        info = {"course_id": one["course"], "assignment_id": one["name"]}
        home = self.home(info)
        if home.exists():
            notebooks = sorted(home.glob("*.ipynb"))
            info |= {"status": "fetched", "path": str(home)}
        else:
            notebooks = [Path(name) for name in one["contents"] if re.fullmatch(r"[^/]*\.ipynb", name)]
            info |= {"status": "released", "path": self.url}
        if self.remove:
            info["status"] = "removed"
        return info | {"notebooks": [{"notebook_id": path.stem, "path": str(path)} for path in notebooks]}

    def submitted(self, record: dict[str, Any]) -> dict[str, Any]:
        """What nbgrader tells of an attempt: whether there is feedback, here or in the exchange, and which is newer."""
        about = {"course_id": record["course"], "student_id": record["student"], "assignment_id": record["assignment"]}
        info = about | {"timestamp": record["timestamp"], "status": "submitted", "path": self.url, "id": record["id"]}
        here = self.home(info) / "feedback" / record["timestamp"]
        info["notebooks"] = []
        for name in record["contents"]:
            if not re.fullmatch(r"[^/]*\.ipynb", name):
                continue
            page = here / f"{Path(name).stem}.html"
            found, offered = _digest(page), record["feedback"].get(page.name)
            info["notebooks"].append(
                {
                    "notebook_id": page.stem,
                    "path": name,
                    "has_local_feedback": found is not None,
                    "has_exchange_feedback": offered is not None,
                    "local_feedback_path": str(page) if found else None,
                    "feedback_updated": None not in (found, offered) and found != offered,
                }
            )
        notebooks = info["notebooks"]
        for name in ("has_local_feedback", "has_exchange_feedback"):
            info[name] = bool(notebooks) and all(one[name] for one in notebooks)
        info["feedback_updated"] = any(one["feedback_updated"] for one in notebooks)
        info["local_feedback_path"] = str(here) if info["has_local_feedback"] else None
        return info

    def home(self, info: dict[str, Any]) -> Path:
        """Where the student has the assignment, or would have it."""
        course = info["course_id"] if self.path_includes_course else ""
        return Path(self.assignment_dir, course, info["assignment_id"]).absolute()

    def remove_files(self) -> list[dict[str, Any]]:
        self.assignments = []  # nbgrader prints what is removed, and has no folder to remove
        removed = super().remove_files()
        for info in removed:
            for attempt in info.get("submissions", []):
                self.ask("DELETE", "submission", attempt["id"])
            if "submissions" not in info:
                self.ask("DELETE", "assignments", info["course_id"], info["assignment_id"])
        return removed


def _about(info: dict[str, Any]) -> tuple[str, str, str]:
    return info["course_id"], info["student_id"], info["assignment_id"]


def _digest(page: Path) -> str | None:
    return hashlib.sha256(page.read_bytes()).hexdigest() if page.is_file() else None
