# `make` builds .venv. `make run` shows the product on the sample. `make test` is everything that must hold.
SHELL := /bin/bash
.DEFAULT_GOAL := install
.PHONY: install run test quick docs check types style audit packages soak bench sample clean

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
PYTEST := $(BIN)/python -m pytest
# Processes that tests start find their modules compiled, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

install: $(INSTALLED)

$(INSTALLED): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,browser,lint]'
	@$(BIN)/python -m compileall -q selection
	@touch $@

run: $(INSTALLED)
	$(BIN)/selection propose sample_applications.xlsx --xlsx ehdotus.xlsx
	$(BIN)/selection app --example

# The reference pages and the example of docs/, from the program itself; tests compare.
docs: $(INSTALLED)
	$(BIN)/python docs/make_reference.py
	$(BIN)/python docs/make_example.py

# While you write: style, layers, the core and the catalogues, in under half a minute.
quick: $(INSTALLED)
	$(BIN)/ruff check -q .
	$(BIN)/ruff format -q --check .
	$(BIN)/lint-imports >/dev/null || $(BIN)/lint-imports
	$(PYTEST) -q -n 2 --dist loadfile tests/core tests/test_catalogues.py tests/test_rendered_texts.py tests/test_error_words.py tests/test_layers.py tests/test_public_face.py tests/test_docs_rules.py tests/test_docs_settings.py

# Everything but the tests themselves.
check: types style

types: $(INSTALLED)
	$(BIN)/mypy

style: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml selection app.py

audit: $(INSTALLED)
	.ci/audit $(BIN)

# What the tests use of the system's packages.
packages:
	.ci/system-packages

# Two things at a time: pip beside Debian's packages, then mypy beside the other checks. What pip brings is compiled when
# it is first used: most of it never is. The tests take three processes, each with servers of its own: they wait for pages
# and databases half of the time. The browser's come last, so that they do not wait for solvers. pytest ends with 5 where
# a folder holds no test.
test:
	PIP_COMPILE=no $(MAKE) --no-print-directory -j 2 packages check audit
	$(PYTEST) -n 3 --dist loadfile --ignore=tests/browser
	if test -d tests/browser; then $(PYTEST) -n 3 --dist loadfile tests/browser || test $$? = 5; fi

# Minutes to hours: fuzzing, crashes, many users.
soak: $(INSTALLED)
	$(PYTEST) -m soak || test $$? = 5

# Side by side with peers; each script prints its ratios.
bench: $(INSTALLED)
	@shopt -s nullglob; for script in benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

# The sample round, made anew: the same byte for byte.
sample: $(INSTALLED)
	$(BIN)/python benchmarks/make_applications.py --applicants 234 --seed 2021 --out sample_applications.xlsx

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache *.egg-info ehdotus.xlsx
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
