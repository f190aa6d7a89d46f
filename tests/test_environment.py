"""The environment files agree with each other, and nothing committed names a package index."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = {"base": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}


def locked(name):
    """What a lock file of the project pins."""
    return pins(ROOT / "requirements" / f"{name}.lock")


def pins(lock):
    """The version and the number of hashes of each package in a lock file."""
    text = lock.read_text().replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {
        re.match(r"([A-Za-z0-9._-]+)==", line)[1].lower(): (re.search(r"==([^\s;]+)", line)[1], line.count("--hash="))
        for line in entries
    }


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_lock_file_pins_every_dependency_within_its_bounds_and_with_hashes(extra):
    pins = locked(extra)
    assert all(hashes for _, hashes in pins.values())
    for text in PROJECT["dependencies"] + EXTRAS[extra]:
        wanted = Requirement(text)
        version, _ = pins[wanted.name.lower()]
        assert wanted.specifier.contains(version), f"{text} but {extra}.lock has {version}: run `make lock`"


def test_a_package_has_one_version_in_all_lock_files():
    seen = {}
    for extra in EXTRAS:
        for name, (version, _) in locked(extra).items():
            assert seen.setdefault(name, version) == version, name


@pytest.fixture(scope="module")
def environment():
    return yaml.safe_load((ROOT / "environment.yml").read_text())


def test_the_conda_environment_installs_this_project_on_a_python_that_it_takes(environment):
    python, pip, packages = environment["dependencies"]
    assert pip == "pip"
    release = re.fullmatch(r"python=(3\.\d+)", python)[1]
    assert SpecifierSet(PROJECT["requires-python"]).contains(release)
    (project,) = packages["pip"]
    extras = re.fullmatch(r"--editable \.\[([a-z,]+)\]", project)[1].split(",")
    assert set(extras) <= set(PROJECT["optional-dependencies"])
    assert environment["channels"] == ["conda-forge"]


def test_conda_reads_each_of_its_dependencies(environment):
    rattler = pytest.importorskip("rattler", reason="py-rattler is not installed")
    specs = [rattler.MatchSpec(each, strict=True) for each in environment["dependencies"] if isinstance(each, str)]
    assert [spec.name.normalized for spec in specs] == ["python", "pip"]


def test_binder_would_build_it_with_conda_and_this_tree(tmp_path):
    pytest.importorskip("repo2docker", reason="jupyter-repo2docker is not installed")
    course = tmp_path / "course"
    course.mkdir()
    # What decides how Binder builds: the files at the root.
    for name in committed():
        if name.parent == ROOT:
            shutil.copy(name, course)
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", course]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Building conda environment for python=3.12" in done.stdout + done.stderr
    # The dependencies of this tree can be installed only after it is there.
    steps = [line for line in (done.stdout + done.stderr).splitlines() if "COPY" in line or "env update" in line]
    (update,) = (number for number, line in enumerate(steps) if '--file "environment.yml"' in line)
    assert any("src/ ${REPO_DIR}" in line for line in steps[:update])


def test_the_citation_and_the_package_have_one_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    scope = {}
    exec((ROOT / "cohort/__init__.py").read_text(), scope)
    assert citation["version"] == PROJECT["version"] == scope["__version__"]


def test_a_students_environment_has_no_grader_no_book_and_no_hub():
    assert not {"nbgrader", "jupyter-book", "jupyterhub", "pytest"} & set(locked("base"))


def test_a_wheel_carries_what_a_lesson_needs_of_the_tree(tmp_path):
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True)
    installed = tmp_path / "site"
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as wheel:
        wheel.extractall(installed)
    code = "from cohort import cards; print(cards.scenario('excess', 'NG').data)"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert "one number by tonight" in done.stdout


def committed():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_committed_file_names_a_package_index():
    hosts = re.compile(rb"(pypi|pythonhosted|npmjs|yarnpkg|anaconda|debian)\.(org|com)", re.IGNORECASE)
    found = {path.name for path in committed() if path.suffix != ".png" and hosts.search(path.read_bytes())}
    assert found <= {Path(__file__).name}


def test_nothing_personal_is_committed():
    names = [path.relative_to(ROOT).as_posix() for path in committed()]
    for folder in ("submitted", "autograded", "feedback"):
        assert [name for name in names if name.startswith(f"{folder}/")] == [f"{folder}/README.md"]
    assert not [name for name in names if name.endswith(".db") or name.startswith(("cohorts/", ".exchange/", ".demo/"))]


@pytest.mark.parametrize("name", ["gradebook.db", "submitted/a/excess/excess.ipynb", "cohorts/x/cohort.yml"])
def test_git_ignores_what_is_personal(name):
    done = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=ROOT)
    assert done.returncode == 0


def test_the_workflows_are_valid():
    actionlint = Path(sys.executable).with_name("actionlint")
    done = subprocess.run([actionlint, "-oneline"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_ci_runs_exactly_make_test():
    lines = (ROOT / ".ci/run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make test"]
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_an_old_python_is_refused_with_the_mend(tmp_path):
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    done = subprocess.run(["make", "setup", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0
    assert "is older than 3.11: install Python 3.11 or newer" in done.stderr
    assert not (tmp_path / ".venv").exists()
