"""JupyterHub for the demo cohort on one machine. `cohort hub` starts it and chooses its address.

Every server runs as the user who started the hub: students can read each other's files. For a demo on
loopback only.
"""

import os
import secrets
import sys
from pathlib import Path

from jupyterhub.auth import Authenticator
from jupyterhub.utils import random_port

from cohort import datasets, hub
from cohort.course import load_cohort

c = get_config()  # noqa: F821 (JupyterHub gives the name)

here = Path(__file__).parent
programs = Path(sys.executable).parent
passwords = hub.passwords()
course = load_cohort().id


class PasswordEach(Authenticator):
    """A password for each user of the demo."""

    async def authenticate(self, handler, data):
        """The name of who knows the password of that name, else None."""
        name = self.normalize_username(data["username"])
        known = secrets.compare_digest(passwords.get(name, "").encode(), data["password"].encode())
        return name if name in passwords and known else None


c.JupyterHub.authenticator_class = PasswordEach
c.Authenticator.allowed_users = set(passwords)
# nbgrader's names for who teaches a course and who takes it.
c.JupyterHub.load_groups = {
    f"formgrade-{course}": {"users": [hub.INSTRUCTOR]},
    f"nbgrader-{course}": {"users": [hub.INSTRUCTOR, *hub.STUDENTS]},
}

# Nothing of the hub's own is kept, so that nothing that an unclean stop left can break the next start.
c.JupyterHub.db_url = "sqlite:///:memory:"
c.JupyterHub.cookie_secret = secrets.token_bytes(32)
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{random_port()}"

# The proxy writes its files into the working folder, which `cohort hub` empties first.
c.JupyterHub.proxy_class = "traefik_file"
c.TraefikProxy.traefik_api_url = f"http://127.0.0.1:{random_port()}"
c.TraefikProxy.traefik_api_username = "hub"
c.TraefikProxy.traefik_api_password = secrets.token_hex(16)
c.TraefikProxy.extra_static_config = {"global": {"checkNewVersion": False, "sendAnonymousUsage": False}}

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(hub.folder() / "homes" / "{username}")
c.Spawner.cmd = [str(programs / "jupyterhub-singleuser")]
c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []
c.Spawner.default_url = "/lab"
c.Spawner.poll_interval = 5  # seconds until the page of a server that ended by itself offers to start it again
c.Spawner.environment = {
    hub.MARK: str(hub.folder()),
    "COHORT_ROOT": os.environ["COHORT_ROOT"],
    "COHORT_DATA": str(datasets.cache_folder()),  # servers have homes of their own
}


def by_role(spawner):
    """Switch nbgrader's extensions by role, and let the instructor work in the course's own folder."""
    teaches = spawner.user.name == hub.INSTRUCTOR
    folders = [here / ("instructor" if teaches else "student"), here / "everyone"]
    spawner.environment = {**spawner.environment, "JUPYTER_CONFIG_PATH": os.pathsep.join(map(str, folders))}
    if teaches:
        spawner.notebook_dir = os.environ["COHORT_ROOT"]


c.Spawner.pre_spawn_hook = by_role
