# Everything sets itself up: a virtual environment in .venv with the packages of requirements/, hashes checked.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH_VENV := .venv-bench
PLUGINS := $(wildcard plugins/*/pyproject.toml)
EDITABLE := -e . $(foreach plugin,$(PLUGINS),-e $(dir $(plugin)))
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --quiet
READY := $(VENV)/.ready
# A mock of Stripe that others wrote, where the published specification lies beside the checkout.
PRISM := $(if $(wildcard ../shared/contracts/stripe),$(VENV)/prism/.ready)

.DEFAULT_GOAL := help
.PHONY: help demo walkthrough cohort test lint format bench soak crashtest screenshots clean

help: ## Show what make can do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: $(READY) ## Four municipalities in the browser at http://127.0.0.1:8000
	@$(BIN)/raaderum demo

walkthrough: $(READY) ## The main job from referral to voucher, told and checked to the øre
	@$(BIN)/raaderum walkthrough

cohort: $(READY) ## 198 made-up citizens of 2015–2019, and every published figure beside the computed one
	@rm -rf .state/cohort
	@$(BIN)/raaderum cohort $(ARGS)

test: $(READY) $(PRISM) ## The whole test suite, on real PostgreSQL and Valkey
	@$(BIN)/pytest -n auto $(ARGS)

lint: $(READY) ## Style, types and the staircase of rooms
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy core plugins/*/raaderum_*
	@$(BIN)/mypy --explicit-package-bases tests plugins/*/tests
	@$(BIN)/lint-imports

format: $(READY) ## Put the code into the house's style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(READY) $(BENCH_VENV)/.ready ## Ours, the limit and a peer in one run, as ratios
	@$(BIN)/python tests/bench/run.py $(ARGS)

crashtest: $(READY) ## 10,000 payouts while 5,000 processes are killed: none double, none lost (ARGS="--payouts N --kills N --seed S")
	@$(BIN)/python -m raaderum.testing.crashtest $(ARGS)

soak: $(READY) ## 100,000 transactions of random municipalities over threads and forks: no wrong row
	@$(BIN)/python -m raaderum.testing.soak --transactions 100000

screenshots: $(READY) ## Take the README's screenshots from the demo (needs Chromium)
	@$(BIN)/python docs/screenshots/take.py

clean: ## Remove what was set up, and the state of demo and tests (stop the demo first)
	rm -rf $(VENV) $(BENCH_VENV) .state .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(READY): requirements/development.txt pyproject.toml $(PLUGINS)
	@echo "Sætter op / setting up …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 eller nyere mangler / is missing"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; } || \
		{ echo "Python kan ikke lave et virtuelt miljø: installer pakken python3-venv"; exit 1; }
	@$(PIP) --require-hashes -r requirements/development.txt
	@$(PIP) --no-deps --no-build-isolation $(EDITABLE)
	@touch $@

$(VENV)/prism/.ready: tests/contracts/prism/package-lock.json | $(READY)
	@mkdir -p $(@D)
	@cp tests/contracts/prism/package.json tests/contracts/prism/package-lock.json $(@D)/
	@cd $(@D) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent \
		--fetch-retries=1 --fetch-timeout=30000 && touch .ready || \
		echo "Prism kan ikke hentes, dens tests springes over / cannot be fetched, its tests are skipped"

$(BENCH_VENV)/.ready: requirements/bench.txt
	@$(PYTHON) -m venv $(BENCH_VENV)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(BENCH_VENV)/bin/pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@
