"""What nbgrader's exchange classes share when they talk to the service instead of a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import requests
from dateutil.tz import gettz
from nbgrader.exchange.default import Exchange
from requests.adapters import HTTPAdapter
from traitlets import Unicode, default
from urllib3.util import Retry

from cohort.exchange_service.package import BadPackage, check, pack, unpack

# Every request can be repeated: an attempt carries a key, and all others say what shall be.
_BUSY = (502, 503, 504)
_AGAIN = Retry(total=3, backoff_factor=0.5, status_forcelist=_BUSY, allowed_methods=None, raise_on_status=False)


class HubExchange(Exchange):
    """An exchange that is a service of the hub; who asks is told by the token that the hub gave."""

    url = Unicode(help="Address of the exchange service; without it, that of COHORT_EXCHANGE_URL.").tag(config=True)
    seconds = 60

    @default("url")
    def _default_url(self) -> str:
        return os.environ.get("COHORT_EXCHANGE_URL", "")

    def start(self) -> Any:
        """Do what nbgrader does, with a folder for what is sent and received."""
        with TemporaryDirectory(prefix="exchange-") as folder:
            self.scratch = Path(folder)
            return super().start()

    def ensure_root(self) -> None:
        """There is no folder that all can write to; there must be a service and a token."""
        if not self.url or "JUPYTERHUB_API_TOKEN" not in os.environ:
            self.fail("The exchange needs COHORT_EXCHANGE_URL and JUPYTERHUB_API_TOKEN: start your server from the hub")

    def ask(self, method: str, *path: str, **options: Any) -> requests.Response:
        """The service's answer; whatever is refused ends the command with the reason."""
        address = "/".join([self.url.rstrip("/"), *(quote(part, safe="") for part in path)])
        with requests.Session() as session:
            session.mount("http://", HTTPAdapter(max_retries=_AGAIN))
            session.mount("https://", HTTPAdapter(max_retries=_AGAIN))
            try:
                answer = session.request(
                    method, address, auth=_authorized, timeout=self.seconds, allow_redirects=False, **options
                )
            except requests.RequestException as error:
                reason = type(error).__name__
                self.fail(f"The exchange does not answer ({reason}); nothing was changed here, try again: {self.url}")
        if answer.status_code != 200:
            self.fail(f"The exchange says: {_reason(answer)}")
        return answer

    def who(self) -> dict[str, Any]:
        """Name and courses of whose token this is."""
        return self.ask("GET", "user").json()

    def must_be_me(self) -> str:
        """My name, which I cannot choose: one that was given to nbgrader must be the same."""
        name = self.who()["name"]
        if self.coursedir.student_id not in ("", "*", name):
            self.fail(f"You are {name} on the hub, and cannot be {self.coursedir.student_id}")
        return name

    def must_have_course(self) -> None:
        """End the command if no course is chosen."""
        if self.coursedir.course_id == "":
            self.fail("No course id specified. Re-run with --course flag.")

    def submissions(self, course: str) -> Iterator[dict[str, Any]]:
        """The attempts in a course that I may see and that nbgrader was asked for, with nbgrader's timestamp."""
        for record in self.ask("GET", "submissions", course).json()["submissions"]:
            time = datetime.fromisoformat(record["time"])
            record["timestamp"] = time.astimezone(gettz(self.timezone)).strftime(self.timestamp_format)
            if self.is_wanted(assignment=record["assignment"], student=record["student"]):
                yield record

    def is_wanted(self, assignment: str, student: str = "", course: str = "") -> bool:
        """Whether nbgrader's options, which can be patterns, name these."""
        options = self.coursedir
        pairs = ((course, options.course_id), (assignment, options.assignment_id), (student, options.student_id))
        return all(not name or fnmatchcase(name, pattern or "*") for name, pattern in pairs)

    def packed(self, folder: Path) -> Path:
        """The package of a folder."""
        package = self.scratch / "package.zip"
        try:
            pack(folder, package)
        except BadPackage as error:
            self.fail(f"{folder} cannot be sent: {error}")
        return package

    def send(self, method: str, *path: str, folder: Path, **options: Any) -> dict[str, Any]:
        """Send a folder; returns what the service says of it."""
        with self.packed(folder).open("rb") as package:
            return self.ask(method, *path, data=package, **options).json()

    def receive(self, *path: str, folder: Path) -> None:
        """Write the package that is kept at `path` into an empty folder."""
        package = self.scratch / "received.zip"
        package.write_bytes(self.ask("GET", *path).content)
        try:
            check(package)
        except BadPackage as error:
            self.fail(f"What the exchange sent is refused: {error}")
        unpack(package, folder)


def _authorized(request: requests.PreparedRequest) -> requests.PreparedRequest:
    # As `auth`, so that requests puts nothing from ~/.netrc in its place.
    request.headers["Authorization"] = f"token {os.environ['JUPYTERHUB_API_TOKEN']}"
    return request


def _reason(answer: requests.Response) -> str:
    try:
        return answer.json()["error"]
    except (ValueError, KeyError):
        return f"{answer.status_code} {answer.reason}"
