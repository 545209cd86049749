# Two commands are enough: `make demo` and `make test`. `make check` adds lint and types.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
OUT    := out
# What the build of torch for a processor alone does without.
TORCH  := torch triton $(addprefix nvidia-,cublas cuda-cccl cuda-cupti cuda-nvrtc cuda-runtime cudnn-cu13 cufft cufile curand cusolver cusparse cusparselt-cu13 nccl-cu13 nvjitlink nvshmem-cu13 nvtx) cuda-bindings cuda-pathfinder cuda-toolkit

.PHONY: demo test check lint types train lock clean

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

# The language model, from the data that PEACETABLE_DATA names (docs/reference/language-model.md): about 90 minutes on two
# cores, a few on a GPU. `make train WITHOUT="polnear re3d"` leaves data sets out.
train: $(VENV)-train/.installed
	@$(VENV)-train/bin/python -m training $(foreach data,$(WITHOUT),--without $(data))

$(VENV)-train/.installed: requirements-train.lock pyproject.toml scripts/environment
	@PYTHON="$(PYTHON)" scripts/environment $(VENV)-train requirements-train.lock --no-deps
	@$(VENV)-train/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@touch $@

# Needs uv (https://docs.astral.sh/uv/). The locks hold hashes and name no package index.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group build --group train pyproject.toml -c requirements.lock $(foreach package,$(TORCH),--no-emit-package $(package)) -o requirements-train.lock

clean:
	rm -rf $(VENV) $(VENV)-train $(OUT) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
