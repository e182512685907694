# `make help` says what there is. Nothing is installed outside .venv; `make clean` takes it away again.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python -m
PIP    := $(RUN) pip install --disable-pip-version-check -c constraints.txt
SETTINGS = $(VENV)/share/jupyter/lab/settings
KERNEL   = $(VENV)/share/jupyter/kernels/python3/kernel.json
# PyTorch's threads sleep while they wait; else several learners on one machine take each other's time.
export OMP_WAIT_POLICY ?= PASSIVE

.DELETE_ON_ERROR:
.PHONY: help install lab lint test test-all bench weights llama clean
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.course  ## make .venv with the package and the course, and open nothing

lab: $(VENV)/.course  ## open the course in JupyterLab (LAB_ARGS=... is handed on)
	$(RUN) jupyter lab --LabApp.default_url=/lab/tree/README.md --FileContentsManager.preferred_dir=notebooks $(LAB_ARGS)

lint: $(VENV)/.test  ## check style, format and types
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy

test: $(VENV)/.test  ## run the tests and every notebook, in less than 10 minutes (ARGS=... is handed to pytest)
	$(RUN) pytest $(ARGS)

test-all: lint  ## all of it: lint, the deep tests, and the notebooks under other processor settings
	HOSTILE_EXAMPLES=2000 $(RUN) pytest -m "not bench"
	ATEN_CPU_CAPABILITY=avx2 ONEDNN_MAX_CPU_ISA=AVX2 $(RUN) pytest notebooks
	OMP_NUM_THREADS=1 $(RUN) pytest notebooks

bench: $(VENV)/.test  ## measure what has to be fast, beside peers in the same run (ARGS=a text file)
	$(VENV)/bin/python benchmarks/run.py $(ARGS)
	$(RUN) pytest -m bench -s tests

weights: $(VENV)/.course  ## train the mini model again and put it where the package ships it
	$(RUN) minillm train --preset mini --out runs/mini
	$(VENV)/bin/python -c "from minillm.formats.checkpoints import ship; ship('runs/mini', 'minillm/weights/mini')"

llama: $(VENV)/.test  ## install llama.cpp (npm's node-llama-cpp), for the test that compares it with the model
	npm install --silent --no-audit --no-fund --prefix $(VENV)/llama node-llama-cpp@3.22.1 $(LLAMA_ARGS)

clean:  ## remove .venv and everything that was built; runs/ stays
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache notebooks/tokenizer
	find minillm tests images notebooks '(' -name __pycache__ -o -name .ipynb_checkpoints ')' -prune -exec rm -rf {} +

# Without this JupyterLab looks for updates at every start and asks whether it may fetch news, and shows README as source.
LAB_SETTINGS = mkdir -p $(SETTINGS) && echo \
  '{"@jupyterlab/apputils-extension:notification": {"checkForUpdates": false, "fetchNews": "false"},' \
  '"@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}}}' > $(SETTINGS)/overrides.json

# The kernels that any Jupyter starts from this environment wait as the commands do.
KERNEL_SETTINGS = $(VENV)/bin/python -c 'import json, sys; path = sys.argv[1]; spec = json.load(open(path)); \
  spec["env"] = {"OMP_WAIT_POLICY": "PASSIVE"}; json.dump(spec, open(path, "w"), indent=1)' $(KERNEL)

# An environment is installed once, and again only when what it should hold has changed.
$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { \
	  echo "minillm needs Python 3.10 or newer, but $(PYTHON) is $$($(PYTHON) -V 2>/dev/null || echo not there): say which to use, as in make PYTHON=python3.12 lab" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.course: pyproject.toml constraints.txt | $(VENV)/pyvenv.cfg
	$(PIP) -e '.[course]'
	@$(LAB_SETTINGS)
	@$(KERNEL_SETTINGS)
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/pyvenv.cfg
	$(PIP) -e '.[course,test,classroom]'
	@$(LAB_SETTINGS)
	@$(KERNEL_SETTINGS)
	@touch $(VENV)/.course $@
