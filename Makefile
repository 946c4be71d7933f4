# Everything runs from a virtual environment of the project's own; uv only makes it quicker.
VENV := .venv
PYTHON ?= python3
UV := $(VENV)/bin/uv
UV_VERSION := $(shell sed -n 's/^uv==//p' requirements-dev.txt)

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --no-header --no-emit-index-url -o requirements.txt
	uv pip compile --group dev -c requirements.txt --universal --python-version 3.11 --no-header --no-emit-index-url -o requirements-dev.txt
.PHONY: lock
