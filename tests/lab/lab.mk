# The lab by hand; included by the Makefile. `make test` makes the virtual environment.
PYTHON ?= .venv/bin/python
LAB_PREFIX ?= lanlab
LAB_PORT ?= 8443

.PHONY: lab-up lab-down screenshots

lab-up: ## run the product inside the lab, for a person with a browser (root); Ctrl-C ends both
	$(PYTHON) -m tests.lab --prefix $(LAB_PREFIX) up --product --port $(LAB_PORT)

lab-down: ## remove what a killed lab left behind
	$(PYTHON) -m tests.lab --prefix $(LAB_PREFIX) down

screenshots: ## take the pictures in docs/screenshots anew, from the product on the lab (root)
	$(PYTHON) -m tests.e2e.pictures
