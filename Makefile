# Each target is one script in scripts/. PORT and CI reach them through the environment.
.DEFAULT_GOAL := help
.PHONY: help run test check bench lock format clean
export PORT LEGS

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Set up and serve with demo data on http://127.0.0.1:8000 (PORT=9000 for another port)
	@scripts/run

test: ## Linters, then the tests on SQLite, on PostgreSQL and in a browser (ARGS="-k name", LEGS="sqlite")
	@scripts/test $(ARGS)

check: ## Linters and checks only
	@scripts/setup test
	@scripts/check

bench: ## Measure the import of 10,000 people: time and memory
	@scripts/setup test
	@.venv/bin/python benchmarks/import_people.py

lock: ## Renew the hash-locked requirements from pyproject.toml
	@scripts/lock

format: ## Format the code and mend what ruff can mend
	@scripts/setup test
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

clean: ## Remove .venv, tools and caches; keep var/ (the data)
	@rm -rf .venv .tools .pytest_cache .ruff_cache .import_linter_cache .grimp_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
