# `make demo` and `make test` need nothing but Python >= 3.11 and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DATA ?= instance
CASES ?= 2000
PROCESSES ?= logical

.DEFAULT_GOAL := help
.PHONY: help demo test check nightly format lint serve migration translations bench docs assets browser wheel lock clean

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

demo: $(VENV)/run.stamp assets ## Real data in a browser, from nothing: http://127.0.0.1:8000
	TRACKER_DATA=$(DATA) $(BIN)/tracker demo --port $(PORT)

serve: $(VENV)/run.stamp assets ## Serve your own installation
	$(BIN)/tracker db upgrade
	$(BIN)/tracker serve --port $(PORT)

test: $(VENV)/test.stamp assets browser ## All tests: SQLite, PostgreSQL, a real browser, the wheel
	@failed=; \
	$(BIN)/pytest -n $(PROCESSES) --maxprocesses 4 -m "not alone" || failed=yes; \
	$(BIN)/pytest -m alone || failed=yes; \
	if [ -n "$$failed" ]; then echo "Tests failed: see above."; exit 1; fi; \
	echo "All tests passed."

check: $(VENV)/test.stamp assets browser lint test ## Everything that must hold before a change lands

nightly: $(VENV)/test.stamp ## Hours of cases nobody wrote down; CASES of each operation with each role's key
	HYPOTHESIS_PROFILE=exploring $(BIN)/pytest -q tests/domain tests/linkage tests/services tests/db
	HYPOTHESIS_PROFILE=exploring API_CASES=$(CASES) API_EVERY_PHASE=1 $(BIN)/pytest -q --log-cli-level=INFO tests/api/test_made_up_calls.py

lint: $(VENV)/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/test.stamp ## Bring the code into the common form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/test.stamp ## Check that the documents name what there is
	$(BIN)/pytest -q tests/architecture/test_documents.py

bench: $(VENV)/test.stamp assets ## Measure beside the peers; writes docs/performance.md
	$(BIN)/python -m benchmarks

migration: $(VENV)/test.stamp ## Draft a migration from the models: make migration M="what it does"
	$(BIN)/python -m tracker.db.draft_migration "$(M)"

translations: $(VENV)/run.stamp ## Collect the texts of the pages into the catalogues
	$(BIN)/python -m tracker.translations.collect

wheel: $(VENV)/run.stamp assets ## Build the package, browser assets included
	$(BIN)/python -m hatchling build -t wheel

assets: $(VENV)/run.stamp
	@$(BIN)/python -m tracker.web.build_assets

browser: $(VENV)/test.stamp
	@bash .ci/browser

lock: ## Pin the newest requirements again, with hashes and without addresses (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra build pyproject.toml -o .ci/requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra build --extra test -c .ci/requirements.txt pyproject.toml -o .ci/requirements-test.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/bin/python .ci/requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp .ci/requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements-test.txt
	@touch $@

clean: ## Remove what was made here (not your data)
	rm -rf $(VENV) dist build node_modules tracker/web/node_modules tracker/web/static/vendor
