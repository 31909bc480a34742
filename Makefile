# Needs Python 3.11+ with venv, git, make and g++; every target does its own set-up.
PYTHON ?= python3
# The torch to train with: make TORCH='...' for another build than the package index's own.
TORCH ?= torch==2.13.0
BIN := .venv/bin

.PHONY: setup demo demo-train test lint clean

setup: .venv/.ready

.venv/.ready: pyproject.toml
	@echo "setting up .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

.venv/.ready-train: .venv/.ready
	@echo "adding torch and what trains with it"
	@$(BIN)/python -m pip install --quiet '$(TORCH)'
	@$(BIN)/python -m pip install --quiet --editable '.[train]'
	@touch $@

demo: setup
	$(BIN)/synthsmith run recipes/mini.toml

demo-train: .venv/.ready-train
	$(BIN)/synthsmith run recipes/lists.toml
	$(BIN)/synthsmith study rl recipes/lists.toml

test: .venv/.ready-train
	$(BIN)/python -m pytest -n 2

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf .venv runs build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
