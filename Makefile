# Two commands matter: `make demo` and `make test`. Each first sets up what it needs.
PYTHON ?= python3
VENV := .venv/bin/python
UV := build/uv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-emit-package tracker --custom-compile-command "make pins"

help:  ## Say what there is to make
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup:  ## Virtual environment, pinned dependencies and Qt's system packages
	@$(PYTHON) -m tools.setup run

demo:  ## The program on its own small desk, with a scripted technician
	@$(PYTHON) -m tools.setup demo
	@$(VENV) -m tracker demo

test:  ## Every check and every test, the live servers included
	@$(PYTHON) -m tools.setup test
	@$(VENV) -m tools.check

coverage:  ## How much of the program the tests go through, by line and branch: twice as long as the tests
	@$(PYTHON) -m tools.setup test
	@$(VENV) -m pytest --numprocesses auto --dist loadgroup --cov --cov-report term:skip-covered

lint: setup  ## Only the checks that read the code: format, style, types, imports
	@$(VENV) -m tools.check --static

bench:  ## Figures beside a bare program: make -s bench BENCH_ARGS=--json
	@$(PYTHON) -m tools.setup bench
	@$(VENV) -m tests.bench $(BENCH_ARGS)

soak:  ## Hours of use in a row, looking for growth, then a chat under rough handling: SOAK_ARGS, ROUGH_ARGS
	@$(PYTHON) -m tools.setup bench
	@$(VENV) -m tests.bench.soak $(SOAK_ARGS)
	@$(VENV) -m tests.rough --over desk $(ROUGH_ARGS)
	@$(VENV) -m tests.rough --over matrix $(ROUGH_ARGS)

installers:  ## The packages for Debian and Ubuntu, in build/installers: INSTALLERS_ARGS="--twice --prove"
	@$(PYTHON) -m tools.setup test
	@$(VENV) -m tools.linux $(INSTALLERS_ARGS)

windows:  ## The program and installers for Windows, made and tried under Wine, in build/windows (20 minutes, 2 GB)
	@$(PYTHON) -m tools.setup windows
	@$(VENV) -m tools.windows $(WINDOWS_ARGS)

filemap: setup  ## Write the file map in docs/architecture.md from the module docstrings
	@$(VENV) -m tools.filemap

pins:  ## Choose the newest dependencies that pyproject.toml allows, with hashes
	@$(PYTHON) -m venv build/uv && build/uv/bin/pip install --quiet uv
	@$(UV) --upgrade --extra dev --output-file requirements/dev.txt pyproject.toml
	@$(UV) --constraint requirements/dev.txt --output-file requirements/run.txt pyproject.toml
	@$(UV) --upgrade --output-file requirements/synapse.txt requirements/synapse.in
	@$(UV) --upgrade --output-file requirements/openid.txt requirements/openid.in
	@$(subst --universal,--python-platform windows,$(UV)) --upgrade --constraint requirements/run.txt \
		--output-file requirements/windows.txt requirements/windows.in

clean:  ## Remove what was made here, the virtual environment too
	@rm -rf .venv build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help setup demo test coverage lint bench soak installers windows filemap pins clean
