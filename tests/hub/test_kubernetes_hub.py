"""What the real JupyterHub and KubeSpawner make of hub/kubernetes/values.yaml: the pods of its users.

No cluster is at hand, so nothing is started. The chart is not part of the course: with it, its own files make the
configuration, as in the hub's pod; without it, only what values.yaml configures by itself is seen.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from kubernetes_objects import HERE, check, objects
from tornado.httpclient import AsyncHTTPClient
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

# Read before a fixture goes to another folder.
NAMED = os.environ.get("JUPYTERHUB_CHART")
CHART = Path(NAMED).resolve() if NAMED else None


def helm(command: str, *arguments: str) -> str:
    """What Helm says of chart 4.4.0 with the values; the chart is not part of the course."""
    if CHART is None:
        pytest.skip("chart 4.4.0 is not at hand: get it as hub/kubernetes/README.md says, and set JUPYTERHUB_CHART")
    if not shutil.which("helm"):
        pytest.skip("helm is not installed")
    sites = [f"--values={HERE / name}" for name in ("values.yaml", "site.example.yaml")]
    done = subprocess.run(["helm", command, *arguments, CHART, *sites], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_helm_accepts_the_values_and_a_cluster_what_it_renders():
    helm("lint")
    for each in objects(helm("template", "hub")):
        check(each)


def of_the_chart(folder: Path, patch: pytest.MonkeyPatch) -> Config:
    """The configuration that the chart's own files make of the values, laid out as in the hub's pod."""
    inside = "/usr/local/etc/jupyterhub"
    for each in objects(helm("template", "hub")):
        if each["metadata"]["name"] == "hub" and each["kind"] in ("ConfigMap", "Secret"):
            part = folder / each["kind"].lower().removesuffix("map")
            part.mkdir()
            for name, value in each["data"].items():
                text = base64.b64decode(value).decode() if each["kind"] == "Secret" else value
                (part / name).write_text(text.replace(inside, str(folder)))
    for name in ("jupyterhub_config.py", "z2jh.py"):
        shutil.copy(folder / "config" / name, folder / name)
    # What the pod's environment has.
    patch.setenv("HUB_SERVICE_PORT", "8081")
    patch.setenv("PROXY_API_SERVICE_PORT", "8001")
    patch.setenv("CONFIGPROXY_AUTH_TOKEN", "open-sesame")
    patch.syspath_prepend(str(folder))
    patch.delitem(sys.modules, "z2jh", raising=False)
    return PyFileConfigLoader("jupyterhub_config.py", path=str(folder)).load_config()


def of_the_values(patch: pytest.MonkeyPatch) -> Config:
    """What values.yaml and a site's file configure by themselves, without what the chart makes of the rest."""
    values, site = (yaml.safe_load((HERE / name).read_text()) for name in ("values.yaml", "site.example.yaml"))
    custom = values["custom"] | site["custom"]
    z2jh = ModuleType("z2jh")
    z2jh.get_config = lambda key, default=None: custom.get(key.removeprefix("custom."), default)
    patch.setitem(sys.modules, "z2jh", z2jh)
    config = Config(values["hub"]["config"])
    config.JupyterHub.spawner_class = "kubespawner.KubeSpawner"
    config.JupyterHub.load_roles = list(values["hub"]["loadRoles"].values())
    config.JupyterHub.services = [{"name": name, "api_token": "open-sesame"} for name in values["hub"]["services"]]
    exec(values["hub"]["extraConfig"]["course"], {"c": config})
    return config


KUBECONFIG = """\
apiVersion: v1
kind: Config
current-context: none
contexts: [{name: none, context: {cluster: none, user: none}}]
clusters: [{name: none, cluster: {server: "http://127.0.0.1:1"}}]
users: [{name: none, user: {}}]
"""


@dataclass
class Hub:
    """What JupyterHub and KubeSpawner made: each user's pod, the services they may use, and options nobody knows."""

    pods: dict[str, dict]
    services: dict[str, set[str]]
    unknown: set[str]


@pytest.fixture(scope="module", params=["the values", *(["the chart"] if CHART else [])])
def hub(request, tmp_path_factory) -> Iterator[Hub]:
    """The real JupyterHub with the real KubeSpawner, initialized from the configuration; nothing is started."""
    folder = tmp_path_factory.mktemp("hub")
    with pytest.MonkeyPatch.context() as patch:
        # KubeSpawner reads where its cluster is when it is imported, and asks it nothing here.
        (folder / "kubeconfig").write_text(KUBECONFIG)
        patch.setenv("KUBECONFIG", str(folder / "kubeconfig"))
        pytest.importorskip("kubespawner", reason="jupyterhub-kubespawner is not installed")
        # JupyterHub would read a configuration that lies where it is.
        (folder / "empty").mkdir()
        patch.chdir(folder / "empty")
        if request.param == "the chart":
            pytest.importorskip("pycurl", reason="pycurl, which the chart's hub uses, is not installed")
            config = of_the_chart(folder, patch)
        else:
            config = of_the_values(patch)
        # What needs the site: its database and its learning platform.
        config.JupyterHub.db_url = "sqlite://"
        config.JupyterHub.authenticator_class = "null"
        yield asyncio.run(made(config))


