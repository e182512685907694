"""Widgets for JupyterLab: attention, tokenizers, sampling, chat.

They need the `course` extra (anywidget, ipywidgets). Everything works without a network.
"""

from .explorer import AttentionExplorer
from .playgrounds import ChatBox, SamplingPlayground, TokenizerPlayground

__all__ = ["AttentionExplorer", "ChatBox", "SamplingPlayground", "TokenizerPlayground"]
