"""The hub of the benchmark: that of `cohort hub`, with more students, and with what a class needs beyond a demo."""

import itertools
import os
import secrets
import sys
from pathlib import Path

from cohort import hub

c = get_config()  # noqa: F821 (JupyterHub gives the name)

folder = Path(__file__).resolve().parents[1] / "hub"
hub.STUDENTS = tuple(os.environ["BENCHMARK_STUDENTS"].split())
load_subconfig(str(folder / "local" / "jupyterhub_config.py"))  # noqa: F821 (so is this)

# Servers that start together on a small machine are slow to answer, and so is the proxy.
c.Spawner.http_timeout = c.TraefikProxy.check_route_timeout = 180

# A server listens some time after its port is chosen. A port that the system gives to connections, or has given to
# another server, may be taken by then (jupyterhub#3005); these are neither.
ports = itertools.cycle(secrets.SystemRandom().sample(range(10_000, 32_000), 22_000))
by_role = c.Spawner.pre_spawn_hook


def with_port(spawner):
    """Give the server a port of its own, and do what `cohort hub` does."""
    spawner.port = next(ports)
    by_role(spawner)


c.Spawner.pre_spawn_hook = with_port

# The same can happen to the five ports of a kernel, which then dies at each of five restarts: sockets with names
# cannot be taken. Their names must be short.
runtime = os.environ["BENCHMARK_RUNTIME"]
c.Spawner.args += ["--KernelManager.transport=ipc"]
c.Spawner.environment["JUPYTER_RUNTIME_DIR"] = lambda spawner: f"{runtime}/{spawner.user.name}"

if os.environ["BENCHMARK_WAY"] == "forked":
    sys.path.insert(0, str(folder / "forked"))
    c.JupyterHub.spawner_class = "forked_spawner.SimpleForkedSpawner"
    c.ForkedSpawner.warm_environment = {hub.MARK: os.environ[hub.MARK]}  # as its other processes
