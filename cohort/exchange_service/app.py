"""The service: what can be asked of the exchange over HTTP, by whom."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Callable
from typing import Any

from jupyterhub.services.auth import HubAuth
from sqlalchemy.exc import IntegrityError
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from cohort.errors import full_disk
from cohort.exchange_service import receipt
from cohort.exchange_service.package import OURS, BadPackage, check, is_safe_id
from cohort.exchange_service.people import Person, person
from cohort.exchange_service.store import Refusal, Store, Upload
from cohort.exchange_service.tables import Assignment, Feedback, Submission

PIECE = 1 << 20


class Handler(RequestHandler):
    """Asks the hub whose token it is, before anything else is looked at; there are no cookies.

    Answers are JSON or packages, never pages, so no text of a student is shown at the hub's address.
    """

    person: Person

    def initialize(self, store: Store, secret: bytes, auth: HubAuth, upload_mb: int) -> None:
        self.store, self.secret, self.auth, self.most = store, secret, auth, upload_mb * 1_000_000

    async def prepare(self) -> None:
        token = self.auth.get_token(self, in_cookie=False)
        model = await self.auth.user_for_token(token, sync=False) if token else None
        if model is None:
            raise Refusal(403, "the hub does not know this token: log in again")
        if not self.auth.check_scopes(self.auth.access_scopes, model):
            raise Refusal(403, "this token may not use the exchange: its scopes lack access to this service")
        self.person = person(model)

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def must_take(self, course: str) -> None:
        """Refuse who takes no part in the course."""
        if course not in self.person.takes:
            raise Refusal(403, f"{self.person.name} is not in the course {course}")

    def must_grade(self, course: str) -> None:
        """Refuse who does not teach the course."""
        if course not in self.person.grades:
            raise Refusal(403, f"{self.person.name} is not an instructor of {course}")

    async def attempt(self, id: str) -> tuple[Submission, Feedback | None]:
        """An attempt that this person may see; others are as if they were not there."""
        kept, feedback = await aside(self.store.submission, id)
        own = kept.sender == self.person.name and kept.course in self.person.takes
        if not own and kept.course not in self.person.grades:
            raise Refusal(404, "there is no such submission")
        return kept, feedback

    async def send(self, kept: Assignment | Submission | Feedback) -> None:
        """Answer with a package."""
        self.set_header("Content-Type", "application/zip")
        self.set_header("Content-Length", kept.size)
        with self.store.file(kept).open("rb") as file:
            while piece := file.read(PIECE):
                self.write(piece)
                await self.flush()

    def write_error(self, status_code: int, exc_info: tuple = (None, None, None), **_: Any) -> None:
        error = exc_info[1]
        self.finish({"error": error.words if isinstance(error, Refusal) else self._reason})


@stream_request_body
class Receiver(Handler):
    """Takes a package in, to the disk as it comes, from those who may send it.

    A refusal is said when all has been read, and nothing is kept meanwhile: a proxy loses an answer that comes before.
    """

    file = None
    is_refused = False
    is_whole = False

    async def prepare(self) -> None:
        try:
            await super().prepare()
            if self.request.method != "GET":
                await self.may_send(*self.path_args)
        except HTTPError as error:
            self.refuse(error)
        self.path, self.digest, self.size = self.store.incoming(), hashlib.sha256(), 0

    def refuse(self, error: HTTPError) -> None:
        """Let no method do anything but say this."""

        def say(*_: str) -> None:
            raise error

        self.is_refused = True
        self.get = self.put = self.post = self.delete = say

    def data_received(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self.most and not self.is_refused:
            self.refuse(Refusal(413, f"it is larger than {self.most // 1_000_000} MB"))
        if not self.is_refused:
            try:
                self.file = self.file or self.path.open("wb")
                self.file.write(piece)
                self.digest.update(piece)
            except OSError as error:
                self.refuse(Refusal(507, str(full_disk(error) or error)))

    async def put(self, *path: str) -> None:
        self.is_whole = True
        if self.file is None:
            raise Refusal(400, "nothing was sent")
        self.file.flush()
        await aside(os.fsync, self.file.fileno())
        try:
            contents = await aside(check, self.path)
        except BadPackage as error:
            raise Refusal(400, f"the package is refused: {error}") from None
        upload = Upload(self.path, self.digest.hexdigest(), self.size, contents, self.person.name)
        try:
            self.finish(await aside(self.keep, upload, *path))
        except IntegrityError:
            raise Refusal(409, "somebody else sent the same at the same moment: try again") from None

    async def may_send(self, *path: str) -> None:
        """Refuse who may not change what is at this path."""
        raise NotImplementedError

    def keep(self, upload: Upload, *path: str) -> dict[str, object]:
        """Keep what was received; returns the answer."""
        raise NotImplementedError

    def on_finish(self) -> None:
        if self.file is not None:
            self.file.close()
            self.path.unlink(missing_ok=True)

    def on_connection_close(self) -> None:
        if not self.is_whole:
            self.on_finish()
        super().on_connection_close()


class Who(Handler):
    """The name and courses of who asks."""

    def get(self) -> None:
        me = self.person
        self.finish({"name": me.name, "takes": sorted(me.takes), "grades": sorted(me.grades)})


class Assignments(Handler):
    """What is released in the courses of who asks."""

    async def get(self) -> None:
        kept = await aside(self.store.assignments, self.person.takes)
        self.finish({"assignments": [described(one) | {"course": one.course, "name": one.name} for one in kept]})


class OneAssignment(Receiver):
    """An assignment: the course fetches it, its instructors release it and take it back."""

    async def get(self, course: str, name: str) -> None:
        self.must_take(course)
        await self.send(await aside(self.store.assignment, course, name))

    async def may_send(self, course: str, name: str) -> None:
        self.must_grade(course)
        if not is_safe_id(course) or not is_safe_id(name) or "+" in name:
            raise Refusal(400, f"{name!a} cannot be the name of an assignment")

    def keep(self, upload: Upload, course: str, name: str) -> dict[str, object]:
        replace = self.get_query_argument("replace", "") == "yes"
        return described(self.store.release(course, name, upload, replace))

    async def delete(self, course: str, name: str) -> None:
        await aside(self.store.unrelease, course, name)
        self.finish({})


class Submissions(Handler):
    """The attempts in a course: their own for students, all for instructors."""

    async def get(self, course: str) -> None:
        self.must_take(course)
        student = None if course in self.person.grades else self.person.name
        rows = await aside(self.store.submissions, course, student)
        told = [
            described(kept)
            | {"id": kept.id, "course": kept.course, "assignment": kept.assignment, "student": kept.sender}
            | {"feedback": {} if feedback is None else feedback.contents}
            for kept, feedback in rows
        ]
        self.finish({"submissions": told})


class Submit(Receiver):
    """A new attempt of who asks; answers with the receipt."""

    async def may_send(self, course: str, assignment: str) -> None:
        self.must_take(course)
        if not 16 <= len(self.request.headers.get("Idempotency-Key", "")) <= 64:
            raise Refusal(400, "an attempt needs an Idempotency-Key of 16 to 64 letters")
        if not is_safe_id(self.person.name):
            raise Refusal(403, f"{self.person.name!a} cannot be the name of a student")

    post = Receiver.put

    def keep(self, upload: Upload, course: str, assignment: str) -> dict[str, object]:
        if taken := {name.split("/")[0] for name in upload.contents} & set(OURS):
            raise Refusal(400, f"the package is refused: nbgrader writes {min(taken)} itself")
        kept = self.store.submit(course, assignment, self.request.headers["Idempotency-Key"], upload)
        facts = {"id": kept.id, "course": course, "assignment": assignment, "student": kept.sender}
        facts |= {"time": kept.time, "sha256": kept.sha256, "size": kept.size}
        return receipt.sign(facts, self.secret)


class OneSubmission(Handler):
    """An attempt: its student and the instructors of its course see it, and those instructors can delete it."""

    async def get(self, id: str) -> None:
        kept, _ = await self.attempt(id)
        await self.send(kept)

    async def delete(self, id: str) -> None:
        kept, _ = await self.attempt(id)
        self.must_grade(kept.course)
        await aside(self.store.remove, id)
        self.finish({})


class OneFeedback(Receiver):
    """The feedback for an attempt."""

    async def get(self, id: str) -> None:
        _, feedback = await self.attempt(id)
        if feedback is None:
            raise Refusal(404, "there is no feedback for this submission yet")
        await self.send(feedback)

    async def may_send(self, id: str) -> None:
        kept, _ = await self.attempt(id)
        self.must_grade(kept.course)
        student = self.get_query_argument("student")
        if student != kept.sender:
            raise Refusal(409, f"this submission is not of {student}")

    def keep(self, upload: Upload, id: str) -> dict[str, object]:
        return described(self.store.give_feedback(id, upload))


class Receipt(Handler):
    """Says of a receipt whether this service wrote it."""

    def post(self) -> None:
        try:
            shown = dict(json.loads(self.request.body[:10_000]))
        except (ValueError, TypeError):
            raise Refusal(400, "this is no receipt") from None
        self.finish({"genuine": receipt.is_genuine(shown, self.secret)})


async def aside(work: Callable, *arguments: object) -> Any:
    """Do what takes its time on the disk in a thread, so that others are answered meanwhile."""
    return await asyncio.get_running_loop().run_in_executor(None, work, *arguments)


def described(kept: Assignment | Submission | Feedback) -> dict[str, object]:
    """What is told of a kept package."""
    return {"sha256": kept.sha256, "size": kept.size, "time": kept.time, "contents": sorted(kept.contents)}


def make_app(store: Store, auth: HubAuth, upload_mb: int) -> Application:
    """The service for one store, below the address that the hub gave it."""
    routes = {
        "user": Who,
        "assignments": Assignments,
        "assignments/([^/]+)/([^/]+)": OneAssignment,
        "submissions/([^/]+)": Submissions,
        "submissions/([^/]+)/([^/]+)": Submit,
        "submission/([0-9a-f]{32})": OneSubmission,
        "submission/([0-9a-f]{32})/feedback": OneFeedback,
        "receipt": Receipt,
    }
    parts = {"store": store, "secret": receipt.key(store.folder / "key"), "auth": auth, "upload_mb": upload_mb}
    return Application([(auth.base_url + path, handler, parts) for path, handler in routes.items()])
