# make run: the service on 127.0.0.1:8000.  make test: every check.  Both set up what they need.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check fresh lock bench

run: .venv/run
	$(BIN)/gunicorn "service.app:create_app()"

test: .venv/dev check
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered

check: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Rewrites everything that is generated and committed.
fresh: .venv/dev
	$(BIN)/python -m service.openapi
	$(BIN)/python -m service.pages

# Compiles the hashed requirements, for every platform and without the address of any index.
lock: .venv/dev
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -q pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -q pyproject.toml --extra dev -o requirements-dev.txt

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@ .venv/run
