"""How pytest treats the notebooks: nbval runs them and compares every stored output, save what goes to stderr."""

import os

# The course works without a network, so its tests must not reach for one behind our back.
os.environ["HF_HUB_OFFLINE"] = "1"


def pytest_collectstart(collector):
    if collector.path.suffix == ".ipynb":
        collector.skip_compare += ("stderr",)  # progress bars write there; test_notebooks.py looks for warnings
