# Two commands are enough: `make up` runs Lanarium, `make test` proves it. The rest is for working on it.
#
# As root the program is installed below /opt/lanarium, where its service users can read it; as an ordinary user
# below .lanarium in this checkout. LANARIUM_PREFIX changes that.
SHELL := /bin/bash
PREFIX := $(or $(LANARIUM_PREFIX),$(if $(filter 0,$(shell id -u)),/opt/lanarium,$(CURDIR)/.lanarium))
COMPILE := uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help setup up test bench-discovery bench-live bench-api bench-ingest bench-history bench-polling bench-isolation lock fmt openapi check-openapi clean

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

setup: ## install what Lanarium needs and is missing
	@scripts/setup.sh

up: setup ## start everything, print the address and (once) the first admin's password; Ctrl-C stops all of it
	@exec $(PREFIX)/bin/lanarium up

test: ## prove it: lint, types, contracts, unit, storage, lab and browser tests
	@scripts/test.sh

fmt: ## format the code and mend what can be mended
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet .

openapi: ## write frontend/openapi.json and the client's types from the application
	@PYTHONPATH=. .venv/bin/python -m backend.cli openapi >frontend/openapi.json
	@cd frontend && PATH="$(CURDIR)/.venv/bin:$$PATH" npm run --silent gen:api

check-openapi: ## fail if frontend/openapi.json is not what the application says
	@PYTHONPATH=. .venv/bin/python -m backend.cli openapi | diff -u frontend/openapi.json -

lock: ## write the hashed locks anew from requirements/*.in (needs uv, which .venv has)
	@cd requirements && export PATH="$(CURDIR)/.venv/bin:$$PATH" \
		&& for name in runtime build dev; do $(COMPILE) $$name.in -o $$name.lock || exit 1; done

bench-live: ## 500 WebSocket clients on one scan beside a Starlette twin (two minutes)
	@PYTHONPATH=. .venv/bin/python -m benchmarks.live

bench-api: ## the list of devices beside a FastAPI + ORM twin, and a thousand devices with facets (a minute)
	@PYTHONPATH=. .venv/bin/python -m benchmarks.api

bench-ingest: ## results into rows beside the server's own COPY, on plain PostgreSQL and on TimescaleDB (root; two minutes)
	@PYTHONPATH=. $(PYTHON) -m benchmarks.ingest $(BENCH)
	@PYTHONPATH=. scripts/with-timescale.sh $(PYTHON) -m benchmarks.ingest $(BENCH)

bench-isolation: ## a stalled socket, a shouting scan, hung targets and a dead name server at once (a minute and a half)
	@PYTHONPATH=. $(PYTHON) -m benchmarks.isolation

bench-history: ## a month of 1,000 monitors from roll-ups and from its 21.6 million rows, on plain PostgreSQL and on TimescaleDB (root; ten minutes)
	@PYTHONPATH=. $(PYTHON) -m benchmarks.history $(BENCH)
	@PYTHONPATH=. scripts/with-timescale.sh $(PYTHON) -m benchmarks.history $(BENCH)

bench-polling: ## checks beside the blackbox exporter and icinga2, SNMP beside pysnmp, 10,000 monitors on one core (root; five minutes)
	@scripts/packages.sh mmdebstrap iproute2 curl snmpd
	@PYTHONPATH=. $(PYTHON) -m benchmarks.polling $(BENCH)

bench-discovery: ## our sweeper beside zmap and nmap, in namespaces (root; a few minutes); BENCH=--quick leaves out the slow ones
	@scripts/packages.sh mmdebstrap iptables iproute2 nmap && scripts/venv.sh .venv requirements/dev.lock requirements/build.lock
	@PYTHONPATH=. .venv/bin/python -m benchmarks.discovery $(BENCH)

clean: ## remove what was built in this checkout; never any data
	@rm -rf .lanarium .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results \
		frontend/dist frontend/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

PYTHON := .venv/bin/python
-include tests/lab/lab.mk
