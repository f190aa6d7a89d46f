"""What a JupyterHub needs to run the exchange: load it at the end of jupyterhub_config.py. See README.md."""

import os
import sys

c = get_config()  # noqa: F821 (JupyterHub gives the name)

# Where students share a machine with the hub, no other account may be able to take this port: it gets their tokens.
port = os.environ.get("COHORT_EXCHANGE_PORT", "8089")
folder = os.environ.get("COHORT_EXCHANGE_FOLDER", "/srv/exchange")
may_use = "access:services!service=exchange"

service = {
    "name": "exchange",
    "url": f"http://127.0.0.1:{port}",
    "command": [sys.executable, "-m", "cohort.exchange_service", "--folder", folder],
    "environment": {name: os.environ[name] for name in ("COHORT_EXCHANGE_DATABASE",) if name in os.environ},
    "display": False,
}
if account := os.environ.get("COHORT_EXCHANGE_USER"):
    service["user"] = account
c.JupyterHub.services.append(service)

# The hub's own roles with one right more: what a user may do, and what the token in a user's server may do.
c.JupyterHub.load_roles.extend(
    [
        {"name": "user", "scopes": ["self", may_use]},
        {"name": "server", "scopes": ["users:activity!user", "access:servers!server", may_use]},
    ]
)

# Where servers find it.
c.Spawner.environment.update({"COHORT_EXCHANGE_URL": f"http://127.0.0.1:{port}/services/exchange"})
