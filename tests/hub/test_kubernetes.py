"""The parts of a course on Kubernetes: objects that a cluster accepts, and who reaches whom.

No cluster is at hand. What one would do is told as far as that goes without: by its schemas, by kubectl's kustomize,
and by a real PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import psycopg
import pytest
import yaml
from kubernetes_objects import COURSE, HERE, check, rendered, written
from sqlalchemy.engine import make_url

pytest_plugins = ["postgres"]

# The oldest that the chart takes, and the newest that the schemas know.
CLUSTERS = ["1.32", None]


def templates() -> dict[str, dict]:
    """The pod of each workload of the course, by the workload's name."""
    pods = {}
    for each in written():
        spec = each.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template:
            pods[each["metadata"]["name"]] = template
    return pods


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_cluster_accepts_every_object(cluster):
    for each in written():
        check(each, cluster)


def test_the_schemas_refuse_a_key_that_is_misspelled():
    library = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is not installed")
    (job,) = (each for each in written() if each["kind"] == "CronJob")
    job["spec"]["suspended"] = job["spec"].pop("suspend")
    with pytest.raises(library.ValidationError):
        check(job)


def test_kustomize_gives_image_and_settings_to_all_that_use_them():
    made = rendered()
    (cronjob,) = (each for each in made if each["kind"] == "CronJob")
    (grade,) = cronjob["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    values = yaml.safe_load((HERE / "values.yaml").read_text())
    image = values["singleuser"]["image"]
    assert grade["image"] == f"{image['name']}:{image['tag']}"
    settings = {each["metadata"]["name"]: each for each in made if each["kind"] == "ConfigMap"}
    assert settings[grade["envFrom"][0]["configMapRef"]["name"]]["data"]["COHORT"] == values["custom"]["cohort"]
    for each in made:
        check(each)


def test_no_pod_is_root_or_may_talk_to_the_cluster():
    assert set(templates()) == {"postgresql", "exchange", "grade"}
    accounts = {each["metadata"]["name"] for each in written() if each["kind"] == "ServiceAccount"}
    for name, template in templates().items():
        spec = template["spec"]
        assert spec["serviceAccountName"] == name and name in accounts
        assert spec["automountServiceAccountToken"] is False
        assert spec["securityContext"]["runAsNonRoot"] and spec["securityContext"]["runAsUser"]
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in spec["containers"]:
            inside = container["securityContext"]
            assert inside["capabilities"] == {"drop": ["ALL"]} and inside["allowPrivilegeEscalation"] is False
            assert inside["readOnlyRootFilesystem"] and container["resources"]["limits"]["memory"]


def test_only_instructors_and_the_grading_job_hold_the_gradebooks_password():
    held = {
        name: {
            variable["valueFrom"]["secretKeyRef"]["key"]
            for container in template["spec"]["containers"]
            for variable in container.get("env", [])
            if variable.get("valueFrom", {}).get("secretKeyRef", {}).get("name") == "postgresql"
        }
        for name, template in templates().items()
    }
    assert held["grade"] == {"gradebook"}
    assert held["exchange"] == {"exchange"}


STUDENT = {"app": "jupyterhub", "component": "singleuser-server"}
INSTRUCTOR = STUDENT | {"common-ground/role": "instructor"}
HUB = {"app": "jupyterhub", "component": "hub"}
STRANGER = {"app": "another"}


def picks(selector: dict, labels: dict) -> bool:
    rules = selector.get("matchExpressions", [])
    assert all(rule["operator"] == "In" for rule in rules)
    wanted = selector.get("matchLabels", {}).items()
    return wanted <= labels.items() and all(labels.get(rule["key"]) in rule["values"] for rule in rules)


def opens(way: str, pod: dict, peer: dict, port: int) -> bool:
    """Whether the course's policies let `pod` have a connection that way, as Kubernetes defines it."""
    policies = [each["spec"] for each in written() if each["kind"] == "NetworkPolicy"]
    mine = [each for each in policies if way in each["policyTypes"] and picks(each["podSelector"], pod)]
    peers = {"Ingress": "from", "Egress": "to"}[way]
    return not mine or any(
        any(open_port["port"] == port for open_port in rule["ports"])
        and any("podSelector" in each and picks(each["podSelector"], peer) for each in rule[peers])
        for policy in mine
        for rule in policy.get(way.lower(), [])
    )


@pytest.mark.parametrize(
    ("source", "target", "port", "reached"),
    [
        (STUDENT, "exchange", 8000, True),
        (INSTRUCTOR, "exchange", 8000, True),
        (STRANGER, "exchange", 8000, False),
        (STUDENT, "postgresql", 5432, False),
        (INSTRUCTOR, "postgresql", 5432, True),
        (HUB, "postgresql", 5432, True),
        ("exchange", "postgresql", 5432, True),
        ("grade", "postgresql", 5432, True),
        (STRANGER, "postgresql", 5432, False),
        ("exchange", HUB, 8081, True),
        ("exchange", STUDENT, 8888, False),
        ("grade", "exchange", 8000, False),
        ("grade", HUB, 8081, False),
        ("grade", STRANGER, 443, False),
        (STUDENT, "grade", 8888, False),
        ("postgresql", STRANGER, 443, False),
        (STUDENT, STUDENT, 8888, False),
    ],
)
def test_who_reaches_whom(source, target, port, reached):
    source, target = (
        templates()[each]["metadata"]["labels"] if isinstance(each, str) else each for each in (source, target)
    )
    assert (opens("Egress", source, target, port) and opens("Ingress", target, source, port)) is reached


def test_each_account_of_the_database_reaches_its_own_and_no_other(postgres):
    server = make_url(postgres)
    if not shutil.which("psql"):
        pytest.skip("psql is not installed")
    place = {"PATH": os.environ["PATH"], "PGHOST": server.host, "PGPORT": str(server.port)}
    secrets = {f"{name.upper()}_PASSWORD": f"it's {name}" for name in ("hub", "gradebook", "exchange")}
    account = {"POSTGRES_USER": server.username, "PGPASSWORD": server.password}
    subprocess.run(["bash", COURSE / "databases.sh"], env=place | secrets | account, check=True)
    for name in ("hub", "gradebook", "exchange"):
        for database in ("hub", "gradebook", "exchange"):
            into = dict(host=server.host, port=server.port, user=name, password=f"it's {name}", dbname=database)
            if name == database:
                with psycopg.connect(**into) as connection:
                    connection.execute("CREATE TABLE mine (number INTEGER)")
            else:
                with pytest.raises(psycopg.OperationalError, match="permission denied"):
                    psycopg.connect(**into)
