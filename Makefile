# `make demo` and `make test` are all there is to set up; `make help` lists the rest.
PORT ?= 8501
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint bench help clean

demo: $(VENV)/.run ## Start the app and open it in the browser (PORT=8600 make demo for another port)
	@echo "Loupe is at http://localhost:$(PORT)  (stop with Ctrl+C)"
	@$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.dev lint ## Run every check: lint, types, tests with a real browser
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev ## Check style and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: $(VENV)/.dev ## Measure, print one table and write .loupe/bench.json
	@$(BIN)/python -m bench

help: ## List these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

clean: ## Remove the environment and everything written at run time
	rm -rf $(VENV) .loupe .pytest_cache .mypy_cache .ruff_cache

$(VENV)/.run: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Loupe needs Python 3.11 or newer: PYTHON=python3.12 make demo")'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
