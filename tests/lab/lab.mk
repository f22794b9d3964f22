# The lab by hand. Included by the Makefile, which sets PYTHON to the interpreter of the venv.
PYTHON ?= python3
LAB_PREFIX ?= lanlab
LAB_PORT ?= 8443

.PHONY: lab-up lab-down

lab-up: ## run the product inside the lab, for a person with a browser (root); Ctrl-C ends both
	$(PYTHON) -m tests.lab --prefix $(LAB_PREFIX) up --product --port $(LAB_PORT)

lab-down: ## remove what a killed lab left behind
	$(PYTHON) -m tests.lab --prefix $(LAB_PREFIX) down
