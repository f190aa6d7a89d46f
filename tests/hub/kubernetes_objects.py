"""The objects of hub/kubernetes/, as they stand and as kubectl renders them, and what a cluster says of them."""

from __future__ import annotations

import shutil
import subprocess

import pytest
import yaml
from conftest import ROOT

HERE = ROOT / "hub" / "kubernetes"
COURSE = HERE / "course"


def objects(text: str) -> list[dict]:
    return [each for each in yaml.safe_load_all(text) if each]


def written() -> list[dict]:
    """The objects of the course, as they stand in its files."""
    files = sorted(COURSE.glob("*.yaml"))
    return [each for file in files if file.name != "kustomization.yaml" for each in objects(file.read_text())]


def rendered() -> list[dict]:
    """The objects of the course, as kubectl would apply them."""
    if not shutil.which("kubectl"):
        pytest.skip("kubectl is not installed: it renders the kustomization")
    done = subprocess.run(["kubectl", "kustomize", COURSE], capture_output=True, text=True, check=True)
    return objects(done.stdout)


def check(each: dict, cluster: str | None = None) -> None:
    """Raise what a cluster of that version says against an object: unknown keys, wrong types, missing parts."""
    library = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is not installed")
    library.validate(each, cluster or library.latest_version(), strict=True)
