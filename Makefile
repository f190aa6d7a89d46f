# Two commands matter: `make demo` runs the course once, `make test` checks it.
# Both set up all that they need, on a machine with Python 3.11 or newer, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
# The locks name all that is needed, and nothing of requirements/excluded.txt.
INSTALL := $(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --no-deps --require-hashes
EXTRAS := grade book hub dask audit test
# Three at a time on two cores: hubs, clusters and browsers wait more than they work. The order is that of tests/conftest.py.
PYTEST := $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder
export UV_LINK_MODE ?= copy

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo hub test test-all check lessons book setup setup-hub setup-test programs chromium postgresql bubblewrap lock clean

help:
	@echo "make demo        set up, then run the course once: lesson, release, 30 simulated students, grades, book"
	@echo "make hub         set up, then run a JupyterHub with a demo cohort on this machine, until Ctrl-C"
	@echo "make test        set up what the tests need, then run them"
	@echo "make check       what a contributor runs before a pull request"
	@echo "make lessons     run every lesson for every place with papermill"
	@echo "make book        build the public text"
	@echo "make lock        resolve the lock files again, after a change of pyproject.toml"
	@echo "make clean       remove what was built; submissions and grades stay"

demo: setup
	$(BIN)/cohort demo

hub: setup-hub
	@$(BIN)/cohort hub

test: setup-test programs
	$(PYTEST)

test-all: setup-test programs
	$(PYTEST) --all

check: setup-test
	$(BIN)/cohort check

lessons: setup
	$(BIN)/cohort lessons

book: setup
	$(BIN)/cohort lessons
	$(BIN)/cohort book

setup: $(VENV)/.setup
setup-hub: $(VENV)/.setup-hub
setup-test: $(VENV)/.setup-test

$(VENV)/.bootstrap: requirements/bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "error: $(PYTHON) is older than 3.11: install Python 3.11 or newer, or set PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "error: Python has no venv module: on Debian, apt-get install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing uv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock
	@touch $@

$(VENV)/.setup: $(VENV)/.bootstrap requirements/base.lock requirements/grade.lock requirements/book.lock pyproject.toml
	@echo "Installing the course, nbgrader, papermill and Jupyter Book"
	@$(INSTALL) -r requirements/base.lock -r requirements/grade.lock -r requirements/book.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/cohort datasets fetch
	@$(BIN)/python -c 'from cohort import mathjax; mathjax.fetch()'
	@touch $@

$(VENV)/.setup-hub: $(VENV)/.setup requirements/hub.lock
	@echo "Installing JupyterHub"
	@$(INSTALL) -r requirements/hub.lock
	@touch $@

$(VENV)/.setup-test: $(VENV)/.setup requirements/hub.lock requirements/dask.lock requirements/audit.lock requirements/test.lock
	@echo "Installing what the tests need"
	@$(INSTALL) -r requirements/hub.lock -r requirements/dask.lock -r requirements/audit.lock -r requirements/test.lock
	@touch $@

# What the tests use of the system; where it cannot be installed, those tests are skipped and say so.
programs: chromium postgresql bubblewrap

define apt
{ as=; [ "$$(id -u)" = 0 ] || as="sudo -n"; $$as apt-get update -qq && $$as apt-get install -y -qq $(1) >/dev/null; }
endef

chromium:
	@for browser in chromium chromium-browser google-chrome; do command -v $$browser >/dev/null && exit 0; done; \
	echo "Installing Chromium"; \
	$(call apt,chromium) || echo "Chromium could not be installed: the browser tests will be skipped"

# The tests start a server of their own; Debian's package is kept from starting another.
postgresql:
	@{ ls /usr/lib/postgresql/*/bin/initdb || command -v initdb; } >/dev/null 2>&1 && exit 0; \
	echo "Installing PostgreSQL"; \
	conf=/etc/postgresql-common/createcluster.conf; \
	{ $(call apt,postgresql-common) && $$as pg_conftool $$conf set create_main_cluster false && $(call apt,postgresql); } \
	  || echo "PostgreSQL could not be installed: its tests will be skipped"; \
	$$as pg_conftool $$conf remove create_main_cluster 2>/dev/null || true

bubblewrap:
	@command -v bwrap >/dev/null && exit 0; \
	echo "Installing bubblewrap"; \
	$(call apt,bubblewrap) || echo "bubblewrap could not be installed: its tests will be skipped"

# All extras are resolved together first, so that a package has one version in every file.
lock: $(VENV)/.bootstrap
	@all=$$(mktemp) && trap 'rm -f $$all' EXIT && \
	compile="$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --excludes requirements/excluded.txt" && \
	$$compile --upgrade --all-extras pyproject.toml -o $$all && \
	$$compile pyproject.toml -c $$all -o requirements/base.lock && \
	for extra in $(EXTRAS); do \
	  $$compile pyproject.toml --extra $$extra -c $$all -o requirements/$$extra.lock || exit 1; done && \
	$$compile -c requirements/grade.lock hub/image/image.in -o hub/image/image.lock && \
	$$compile --upgrade requirements/bootstrap.in -o requirements/bootstrap.lock

clean:
	rm -rf _build book/_build .demo .pytest_cache .ruff_cache .hypothesis