async def made(config: Config) -> Hub:
    from jupyterhub import orm
    from jupyterhub.app import JupyterHub
    from jupyterhub.auth import Authenticator
    from jupyterhub.roles import get_roles_for, roles_to_scopes
    from jupyterhub.spawner import Spawner
    from kubernetes_asyncio.client import ApiClient
    from kubespawner import KubeSpawner

    app = JupyterHub(config=config)
    await app.initialize([])
    try:
        pods, services = {}, {}
        for account in app.db.query(orm.User):
            user = app.users[account.name]
            for _start in range(2):  # the second time, as when a server was stopped
                await user.spawner.apply_group_overrides()
            pod = await user.spawner.get_pod_manifest()
            pods[user.name] = ApiClient().sanitize_for_serialization(pod)
            scopes = roles_to_scopes(get_roles_for(account))
            services[user.name] = {scope for scope in scopes if scope.startswith("access:services")}
        unknown = {
            f"{part.__name__}.{option}"
            for part in (JupyterHub, Authenticator, Spawner, KubeSpawner)
            for option in set(config.get(part.__name__, {})) - set(part.class_traits(config=True))
        }
        return Hub(pods, services, unknown)
    finally:
        AsyncHTTPClient.configure(None)  # the chart chooses another


def variables_of(pod: dict) -> dict[str, dict]:
    """The environment of a pod's server."""
    return {each["name"]: each for each in pod["spec"]["containers"][0]["env"]}


def test_jupyterhub_and_kubespawner_know_every_option(hub):
    assert not hub.unknown


def test_a_cluster_accepts_the_pods_of_students_and_instructors(hub):
    assert set(hub.pods) == {"ada", "bob", "instructor"}
    for pod in hub.pods.values():
        check(pod)


def test_only_an_instructors_pod_has_the_course_and_the_gradebook(hub):
    for name, pod in hub.pods.items():
        (server,) = pod["spec"]["containers"]
        variables = variables_of(pod)
        volumes = [each["name"] for each in pod["spec"].get("volumes", [])]
        folders = [each["mountPath"] for each in server.get("volumeMounts", [])]
        teaches = name == "instructor"
        assert volumes.count("course") == folders.count("/srv/course") == teaches
        assert ("PGPASSWORD" in variables) is teaches
        assert (pod["metadata"]["labels"].get("common-ground/role") == "instructor") is teaches
        assert variables["COHORT"]["value"] == "demo"
    assert "valueFrom" in variables_of(hub.pods["instructor"])["PGPASSWORD"]


def test_a_pod_has_no_right_beyond_an_ordinary_user(hub):
    for pod in hub.pods.values():
        (server,) = pod["spec"]["containers"]
        assert server["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert server["securityContext"]["runAsNonRoot"] is True
        assert server["securityContext"]["allowPrivilegeEscalation"] is False
        assert pod["spec"]["automountServiceAccountToken"] is False
        assert not pod["spec"].get("initContainers")


def test_members_of_the_course_may_use_the_exchange_and_no_other_service(hub):
    assert set(hub.services) == {"ada", "bob", "instructor"}
    assert all(scopes == {"access:services!service=exchange"} for scopes in hub.services.values())


@pytest.mark.parametrize("hub", ["the chart"], indirect=True)
def test_a_students_pod_has_its_limits_its_home_and_the_exchange(hub):
    for pod in hub.pods.values():
        (server,) = pod["spec"]["containers"]
        assert variables_of(pod)["COHORT_EXCHANGE_URL"]["value"].startswith("http://exchange:8000/")
        assert "/home/jovyan" in {each["mountPath"] for each in server["volumeMounts"]}
    (server,) = hub.pods["ada"]["spec"]["containers"]
    assert server["resources"]["limits"] == {"cpu": 1, "memory": 2**30}


def test_nobody_logs_in_before_a_site_says_how():
    values = yaml.safe_load((HERE / "values.yaml").read_text())
    assert values["hub"]["config"]["JupyterHub"]["authenticator_class"] == "null"
