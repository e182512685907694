# `make help` says what there is. Nothing is installed outside .venv; `make clean` takes it away again.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python -m
PIP    := $(RUN) pip install --disable-pip-version-check -c constraints.txt
SETTINGS = $(VENV)/share/jupyter/lab/settings

.DELETE_ON_ERROR:
.PHONY: help install lab test bench weights clean
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.course  ## make .venv with the package and the course, and open nothing

lab: $(VENV)/.course  ## open the course in JupyterLab (LAB_ARGS=... is handed on)
	$(RUN) jupyter lab --LabApp.default_url=/lab/tree/README.md --FileContentsManager.preferred_dir=notebooks $(LAB_ARGS)

test: $(VENV)/.test  ## run every test and every notebook (ARGS=... is handed to pytest)
	$(RUN) pytest $(ARGS)

bench: $(VENV)/.test  ## measure what has to be fast, beside peers in the same run (ARGS=a text file)
	$(VENV)/bin/python benchmarks/run.py $(ARGS)
	$(RUN) pytest -m bench -s tests

weights: $(VENV)/.course  ## train the mini model again and put it where the package ships it
	$(RUN) minillm train --preset mini --out runs/mini
	$(VENV)/bin/python -c "from minillm.checkpoint import ship; ship('runs/mini', 'minillm/weights/mini')"

clean:  ## remove .venv and everything that was built; runs/ stays
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .hypothesis notebooks/tokenizer
	find minillm tests images notebooks '(' -name __pycache__ -o -name .ipynb_checkpoints ')' -prune -exec rm -rf {} +

# Without this JupyterLab looks for updates at every start and asks whether it may fetch news, and shows README as source.
LAB_SETTINGS = mkdir -p $(SETTINGS) && echo \
  '{"@jupyterlab/apputils-extension:notification": {"checkForUpdates": false, "fetchNews": "false"},' \
  '"@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}}}' > $(SETTINGS)/overrides.json

# An environment is installed once, and again only when what it should hold has changed.
$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { \
	  echo "minillm needs Python 3.10 or newer, but $(PYTHON) is $$($(PYTHON) -V 2>/dev/null || echo not there): say which to use, as in make PYTHON=python3.12 lab" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.course: pyproject.toml constraints.txt | $(VENV)/pyvenv.cfg
	$(PIP) -e '.[course]'
	@$(LAB_SETTINGS)
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/pyvenv.cfg
	$(PIP) -e '.[course,test]'
	@$(LAB_SETTINGS)
	@touch $(VENV)/.course $@
