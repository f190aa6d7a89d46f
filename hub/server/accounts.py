"""Which groups of the hub an account of this machine is in: those of the same name."""

from __future__ import annotations

import os
import pwd
from grp import getgrgid


def course_groups(cohort: str) -> list[str]:
    """The groups of a cohort, as nbgrader names them: students, then instructors."""
    return [f"nbgrader-{cohort}", f"formgrade-{cohort}"]


def with_groups(authenticator, handler, authentication: dict) -> dict:
    """JupyterHub's ``post_auth_hook``: a login with its groups, where the login itself did not bring them."""
    if "groups" not in authentication:
        name = authentication["name"]
        numbers = os.getgrouplist(name, pwd.getpwnam(name).pw_gid)
        known = {getgrgid(number).gr_name for number in numbers}
        authentication["groups"] = sorted(known.intersection(authenticator.allowed_groups))
    return authentication
