# One verb per job. `make run` and `make test` set up whatever is missing first; after that, only what changed is done again.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help

# Nothing is fetched from a model hub and nothing reports home, neither while building nor while running.
export HF_HUB_OFFLINE := 1
export TRANSFORMERS_OFFLINE := 1
export RASA_TELEMETRY_ENABLED := false
export TOKENIZERS_PARALLELISM := false
export TQDM_DISABLE := 1
# Another Python's libraries stay out. Compiled modules are kept: without them Rasa takes three times as long to start.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python
RASA_PYTHON := .venv-rasa/bin/python
# Tests run in so many processes, each with a running product of its own (about 1.3 GB); a file stays in one.
TEST_JOBS ?= 2

# What each step reads. Folders stand beside their files, so that a deleted file counts as a change too.
CONTENT := $(shell find procedures_corpus 2>/dev/null)
INDEX_CODE := $(wildcard index/*.py) guidance/content.py guidance/chapters.py guidance/records.py
NLU := $(wildcard data/nlu/*.yml)
# The reader also sees questions of the corpus, but takes minutes: a changed question does not train it again ('make clean train' does).
READER_FILES := $(wildcard data/danger/*.jsonl data/scope/*.jsonl) data/danger/everyday.yml tools/train_reader.py tools/train_wordings.py tools/reader_examples.py tools/everyday_texts.py $(NLU) index/reader.py index/wordings.py guidance/text.py
WEB_FILES := $(shell find bot/styles procedures_corpus/pathways 2>/dev/null) package.json package-lock.json tools/web.py tools/charts.py tools/draw_charts.mjs \
	guidance/pathways.py guidance/pathway_outline.py
MODEL_FILES := config.yml $(NLU) $(wildcard domain/*.yml data/rules/*.yml bot/components/*.py) requirements/rasa.txt

# $(call unless_same,NAME,FILES): touch the target and end the recipe if its inputs hold what they held when it was last made.
unless_same = mkdir -p built models; digest=$$(sha256sum $(2)); \
	if [ -f $@ ] && [ "$$digest" = "$$(cat built/$(1).inputs 2>/dev/null || true)" ]; then touch $@; exit 0; fi

# Any Python that runs will do: tools/environments.py looks for a newer one itself. (A pyenv shim may be on PATH and fail.)
environments = for python in python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do \
	  if "$$python" -c '' 2>/dev/null; then exec "$$python" tools/environments.py $(1); fi; \
	done; \
	echo "Waymark needs Python 3.11 or later, and no python3 on PATH runs: install one, then run the same command again." >&2; exit 1

.PHONY: help setup index train web run test content review eval bench bench-search bench-index lint lock clean

help: ## List these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## Make or repair both environments (.venv and .venv-rasa)
	@$(call environments,setup)

index: setup built/index/current ## Build the search index from procedures_corpus/

train: setup built/reader/reader.json models/waymark.tar.gz ## Train the reader (danger, scope) and the dialogue model

web: setup built/web/waymark.css ## Compile the pages' styles, gather their scripts, draw the flowcharts

run: setup index train web ## Start Waymark and print its address (Ctrl-C stops it)
	@exec $(PYTHON) -m tools.start

test: setup index train web lint ## Run every check and every test
	$(PYTHON) -m pytest -n $(TEST_JOBS) --dist loadfile

lint: setup ## Check import directions, style and types
	.venv/bin/lint-imports
	.venv/bin/ruff check .
	.venv/bin/mypy

content: setup ## Check the content: sources, numbers, walk-throughs
	$(PYTHON) -m guidance.lint

review: setup ## List what has to be reviewed, and the contradictions that the content states
	$(PYTHON) -m guidance.review

eval: setup index train ## Measure search and the danger check on the question sets (ACCEPT=1: make this the baseline)
	$(PYTHON) -m tests.evaluation $(if $(ACCEPT),--accept)

bench: setup index train ## Measure speed
	$(PYTHON) -m tools.bench

bench-search: setup index train ## Measure search beside its peers (needs an environment of their own: .venv-peers)
	$(PYTHON) -m tools.bench_search

bench-index: setup index ## Measure FAISS index types up to a million vectors (12 to 25 minutes)
	$(PYTHON) -m tools.index_scale

lock: ## Compile requirements/*.in into the pinned requirements/*.txt
	@$(call environments,lock)

clean: ## Remove what was built and trained; the environments stay
	rm -rf built models results .rasa .pytest_cache .mypy_cache .ruff_cache .import_linter_cache graph.html
	find . -path './.venv*' -prune -o -name __pycache__ -type d -exec rm -rf {} +

# The index compares digests itself, so a touched file that holds the same text costs a second.
built/index/current: $(CONTENT) $(INDEX_CODE) | setup
	$(PYTHON) -m index build
	@touch $@

built/reader/reader.json: $(READER_FILES) $(wildcard data/danger data/scope) | setup
	@$(call unless_same,reader,$(READER_FILES)); \
	echo "Training the reader (danger, and what the manual cannot answer): eight to ten minutes"; \
	$(PYTHON) -m tools.train_reader; \
	printf '%s\n' "$$digest" >built/reader.inputs; \
	touch $@

built/nlu/corpus.yml: tools/nlu_from_corpus.py $(wildcard procedures_corpus/questions/*.yml procedures_corpus/pathways/*.yml) | setup
	$(PYTHON) -m tools.nlu_from_corpus
	@touch $@

built/web/waymark.css: $(WEB_FILES) | setup
	$(PYTHON) -m tools.web
	@touch $@

# Rasa itself does not notice a changed component, hence --force.
models/waymark.tar.gz: $(MODEL_FILES) $(wildcard domain data/nlu data/rules) built/index/current built/reader/reader.json built/nlu/corpus.yml | setup
	@$(call unless_same,model,$(MODEL_FILES) built/model/embedder.json built/nlu/corpus.yml); \
	echo "Training the dialogue model, a minute or so (log: built/train.log)"; \
	if ! TF_CPP_MIN_LOG_LEVEL=3 PYTHONWARNINGS=ignore SQLALCHEMY_SILENCE_UBER_WARNING=1 LOG_LEVEL=WARNING \
	  $(RASA_PYTHON) -m rasa train --force --domain domain --data data/nlu data/rules built/nlu --config config.yml \
	  --out models --fixed-model-name waymark >built/train.log 2>&1; then \
	  tail -n 40 built/train.log >&2; \
	  echo "Training the dialogue model failed; the whole log is in built/train.log." >&2; exit 1; \
	fi; \
	printf '%s\n' "$$digest" >built/model.inputs; \
	touch $@
