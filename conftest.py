"""How pytest treats the notebooks: nbval runs them and compares every stored output but stderr."""

import os

# The course works without a network, so its tests must not reach for one unseen.
os.environ["HF_HUB_OFFLINE"] = "1"
# As the commands and kernels do (see Makefile): before anything imports torch.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def pytest_collectstart(collector):
    if collector.path.suffix == ".ipynb":
        # Progress bars write to stderr; test_notebooks.py looks for warnings.
        collector.skip_compare += ("stderr",)
