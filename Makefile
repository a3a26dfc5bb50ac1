# Everything a person or CI does here. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test check sure fmt demo bench faults validate setup catalogues hooks clean

help: ## list what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.venv/.ready: requirements/dev.txt requirements/boot.txt tools/setup.sh
	@PYTHON=$(PYTHON) tools/setup.sh python
	@touch $@

node_modules/.ready: package-lock.json tools/setup.sh
	@tools/setup.sh browser
	@touch $@

static/vendor/.ready: node_modules/.ready tools/vendor.py .venv/.ready
	@$(BIN)/python tools/vendor.py
	@touch $@

setup: .venv/.ready static/vendor/.ready catalogues ## install what is locked, for Python and the browser

catalogues: .venv/.ready
	@$(BIN)/python tools/catalogues.py compile

run: setup ## serve on http://127.0.0.1:8000 with the worker beside it, on the demo edition
	@$(BIN)/python tools/run.py

demo: setup ## load the demo edition anew
	@APP_ENV=demo $(BIN)/flask db upgrade
	@APP_ENV=demo $(BIN)/flask demo load --anew

test: setup ## every test: unit, database (SQLite and PostgreSQL), browser
	@$(BIN)/pytest -n 2 --dist loadgroup

check: setup ## every static check
	@tools/check.sh

sure: check test ## check, then test: what CI runs

fmt: setup ## write code and templates in the house's form
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python tools/catalogues.py update

bench: setup ## measure against floors in the same run; ONLY=name for one
	@$(BIN)/python -m tests.load $(if $(ONLY),--only $(ONLY))

faults: setup ## the fault campaign, large counts
	@$(BIN)/pytest -n 2 tests/faults --campaign

validate: setup ## hold the exports of the demo against schemas from elsewhere: SCHEMAS=folder
	@$(BIN)/python -m tests.validate $(SCHEMAS)

clean: ## remove what can be made again (not the data in instance/)
	rm -rf .venv .boot node_modules static/vendor translations/*/LC_MESSAGES .mypy_cache .ruff_cache .pytest_cache
