# Santai. `make demo` shows the platform, `make test` tests it; `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
export SANTAI_HOME ?= var

BIN = .venv/bin
# Tests keep their keys and files away from a demo's, and take no notice of settings made for a server.
TESTING = SANTAI_HOME=var/test SANTAI_DEMO=false SANTAI_DATABASE_URL=
DEV = @$(PYTHON) tools/build.py dev

.DEFAULT_GOAL := help
.PHONY: help build build-dev demo serve test test-postgres journeys rehearse quality bench requirements clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Make .venv with everything the platform needs; does nothing when it is up to date
	@$(PYTHON) tools/build.py

build-dev: ## The same, with what testing needs
	$(DEV)

demo: export SANTAI_DEMO = true
demo: build ## Fill var/ with the demo province and serve it on http://127.0.0.1:8000 (PORT= changes it)
	@$(BIN)/santai demo
	@$(BIN)/santai serve --port $(PORT)

serve: build ## Serve what is in SANTAI_HOME (default var/) on PORT
	@$(BIN)/santai serve --port $(PORT)

test: build-dev ## Run the tests on SQLite; ARGS="tests/casework -x" narrows them
	@$(TESTING) $(BIN)/python tools/tested.py $(ARGS)

test-postgres: build-dev ## Run the tests on a PostgreSQL of their own, started and removed here
	@$(TESTING) SANTAI_HOME=var/test-postgres tools/postgres.sh $(BIN)/python tools/tested.py --none-skipped $(ARGS)

journeys: build-dev ## Play whole stories in headless Chromium; pictures go to var/screenshots
	@$(TESTING) SCREENSHOTS=var/screenshots $(BIN)/python tools/tested.py --none-skipped -m journey tests/journeys $(ARGS)

rehearse: build ## Play every procedure over HTTP: happy paths, refusals, terminations
	@$(TESTING) SANTAI_HOME=var/rehearsal $(BIN)/santai rehearse --all $(ARGS)

quality: build-dev ## Check style, types, imports, sizes, migrations, the API's description and the generated docs
	@$(TESTING) $(BIN)/python tools/quality.py

bench: build ## Measure the platform at growing sizes
	@$(BIN)/santai bench $(ARGS)

requirements: build-dev ## Compile requirements*.in into pinned, hashed requirements*.txt
	@$(PYTHON) tools/build.py with uv
	@for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --no-header --no-emit-index-url --generate-hashes --python-version 3.11 \
	    $(ARGS) $$name.in --output-file $$name.txt || exit 1; \
	done

clean: ## Remove .venv and caches; what is in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests tools -name __pycache__ -prune -exec rm -rf {} +
