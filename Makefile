# `make` alone lists the targets. Everything is made in .venv, with the versions of uv.lock.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

suitable = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	if $$p -c '$(suitable)' 2>/dev/null; then echo $$p; break; fi; done)
VENV ?= .venv
BIN := $(VENV)/bin
EXTRAS := author pdf instructor dev $(if $(shell command -v nvidia-smi),gpu)
UV_VERSION := $(shell sed -n '/^name = "uv"$$/{n;s/version = "\(.*\)"/\1/p}' uv.lock)
export PYTHONWARNINGS ?= ignore::SyntaxWarning

.PHONY: help env book pdf test test-notebooks test-numerics check lab exercise-report grade-demo serve run lock clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

env: $(VENV)/.installed  ## make the environment in .venv

$(VENV)/.installed: pyproject.toml uv.lock src/cvbook/kernels/kernelspec/kernel.json \
		src/cvbook/lab/overrides.json
	@test -n "$(PYTHON)" || { echo "No Python 3.11, 3.12 or 3.13 found: install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --python $(BIN)/python \
		--compile-bytecode $(EXTRAS:%=--extra %)
	@touch $@

book: _build/html/.built  ## build the website, warnings as errors
	@echo "The book is at file://$(CURDIR)/_build/html/index.html (or: make serve)"

_build/html/.built: $(VENV)/.installed _config.yml _toc.yml $(wildcard book/*.* book/_static/*) \
		$(wildcard exercises/*/*.ipynb) _build/addresses \
		$(shell find src/cvbook/site src/cvbook/widgets -type f -not -name '*.pyc' 2>/dev/null)
	$(BIN)/jupyter-book build . --warningiserror --nitpick --keep-going --quiet \
		$(if $(filter src/%,$?),--all)
	@touch $@

# The addresses that the environment gives; newer than the site when they are others than before.
addresses := repository=$(CVBOOK_REPOSITORY_URL) site=$(CVBOOK_SITE_URL)
_build/addresses: FORCE
	@mkdir -p $(@D)
	@test "$$(cat $@ 2>/dev/null)" = '$(addresses)' || echo '$(addresses)' > $@
FORCE:

pdf: $(VENV)/.installed  ## print the book as one PDF, _build/cvbook.pdf
	$(BIN)/cvbook pdf

test: check book  ## run every test
	$(BIN)/pytest -m slow -n 2 --dist loadfile
	$(MAKE) test-notebooks

test-notebooks: $(VENV)/.installed  ## execute chapters and solutions and check every output
	$(BIN)/pytest -p cvbook.reproduce.pytest_plugin --cvbook-notebooks --cvbook-warm -n 2 --dist loadfile \
		$(wildcard book/*.ipynb) $(wildcard solutions/*/*.ipynb)

test-numerics: $(VENV)/.installed  ## the same under other CPU settings and Pythons (nox)
	$(BIN)/nox

check: $(VENV)/.installed  ## lint, types and unit tests, under a minute
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy --no-error-summary
	$(BIN)/pytest -q -m "not slow" -n 2

lab: $(VENV)/.installed  ## open JupyterLab in Korean with the course's kernel
	$(BIN)/jupyter lab

exercise-report: $(VENV)/.installed  ## table of what the exercises' tests catch, in _build
	$(BIN)/python tools/exercise_report.py

grade-demo: $(VENV)/.installed  ## grade three sample submissions with nbgrader, in _build
	$(BIN)/python tools/grade_demo.py

serve: book  ## serve the website on http://localhost:8000
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html 8000

run: $(VENV)/.installed  ## execute the chapters whose inputs changed
	$(BIN)/cvbook run

lock:  ## lock the newest allowed versions and write environment.yml after them
	$(BIN)/uv lock --upgrade
	$(MAKE) environment.yml

environment.yml: uv.lock
	{ printf '%s\n' '# Written by `make lock` from uv.lock.' 'name: cvbook' 'channels: [conda-forge]' \
		'dependencies:' '  - python=3.12' '  - pip' '  - pip:' '      - --editable .'; \
	  $(BIN)/uv export --frozen --quiet --no-hashes --no-annotate --no-header --no-emit-project \
		| sed 's/^/      - /'; } > $@

clean:  ## remove what make made
	rm -rf _build .cache $(VENV)
