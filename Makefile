# `make` alone lists the targets. Everything is made in .venv, with the versions of uv.lock.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

suitable = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	if $$p -c '$(suitable)' 2>/dev/null; then echo $$p; break; fi; done)
VENV ?= .venv
BIN := $(VENV)/bin
comma := ,
# CUDA where there is an NVIDIA card, for students too: the guides promise that a GPU is used.
GPU := $(if $(shell command -v nvidia-smi),gpu)
EXTRAS := author pdf instructor hub $(GPU)
UV_VERSION := $(shell sed -n '/^name = "uv"$$/{n;s/version = "\(.*\)"/\1/p}' uv.lock)
# Pyodide's files for the pages' live code; without them they are downloaded (CONTRIBUTING.md).
export CVBOOK_PYODIDE ?= $(abspath $(wildcard ../shared/pyodide-*))
export PYTHONWARNINGS ?= ignore::SyntaxWarning
# The tests start Python hundreds of times, which without stored bytecode compiles each time anew.
unexport PYTHONDONTWRITEBYTECODE

# The widgets' JavaScript, and its bundles, which git ignores: that which is written last.
FRONTENDS := $(shell find src/cvbook/{widgets,grading/marking}/frontend -type f 2>/dev/null)
BUNDLES := src/cvbook/grading/marking/static/view.js
ENVIRONMENTS := environment.yml environment-gpu.yml environment-student.yml

.PHONY: help env widgets widgets-watch book pdf test test-slow test-notebooks test-numerics test-results test-exhaustive check lab \
	exercise-report grade-demo \
	serve run run-times pictures screenshots linkcheck translations lock clean $(ENVIRONMENTS)

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

env: $(VENV)/.installed node_modules/.installed $(BUNDLES)  ## make the environment in .venv

SYNC = UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --python $(BIN)/python --compile-bytecode

