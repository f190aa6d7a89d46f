"""JupyterHub for one cohort on one server. Settings: /etc/cohort/server.env; guide: README.md beside this file.

Valid for JupyterHub 5.5 and 6.1. The hub runs as root, because it starts each student's server as that student;
so it is small: the proxy, PostgreSQL, grading and all notebooks run as others.
"""

import os
import sys
from pathlib import Path

from jupyterhub.services.service import Service
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here))
from accounts import course_groups, with_groups  # noqa: E402

c = get_config()  # noqa: F821 (JupyterHub gives the name)


def setting(name):
    """A value of server.env; SystemExit with one line where it is missing."""
    if value := os.environ.get(name):
        return value
    raise SystemExit(f"error: /etc/cohort/server.env: {name} is empty: see hub/server/server.env")


prefix = Path(os.environ.get("PREFIX") or "/")
state, programs, srv = prefix / "var/lib/cohort", Path(sys.executable).parent, prefix / "srv/cohort"
roles = prefix / "opt/cohort/jupyter"
grader = os.environ.get("GRADER", "cohort-grader")
postgres = os.environ.get("PGHOST", "/run/postgresql")
port = int(os.environ.get("FIRST_PORT", "8081"))
cohort = setting("COHORT")
students, instructors = course_groups(cohort)
common = {
    "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin",
    "COHORT": cohort,
    "COHORT_DATA": str(srv / "data"),
    "COHORT_EXCHANGE": str(srv / "exchange"),
}


def database(of):
    """The URL of a database of the cohort, which knows its account by the socket."""
    return f"postgresql+psycopg:///{of}_{cohort.replace('-', '_')}?host={postgres}"


try:
    create_engine(database("hub")).connect().close()
except OperationalError as error:
    why = str(error.orig).splitlines()[0]
    raise SystemExit(f"error: no database of {cohort}: is PostgreSQL running, and did setup.sh run? {why}") from None

# A restart of the hub ends no student's server.
c.JupyterHub.db_url = database("hub")
c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.cleanup_servers = False
c.JupyterHub.cleanup_proxy = False

# cohort-proxy.service runs traefik, which reads the routes that the hub writes, and has the certificate.
c.JupyterHub.proxy_class = "traefik_file"
c.Proxy.should_start = False
c.TraefikProxy.traefik_entrypoint = "https"
c.TraefikProxy.traefik_api_url = f"http://127.0.0.1:{port + 1}"
c.TraefikProxy.traefik_api_username = "hub"
c.TraefikProxy.traefik_api_password = (state / "proxy/password").read_text().strip()
c.TraefikFileProviderProxy.dynamic_config_file = str(state / "proxy/rules/hub.toml")

# Who may log in, and with which groups of the hub.
c.Authenticator.manage_groups = True
c.Authenticator.post_auth_hook = with_groups
if setting("LOGIN") == "lti":
    c.JupyterHub.authenticator_class = "platform_login.PlatformLogin"
    c.PlatformLogin.issuer = setting("LTI_ISSUER")
    c.PlatformLogin.client_id = {setting("LTI_CLIENT_ID")}
    c.PlatformLogin.authorize_url = setting("LTI_AUTHORIZE_URL")
    c.PlatformLogin.jwks_endpoint = setting("LTI_JWKS_URL")
    c.PlatformLogin.context = setting("LTI_CONTEXT")
    c.PlatformLogin.cohort = cohort
    c.PlatformLogin.people = str(state / "people.csv")
    c.PlatformLogin.uri_scheme = "https"
    c.PlatformLogin.allow_all = True  # of those whom it lets through: the one course, a known role
    c.PlatformLogin.create_system_users = True
    c.PlatformLogin.add_user_cmd = ["bash", str(here / "people.sh"), "--student"]
else:
    c.JupyterHub.authenticator_class = "pam"
    c.PAMAuthenticator.allowed_groups = {students, instructors}
    c.PAMAuthenticator.admin_groups = {os.environ.get("ADMINS", "cohort-admins")}

# Each server is a unit of systemd with its own limits, not a child of the hub, and cannot gain rights by sudo.
# It sees no other's processes or temporary files, and cannot take the ports of the hub's own programs.
c.JupyterHub.spawner_class = "systemdspawner.SystemdSpawner"
c.SystemdSpawner.unit_name_template = "cohort-student-{USERNAME}"
c.SystemdSpawner.slice = "cohort-students.slice"
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.isolate_devices = True
c.SystemdSpawner.disable_user_sudo = True
c.SystemdSpawner.default_shell = "/bin/bash"
c.SystemdSpawner.unit_extra_properties = {
    "TasksMax": setting("TASKS"),
    "MemorySwapMax": "0",
    "ProtectProc": "invisible",
    "SocketBindDeny": f"tcp:{port}-{port + 9}",
}
c.Spawner.mem_limit = setting("MEMORY")
c.Spawner.cpu_limit = float(setting("CPU"))
c.Spawner.ip = "127.0.0.1"
c.Spawner.cmd = [str(programs / "jupyterhub-singleuser")]
c.Spawner.default_url = "/lab"
c.Spawner.http_timeout = 60
c.Spawner.environment = common | {"JUPYTER_CONFIG_PATH": str(roles / "student")}

# Instructors grade in the service named like the cohort, which runs as the grader: their own accounts read no
# submission. Servers without work are stopped.
c.JupyterHub.load_roles = [
    {
        "name": instructors,
        "groups": [instructors],
        "scopes": [f"access:services!service={cohort}", "list:services", f"read:services!service={cohort}"],
    },
    {
        "name": students,
        "groups": [students],
        "scopes": ["list:services", f"read:services!service={cohort}"],
    },
    {
        "name": "culler",
        "services": ["culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
]
c.JupyterHub.services = [
    {
        "name": cohort,
        "url": f"http://127.0.0.1:{port + 2}",
        "command": [str(programs / "jupyterhub-singleuser")],
        "user": grader,
        "cwd": str(srv / "course"),
        "oauth_no_confirm": True,
        "environment": common
        | {
            "HOME": str(srv / "grader"),
            "JUPYTERHUB_DEFAULT_URL": "/lab",
            "JUPYTERHUB_USER": grader,
            "JUPYTER_CONFIG_PATH": str(roles / "grader"),
        },
    },
    {
        "name": "culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={setting('IDLE')}", "--cull-every=60"],
    },
]

# The exchange service, where the settings ask for it, in the place of the folders: with its own account, folder and
# database, at a port that students' servers cannot take.
if setting("EXCHANGE") == "service":
    os.environ["COHORT_EXCHANGE_PORT"] = str(port + 3)
    os.environ["COHORT_EXCHANGE_USER"] = os.environ.get("EXCHANGE_ACCOUNT", "cohort-exchange")
    os.environ["COHORT_EXCHANGE_FOLDER"] = str(state / "exchange")
    os.environ["COHORT_EXCHANGE_DATABASE"] = database("exchange")
    load_subconfig(str(here.parent / "exchange" / "jupyterhub_config.py"))  # noqa: F821 (JupyterHub gives the name)
    c.JupyterHub.services[0]["environment"]["COHORT_EXCHANGE_URL"] = c.Spawner.environment["COHORT_EXCHANGE_URL"]
    may_use = "access:services!service=exchange"
    c.JupyterHub.load_roles.append({"name": "grading", "services": [cohort], "scopes": [may_use]})

# Hub 6 ends if a service does not answer within 30 seconds, which a machine that has just started may need.
if hasattr(Service, "timeout"):
    for service in c.JupyterHub.services:
        service["timeout"] = 120
