# make run: the service on 127.0.0.1:8000.  make test: every check.  Both set up what they need.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet

.PHONY: run test check fresh lock

run: .venv/run
	exec $(BIN)/gunicorn "service.app:create_app()"

test: check
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

check: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Rewrites everything that is generated and committed.
fresh: .venv/dev
	$(BIN)/python -m service.openapi
	$(BIN)/python -m service.pages
	$(BIN)/python -m service.crm

# Compiles the hashed requirements, for every platform and without the address of any index.
lock: .venv/dev
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --extra dev -o requirements-dev.txt
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
		| $(COMPILE) - -o requirements-build.txt

.venv/run: requirements.txt | .venv/bin/pip
	$(INSTALL) -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt | .venv/bin/pip
	$(INSTALL) -r requirements-dev.txt
	touch $@ .venv/run

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found;" \
		"install it, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, and $(PYTHON) is not; name another:" \
		"make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu:" \
		"sudo apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