# The base alone: what a student needs. What else is there already stays.
$(VENV)/.base: pyproject.toml hatch_build.py uv.lock src/cvbook/kernels/kernelspec/kernel.json \
		src/cvbook/lab/overrides.json
	@test -n "$(PYTHON)" || { echo "No Python 3.11, 3.12 or 3.13 found: install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(SYNC) --inexact --no-dev $(GPU:%=--extra %)
	@touch $@

# Installed again, the package bundles what changed (hatch_build.py): without npm in .venv.
$(VENV)/.bundled: $(VENV)/.base $(FRONTENDS)
	$(SYNC) --inexact --no-dev --refresh-package cvbook $(GPU:%=--extra %)
	@touch $@

$(VENV)/.installed: $(VENV)/.base
	$(SYNC) $(EXTRAS:%=--extra %)
	@touch $@

# Node and npm come as a Python package, so that nothing else need be there.
NPM := PATH="$(abspath $(BIN)):$$PATH" npm

node_modules/.installed: package.json package-lock.json .npmrc $(VENV)/.installed
	$(NPM) ci --loglevel=error
	@touch $@

$(BUNDLES): node_modules/.installed $(FRONTENDS)
	$(NPM) run --silent build
	@touch $@

widgets: node_modules/.installed  ## bundle the widgets' JavaScript, whatever is there
	$(NPM) run --silent build

widgets-watch: node_modules/.installed  ## bundle it, and again after each change
	$(NPM) run --silent watch

book: _build/html/.built  ## build the website, warnings as errors
	@echo "The book is at file://$(CURDIR)/_build/html/index.html (or: make serve)"

_build/html/.built: node_modules/.installed $(VENV)/.installed $(BUNDLES) _config.yml _toc.yml $(wildcard book/*.* book/_static/*) \
		$(wildcard exercises/*/*.ipynb) _build/addresses \
		$(wildcard book/results/*.json src/cvbook/*.py) \
		$(shell find src/cvbook/{checks,reference,site,widgets} -type f -not -name '*.pyc' 2>/dev/null)
	$(BIN)/jupyter-book build . --warningiserror --nitpick --keep-going --quiet \
		$(if $(filter src/%,$?),--all)
	@touch $@

# What the environment gives; newer than the site when it is other than before.
addresses := repository=$(CVBOOK_REPOSITORY_URL) site=$(CVBOOK_SITE_URL) pyodide=$(CVBOOK_PYODIDE)
_build/addresses: FORCE
	@mkdir -p $(@D)
	@test "$$(cat $@ 2>/dev/null)" = '$(addresses)' || echo '$(addresses)' > $@
FORCE:

pdf: $(VENV)/.installed $(BUNDLES)  ## print the book as one PDF, _build/cvbook.pdf
	$(BIN)/cvbook pdf

# Trainings side by side on two cores: more threads would only wait for each other.
ONE_THREAD := OMP_NUM_THREADS=1 TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1

# Both side by side, and more workers than two cores: while one waits (for a browser, a timeout, its
# last long file), another has the processor. Not more: of the banks' tests, three took a tenth more of it than two.
test: $(VENV)/.installed  ## run every test, of long ones a part drawn by the date
	$(MAKE) -j 2 check book
	$(MAKE) -j 2 test-slow test-notebooks NOTEBOOK_WORKERS=1

test-slow: $(VENV)/.installed book  ## the tests that `make check` leaves out, but for the notebooks
	$(ONE_THREAD) $(BIN)/pytest -m slow -n 3 --dist loadfile --durations=30

NOTEBOOK_WORKERS := 2
test-notebooks: $(VENV)/.installed $(BUNDLES)  ## execute chapters and solutions and check every output
	$(ONE_THREAD) $(BIN)/pytest -p cvbook.reproduce.pytest_plugin --cvbook-notebooks --cvbook-warm \
		-n $(NOTEBOOK_WORKERS) --dist loadfile $(wildcard book/*.ipynb) $(wildcard solutions/*/*.ipynb)

test-numerics: $(VENV)/.installed $(BUNDLES)  ## the same under other CPU settings and Pythons (nox)
	$(BIN)/nox

test-results: $(VENV)/.installed  ## measure half an hour of stored runs again, drawn by the date
	CVBOOK_SAMPLE_SECONDS=1800 $(BIN)/python -m pytest -q tests/book/test_results.py

test-exhaustive: export CVBOOK_SAMPLE := all
test-exhaustive: test-slow  ## test-slow, with all of what is drawn by the date (but test-results)

check: $(VENV)/.installed node_modules/.installed $(BUNDLES)  ## lint, layers, types and unit tests, under a minute
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/codespell
	$(BIN)/lint-imports --no-logo --cache-dir .cache/import-linter
	$(BIN)/numpydoc lint $$(find src -name '*.py')
	$(BIN)/mypy --no-error-summary
	$(NPM) run --silent check
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.citation-file-format CITATION.cff
	$(BIN)/pytest -q -m "not slow" -n 2

lab: $(VENV)/.bundled  ## open JupyterLab in Korean with the course's kernel; installs the base only
	$(BIN)/jupyter lab

exercise-report: $(VENV)/.installed  ## table of what the exercises' tests catch, in _build
	$(BIN)/python tools/exercise_report.py

grade-demo: $(VENV)/.installed  ## grade three sample submissions with nbgrader, in _build
	$(BIN)/python tools/grade_demo.py

PORT ?= 8000
taken := import socket, sys; sys.exit(socket.socket().connect_ex(("127.0.0.1", $(PORT))) == 0)
serve: book  ## serve the website on http://localhost:8000, or another PORT=
	@$(BIN)/python -c '$(taken)' || { echo "Port $(PORT) is taken – by another program – choose one: make serve PORT=8001" >&2; exit 1; }
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

run: $(VENV)/.installed $(BUNDLES)  ## execute the chapters whose inputs changed
	$(BIN)/cvbook run

run-times: $(VENV)/.installed $(BUNDLES)  ## execute every chapter and write how long it took, for the first page
	$(BIN)/python tools/run_times.py

pictures: $(VENV)/.installed  ## draw the picture of the first page again
	$(BIN)/python tools/intro_picture.py

screenshots: book  ## draw the README's pictures of the site again
	$(BIN)/python tools/screenshots.py

linkcheck: $(VENV)/.installed  ## check every link of the book; needs the network
	$(BIN)/jupyter-book build . --path-output _build/linkcheck --builder linkcheck --all

# What the commands say to students; a new message waits in the .po file for its Korean.
TRANSLATED := $(addprefix src/cvbook/,commands/check.py commands/doctor.py datasets/location.py grading/visible.py)
CATALOGS := src/cvbook/locale
translations: $(VENV)/.installed  ## collect the messages of `cvbook check` and `doctor`, compile their translations
	$(BIN)/pybabel -q extract --no-location --no-wrap -o _build/cvbook.pot $(TRANSLATED)
	$(BIN)/pybabel -q update -D cvbook -i _build/cvbook.pot -d $(CATALOGS) --no-wrap --no-fuzzy-matching \
		--ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -D cvbook -d $(CATALOGS)

lock:  ## lock the newest allowed versions and write the files for conda after them
	$(BIN)/uv lock --upgrade
	$(MAKE) $(ENVIRONMENTS)

# Each is the lock with these extras; the base alone is for students.
environment.yml: extras := author,instructor
environment-gpu.yml: extras := author,instructor,gpu
environment-gpu.yml: cuda := [and-cuda]

$(ENVIRONMENTS):
	{ printf '%s\n' '# Written by `make lock` from uv.lock.' 'name: cvbook' 'channels: [conda-forge]' \
		'dependencies:' '  - python=3.12' '  - pip' '  - pip:' '      - --editable .$(extras:%=[%])'; \
	  $(BIN)/uv export --frozen --quiet --no-dev --no-hashes --no-annotate --no-header --no-emit-project \
			$(patsubst %,--extra %,$(subst $(comma), ,$(extras))) \
		| sed 's/^tensorflow==/tensorflow$(cuda)==/; s/^/      - /'; } > $@

clean:  ## remove what make made
	rm -rf _build .cache .nox node_modules $(VENV) src/cvbook/{widgets,grading/marking}/static
