# `make demo` and `make test` need Python 3.11 or newer and make; they bring the rest into .venv.

VENV := .venv
PEERS := .venv-peers
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
MODEL := qwen2.5-coder-1.5b-instruct-q4_k_m
TEST_MODEL := smollm2-135m-instruct-q4_1
SEED := seeds/000_7959b1bbb8f296b8.txt
DEMO := build/seed.json
# `make evals`: the prompts, and the articles; other sets lie outside of the project.
PROMPTS := grounded single
FIXTURES := evals/fixtures
BENCHMARKS := help_speed quotation_speed score_speed comparison_errors long_articles \
  engine_options throughput resume_speed chaos run_memory ledger_growth ray_run workers fuzz \
  review_paint seed_speed

.PHONY: help demo test lint weights gate evals bench bench-peers docs screenshots lock clean
.DELETE_ON_ERROR:

help:
	@echo "make demo   summarize the seed article with the embedded model"
	@echo "make test   set up whatever is missing, then every check and test"
	@echo "make lint   the checks alone"
	@echo "make gate   is the program as good as its baseline, on a few fixtures"
	@echo "make evals  score the embedded model anew (hours; goes on where it stopped; FIXTURES=PATH)"
	@echo "make bench  measure; takes both cores for an hour (BENCHMARKS='help_speed …' for some)"
	@echo "make bench-peers  langextract and instructor on the same model and articles (an hour or two)"
	@echo "make docs   write the generated parts of the README and of docs/ anew"
	@echo "make screenshots  take the pictures of docs/images anew (needs Chromium)"
	@echo "make lock   write the requirement files anew (UPGRADE=--upgrade for newer versions)"
	@echo "make clean  remove what the above made here (weights stay in the user's cache)"

demo: $(VENV)/.run
	@$(BIN)/summarizer models pull $(MODEL)
	@mkdir -p $(dir $(DEMO))
	@$(BIN)/summarizer summarize $(SEED) --format text --out $(DEMO)
	@echo "The record as JSON: $(DEMO)"

test: lint weights gate
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mypy benchmarks docs
	@$(BIN)/lint-imports

weights: $(VENV)/.run
	@$(BIN)/summarizer models pull $(MODEL)
	@$(BIN)/summarizer models pull $(TEST_MODEL)

EVAL := $(BIN)/summarizer eval
SOME := $(if $(filter polnear:%,$(FIXTURES)),--only evals/polnear.txt)

# Recorded answers first, then the embedded model itself. A changed question has no recorded answer.
gate: $(VENV)/.run weights
	@mkdir -p build
	@$(EVAL) run --recorded evals/baselines/grounded --only evals/gate.txt --out build/gate/recorded >build/gate-recorded.txt
	@$(EVAL) gate build/gate/recorded --baseline evals/baselines/grounded --margin 0.05 --max invented/quotations=0
	@$(EVAL) run --model $(MODEL) --only evals/gate-live.txt --restart --out build/gate/live >build/gate-live.txt
	@$(EVAL) gate build/gate/live --min joint=0.6 --min presence=1 --max invented/quotations=0

# Of articles that are not the project's own only the figures are kept.
evals: $(VENV)/.run weights
ifeq ($(FIXTURES),evals/fixtures)
	@for prompt in $(PROMPTS); do \
	  only=; [ $$prompt = single ] && only='--only evals/single.txt'; \
	  $(EVAL) run --prompt $$prompt --model $(MODEL) $$only --out evals/baselines/$$prompt || exit; \
	done
else
	@mkdir -p evals/aggregates
	@for prompt in $(PROMPTS); do \
	  name=$(notdir $(FIXTURES))-$$prompt; \
	  $(EVAL) run --prompt $$prompt --model $(MODEL) --fixtures $(FIXTURES) $(SOME) --out build/evals/$$name && \
	  $(EVAL) show build/evals/$$name --format json --out evals/aggregates/$$name.json || exit; \
	done
endif
	@$(BIN)/python docs/generate.py

bench: $(VENV)/.run
	@$(BIN)/summarizer models pull $(MODEL)
	@for name in $(BENCHMARKS); do $(BIN)/python benchmarks/$$name.py && echo || exit 1; done
	@$(BIN)/python benchmarks/seed_speed.py --prompt single --runs 1

bench-peers: $(VENV)/.run $(PEERS)/.made
	@$(BIN)/summarizer models pull $(MODEL)
	@$(BIN)/python benchmarks/peers.py

docs: $(VENV)/.run
	@$(BIN)/python docs/generate.py

screenshots: $(VENV)/.dev
	@$(BIN)/python -m pytest -q --screenshots -k pictures tests/cli/test_review_page_browser.py

# The newest Python that works: a name on the PATH may be a stub that only complains.
$(VENV)/.made:
	@for name in "$$PYTHON" python3.14 python3.13 python3.12 python3.11 python3 python; do \
	  if [ -n "$$name" ] && "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$("$$name" --version)"; \
	    "$$name" -m venv --clear $(VENV) && touch $@ && exit 0; \
	    exit 1; \
	  fi; \
	done; \
	echo "summarizer needs Python 3.11 or newer with its venv module, and found none on the PATH." >&2; \
	echo "Install it (on Debian: python3 and python3-venv), or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1

$(VENV)/.run: $(VENV)/.made requirements/build.txt requirements/run.txt pyproject.toml
	@echo "Installing summarizer and the engine of its local model"
	@$(PIP) install --no-deps --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q summarizer
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Installing what the tests need"
	@$(PIP) install --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

# Other programs keep out of the environment of this one.
$(PEERS)/.made: $(VENV)/.run requirements/peers.txt
	@echo "Making $(PEERS) for the programs that this one is compared with"
	@$(BIN)/python -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip --disable-pip-version-check -qq install --no-deps --require-hashes -r requirements/peers.txt
	@touch $@

.PHONY: $(PEERS)
$(PEERS): $(PEERS)/.made

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" $(UPGRADE)
BUILD_REQUIRES := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")

lock: $(VENV)/.dev
	@$(COMPILE) pyproject.toml --extra local --output-file requirements/run.txt
	@$(COMPILE) pyproject.toml --extra local --extra hub --extra export --extra digest --extra ray --group dev \
	  --constraint requirements/run.txt --output-file requirements/dev.txt
	@$(COMPILE) requirements/peers.in --output-file requirements/peers.txt
	@$(BIN)/python -c '$(BUILD_REQUIRES)' | $(COMPILE) - --output-file requirements/build.txt

clean:
	@rm -rf $(VENV) $(PEERS) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find summarizer tests -name __pycache__ -type d -prune -exec rm -rf {} +
