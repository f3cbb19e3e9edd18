# zwsnb: `make lab` to play with it, `make test` to check it. Each target installs what it needs,
# once, into .venv, and is quick the second time.

PYTHON ?= python3
LAB_OPTIONS ?=
PYTEST_OPTIONS ?=
PYTHONS_OPTIONS ?=
BENCH_OPTIONS ?=
SOAK_OPTIONS ?=

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# What nobody imports need not be compiled.
INSTALL := $(PY) -m pip --disable-pip-version-check --quiet install --no-compile --editable
# Kernels would compile all of Jupyter anew at each start, if this was set, as images of containers do.
unexport PYTHONDONTWRITEBYTECODE
PACKAGE := setup.cfg setup.py pyproject.toml MANIFEST.in zwsnb/_version.py $(wildcard zwsnb/quick/*.[ch])

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help lab demo test test-unit test-all hosts adapters check format bench soak screenshot clean page
.PHONY: browser nginx test-long sanitized wheel

help:
	@echo "make lab        open JupyterLab on the first notebook"
	@echo "make demo       a moving sine wave in the browser, without a notebook"
	@echo "make test       run the tests, and print what of the page they cover"
	@echo "make test-unit  run those without a socket, a kernel or a browser"
	@echo "make test-all   run the unit and socket tests on every Python of this machine,"
	@echo "                and print what of zwsnb they cover on the newest"
	@echo "make test-long  what make test leaves out, for something shorter is like it"
	@echo "make hosts      show a plot in every host that can run here, the slow ones included"
	@echo "make adapters   run the callbacks and loggers in the frameworks that they are for"
	@echo "make check      lint, layout and types, of Python and of the page"
	@echo "make format     lay the code out, and mend what the linters can mend"
	@echo "make sanitized  run the tests of what is in C with AddressSanitizer"
	@echo "make wheel      build a wheel, on Linux one for other Linuxes too, into dist"
	@echo "make bench      measure, and write docs/benchmarks.md"
	@echo "                (BENCH_OPTIONS='--quick --only P1,P5')"
	@echo "make soak       an hour: see that nothing grows or gets lost, write docs/reliability.md"
	@echo "                (SOAK_OPTIONS='--quick --only R1,R4')"
	@echo "make screenshot make the pictures of the README and of docs/"
	@echo "make clean      remove all that these made"
	@echo "PYTHON=python3.12 before the first of them chooses another Python than python3;"
	@echo "PYTEST_OPTIONS='-k wire' chooses tests."

lab: $(VENV)/.lab page
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB_OPTIONS) \
		notebooks/hello.ipynb

demo: $(VENV)/.demo page
	$(BIN)/zwsnb demo

# pytest comes last: its closing line is the last word.
test: $(VENV)/.dev page browser nginx
	$(PY) tools/npm.py test
ifdef PYTEST_OPTIONS
	$(PY) -m pytest $(PYTEST_OPTIONS)
else
	$(PY) -m pytest -n logical --dist loadfile tests/unit tests/sockets
	$(PY) -m pytest -n logical --dist loadfile --no-loadscope-reorder \
		--ignore=tests/unit --ignore=tests/sockets
endif

test-unit: $(VENV)/.unit page
	$(PY) tools/npm.py test
	$(PY) -m pytest -n logical -m "not browser and not kernel" tests/unit $(PYTEST_OPTIONS)

test-long: $(VENV)/.dev page browser nginx
	$(PY) tools/ipykernels.py
	$(PY) -m pytest --long -m long -n logical --dist loadfile --no-loadscope-reorder \
		$(PYTEST_OPTIONS)

test-all: page
	$(PY) tools/pythons.py $(PYTHONS_OPTIONS) -- $(PYTEST_OPTIONS)

hosts: $(VENV)/.dev page browser nginx
	$(PY) tools/ipykernels.py
	$(PY) -m pytest --long -n logical --dist loadfile --no-loadscope-reorder tests/hosts \
		$(PYTEST_OPTIONS)

# They are large (PyTorch), and nothing else needs them: a virtual environment of their own.
adapters: page
	tools/venv.sh $(PYTHON) .venv-adapters
	.venv-adapters/bin/python -m pip --disable-pip-version-check --quiet install --editable '.[adapters]'
	.venv-adapters/bin/python -m pytest tests/unit/adapters $(PYTEST_OPTIONS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PY) tools/npm.py run check

format: $(VENV)/.dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(PY) tools/npm.py run format

sanitized: $(VENV)/.dev page
	$(PY) tools/sanitized.py $(PYTEST_OPTIONS)

wheel: $(VENV)/.dev page
	$(PY) tools/portable.py

bench: $(VENV)/.bench page browser
	$(PY) benchmarks/run.py $(BENCH_OPTIONS)

soak: $(VENV)/.bench page browser
	$(PY) benchmarks/soak.py $(SOAK_OPTIONS)

screenshot: $(VENV)/.dev page browser
	$(PY) tools/screenshot.py
	$(PY) tools/guide.py

clean:
	rm -rf $(VENV) .venvs .venv-adapters node_modules static/dist build dist *.egg-info
	rm -rf .coverage* .pytest_cache .hypothesis .ruff_cache .mypy_cache
	rm -f zwsnb/quick/*.so
	find . -name __pycache__ -prune -exec rm -rf {} +

# The bundle knows by itself whether it is stale; making it first keeps npm out of pip's builds
# below.
page: | $(PY)
	@$(PY) tools/npm.py --ensure
	@$(PY) tools/bundle.py

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| command -v google-chrome >/dev/null \
		|| tools/debian.sh "The tests need Chromium" chromium fonts-liberation
	@command -v firefox-esr >/dev/null || command -v firefox >/dev/null \
		|| tools/debian.sh "The tests need Firefox too" firefox-esr || echo "Its tests are skipped."

nginx:
	@{ command -v nginx || command -v /usr/sbin/nginx; } >/dev/null && command -v openssl >/dev/null \
		|| tools/debian.sh "The tests of hosts need nginx" nginx-light openssl \
		|| echo "Its tests are skipped."

$(PY):
	tools/venv.sh $(PYTHON) $(VENV)

$(VENV)/.demo: $(PACKAGE) | page
	$(INSTALL) .
	@touch $@

$(VENV)/.lab: $(PACKAGE) | page
	$(INSTALL) '.[notebooks]'
	@touch $@

$(VENV)/.bench: $(PACKAGE) | page
	$(INSTALL) '.[test,bench]'
	@touch $@

$(VENV)/.unit: $(PACKAGE) | page
	$(INSTALL) '.[unit]'
	@touch $@

$(VENV)/.dev: $(PACKAGE) | page
	$(INSTALL) '.[dev]'
	@touch $@
