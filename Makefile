# `make run` and `make test` need Python 3.11+ and nothing else: everything is installed into a
# virtual environment of the project's own, from the pinned requirements files.
SHELL := /bin/sh
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9

.PHONY: help install install-dev run test test-services lint format lock screenshots vendor clean

help: ## What can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

install: $(VENV)/.installed ## Virtual environment with what the product needs

$(VENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Auditorium needs Python 3.11 or later; $(PYTHON) is older. Name one: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(VENV)/.installed: $(VENV)/.uv requirements.txt
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet -r requirements.txt
	@touch $@

install-dev: $(VENV)/.installed-dev ## The same, with what tests and lint need

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet -r requirements.txt -r requirements-dev.txt
	@touch $@

run: install ## Set up and run the whole product; Ctrl-C stops it
	@$(BIN)/python -m ops.serve

test: install-dev ## Every test that needs no other server
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not services"

test-services: install-dev ## What touches them, on the services that the environment names
	$(BIN)/python -m pytest -n 2 --dist loadgroup tests/contracts tests/search tests/publicity tests/selection tests/cms tests/products tests/merchants tests/accounts tests/journeys tests/media_pipeline/test_services_scheduling.py tests/media_pipeline/test_services_quotas.py tests/media_pipeline/test_likeness.py

lint: install-dev ## ruff, mypy, import-linter, djLint, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run

format: install-dev ## Put code and templates into their form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.uv ## Pin requirements*.txt anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --no-header --no-emit-index-url --quiet -o requirements.txt
	$(BIN)/uv pip compile --group dev -c requirements.txt --universal --python-version 3.11 --no-header --no-emit-index-url --quiet -o requirements-dev.txt

vendor: ## Fetch the browser libraries in static/vendor anew (needs npm)
	$(PYTHON) -m ops.vendor_js

screenshots: install-dev ## The main pages at 390 and 1440 px, from a running site
	$(BIN)/python -m ops.screenshots

clean: ## Remove the virtual environment and everything the site wrote
	rm -rf $(VENV) var
