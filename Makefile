# Every target makes the environment it needs: only Python 3.11+ (with venv), make and git must be there.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
USE := $(VENV)/.use-ready
DEV := $(VENV)/.dev-ready
SAMPLE := sample_production
SOAK_MINUTES ?= 10
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help demo test soak check golden bench dist clean

help: ## what can be made
	@echo "make demo     set up, then a call sheet, a cost report and request mails from the sample production"
	@echo "make test     set up, then every check and test that needs only Python"
	@echo "make check    style, types and the house's arrows"
	@echo "make golden   write the golden documents anew: review them as a diff"
	@echo "make soak     the long tests: fuzzing, real servers, fault injection (SOAK_MINUTES=$(SOAK_MINUTES))"
	@echo "make bench    measure the speeds the README names, and write them there"
	@echo "make dist     the wheel and the source archive, in dist/"
	@echo "make clean    take away what was made"

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "pmkit needs Python 3.11 or newer with venv (Debian: apt install python3-venv)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(USE): pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Setting up (once): the libraries go into $(VENV)/"
	@$(BIN)/python -m pip install -q -e .
	@touch $@

$(DEV): pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Setting up for the tests (once): the libraries go into $(VENV)/"
	@$(BIN)/python -m pip install -q -e '.[dev]'
	@touch $@ $(USE)

demo: $(USE) ## the main job, on the sample
	@$(BIN)/pmkit -C $(SAMPLE) validate
	@echo
	@$(BIN)/pmkit -C $(SAMPLE) callsheet 2025-11-01 --format pdf
	@$(BIN)/pmkit -C $(SAMPLE) callsheet 2025-11-01 --format html
	@$(BIN)/pmkit -C $(SAMPLE) costs --date 2025-10-30 --format pdf
	@$(BIN)/pmkit -C $(SAMPLE) costs --date 2025-10-30 --format xlsx
	@$(BIN)/pmkit -C $(SAMPLE) request send grips-2nd-unit --date 2025-10-14
	@echo
	@echo "Next:"
	@echo "  $(BIN)/pmkit -C $(SAMPLE) callsheet second:2      another day, in the terminal"
	@echo "  $(BIN)/pmkit -C $(SAMPLE) costs 3607              where an account's figures come from"
	@echo "  $(BIN)/pmkit new my-film                          a production of your own"

check: $(DEV) ## style, types, arrows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: check ## everything that needs only Python
	@$(BIN)/python -m pytest -n 2

golden: $(DEV) ## write the golden documents anew
	@PMKIT_GOLDEN=1 $(BIN)/python -m pytest -n 2 -k golden
	@git --no-pager diff --stat -- tests

soak: $(DEV) ## the long tests
	@SOAK_MINUTES=$(SOAK_MINUTES) $(BIN)/python -m pytest -m "soak or hypothesis"

bench: $(DEV) ## measure
	@$(BIN)/python benchmarks/bench.py --write

dist: $(DEV) ## wheel and source archive
	@rm -rf dist
	@$(BIN)/python -m build -q
	@ls dist

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis $(SAMPLE)/build
