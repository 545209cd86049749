# Two commands are enough: `make demo` and `make test`. `make check` adds lint and types.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
OUT    := out

.PHONY: demo test check lint types lock clean

demo: $(VENV)/.installed
	@mkdir -p $(OUT)
	@$(BIN)/peacetable brief examples/afghanistan-2021 --record $(OUT)/demo.db -o $(OUT)/brief.html

test: $(VENV)/.developing
	@$(BIN)/python -m pytest

lint: $(VENV)/.developing
	@$(BIN)/ruff check .

types: $(VENV)/.developing
	@$(BIN)/mypy

check: test lint types

# An environment is made once and remade when a lock changes; `scripts/environment` says what is missing.
$(VENV)/.installed: requirements.lock pyproject.toml scripts/environment
	@PYTHON="$(PYTHON)" scripts/environment $(VENV) requirements.lock
	@touch $@

$(VENV)/.developing: $(VENV)/.installed requirements-dev.lock
	@PYTHON="$(PYTHON)" scripts/environment $(VENV) requirements-dev.lock
	@touch $@

# Needs uv (https://docs.astral.sh/uv/). The locks hold hashes and name no package index.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(OUT) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
