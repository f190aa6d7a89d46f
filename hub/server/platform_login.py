"""Login from a learning platform by LTI 1.3: who comes from the one course gets an account, and groups by role."""

from __future__ import annotations

import csv
import hashlib
import pwd
from pathlib import Path

from accounts import course_groups
from jupyterhub.auth import LocalAuthenticator
from ltiauthenticator.lti13.auth import LTI13Authenticator
from traitlets import Unicode

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"


class PlatformLogin(LocalAuthenticator, LTI13Authenticator):
    """LTI 1.3, with an account of this machine for each person."""

    context = Unicode(config=True, help="The id of the platform's course; people of others are refused.")
    cohort = Unicode(config=True, help="The id of the cohort, which names the groups.")
    people = Unicode(config=True, help="A CSV that root keeps: who stands behind which account.")

    async def authenticate(self, handler, data: dict | None = None) -> dict | None:
        """The login with its groups, or None for people of another course and for roles that have no place here."""
        claims = data or {}
        context = (claims.get(CLAIM + "context") or {}).get("id")
        students, instructors = course_groups(self.cohort)
        by_role = {MEMBERSHIP + "Instructor": instructors, MEMBERSHIP + "Learner": students}
        groups = sorted({by_role[role] for role in claims.get(CLAIM + "roles", []) if role in by_role})
        if context != self.context or not groups:
            self.log.warning("Refused a login from course %r with roles %r", context, claims.get(CLAIM + "roles"))
            return None
        name = self.get_username(claims)
        self._remember(name, claims)
        return {"name": name, "groups": groups}

    def get_username(self, token: dict) -> str:
        """An account's name that holds nothing personal and that no account of the system has."""
        return "lti-" + hashlib.sha256(f"{token['iss']} {token['sub']}".encode()).hexdigest()[:16]

    def _remember(self, name: str, claims: dict) -> None:
        """Add a new person to the CSV, in the columns of ``nbgrader db student import``."""
        try:
            pwd.getpwnam(name)
            return
        except KeyError:
            row = [name, *(claims.get(key, "") for key in ("given_name", "family_name", "email"))]
        path = Path(self.people)
        path.touch(0o600)
        with path.open("a", newline="") as file:
            if path.stat().st_size == 0:
                csv.writer(file).writerow(["id", "first_name", "last_name", "email"])
            csv.writer(file).writerow(row)
