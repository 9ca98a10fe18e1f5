# What people and CI do with memlake. Any target may come first: .venv/ is made when it is needed.
# Works with GNU make from 3.81 on and every POSIX shell.

# Paths as typed: make would expand a `$` in them, and recipes take them from the environment, unseen by the shell.
override EXPORT := $(value EXPORT)
override LAKE := $(value LAKE)
override A := $(or $(value A),$(if $(value B),latest~1))
override B := $(value B)
override DIR := $(value DIR)
export EXPORT A B DIR
ifneq ($(LAKE),)
export MEMLAKE_LAKE := $(LAKE)
endif
SIZE = 50M
PROVIDER = chatgpt
GENERATED_DOCUMENTS = README.md sql/README.md

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install ingest list lookup diff archive shell format lint test check golden eval bench wheel clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

install: .venv/.installed  ## Make .venv/, with memlake, python and duckdb in .venv/bin (PYTHON=path to choose one)
	@echo "Ready. Try: .venv/bin/memlake --help"

ingest: .venv/.installed  ## Take in one export, a ZIP or a folder: make ingest EXPORT="path" (LAKE="path"; default ./lake)
	@test -n "$$EXPORT" || { printf '%s\n' 'memlake: error: no export given' 'hint: make ingest EXPORT="path of a ZIP or folder"' >&2; exit 2; }
	@.venv/bin/memlake ingest -- "$$EXPORT" || test $$? -eq 3

list: .venv/.installed  ## List what the assistant remembers (LAKE="path"; default ./lake)
	@.venv/bin/memlake list

lookup: .venv/.installed  ## Find the chat and the words each memory came from (LAKE="path"; default ./lake)
	@.venv/bin/memlake lookup-sources

diff: .venv/.installed  ## Show what changed between two exports (A= and B= latest, latest~1, a date or an id; LAKE="path")
	@.venv/bin/memlake diff -- $${A:+"$$A"} $${B:+"$$B"}

archive: .venv/.installed  ## Write pages and tables of everything into a folder for keeps: make archive DIR="path" (LAKE="path")
	@test -n "$$DIR" || { printf '%s\n' 'memlake: error: no folder given' 'hint: make archive DIR="folder for the archive"' >&2; exit 2; }
	@.venv/bin/memlake archive -- "$$DIR"

shell: .venv/.installed  ## Ask the lake in DuckDB's own shell (LAKE="path"; default ./lake)
	@.venv/bin/memlake shell

format: .venv/.dev  ## Rewrite the code in the house style
	@.venv/bin/ruff check --quiet --fix-only && .venv/bin/ruff format --quiet

lint: .venv/.dev  ## Check style, types, the direction of imports, and the generated parts of the documents
	@.venv/bin/ruff check --quiet && .venv/bin/ruff format --check --quiet
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/cog --check -I tests $(GENERATED_DOCUMENTS)

test: .venv/.dev  ## Run the tests
	@.venv/bin/pytest --numprocesses auto --maxprocesses 8 -m "not packaging"

check:  ## Do all that CI does
	@.ci/run

golden: .venv/.dev  ## Write the expected outputs and the generated parts of the documents again; then review the difference
	@.venv/bin/pytest --quiet tests/golden --update-golden
	@.venv/bin/cog -r -I tests $(GENERATED_DOCUMENTS)

eval: .venv/.dev  ## Measure source lookup, prose history and packs on labelled data, and compare with the figures before
	@.venv/bin/python tests/eval/evaluate_landing.py
	@.venv/bin/python tests/eval/evaluate_packs.py
	@.venv/bin/python tests/eval/evaluate_prose.py
	@.venv/bin/python tests/eval/evaluate.py

bench: .venv/.dev  ## Measure ingest against the floor and two peers, history on 60 exports, lookup, search, jq and archives (SIZE=50M, 500M or 2G; PROVIDER=claude: ingest only)
	@.venv/bin/python tests/bench/bench.py --size $(SIZE) --provider $(PROVIDER)

wheel: .venv/.dev  ## Build the wheel in dist/
	@.venv/bin/pyproject-build --wheel

clean:  ## Remove all that was made here, except lakes
	@rm -rf .venv dist build .bench .hypothesis .coverage* .*_cache

.venv/pyvenv.cfg:
	@python=$$(.ci/find-python) && "$$python" -m venv --clear .venv

.venv/.installed: .venv/pyvenv.cfg pyproject.toml
	@.venv/bin/python -m pip install -qq --disable-pip-version-check --editable '.[fast,shell]'
	@touch $@

.venv/.dev: .venv/.installed
	@.venv/bin/python -m pip install -qq --disable-pip-version-check --editable '.[dev]'
	@touch $@
