"""Widgets for JupyterLab: see attention, cut text, choose the next token, chat.

They need the `course` extra (anywidget, ipywidgets). Everything works without a network.
"""

from .explorer import AttentionExplorer
from .small import ChatBox, SamplingPlayground, TokenizerPlayground

__all__ = ["AttentionExplorer", "ChatBox", "SamplingPlayground", "TokenizerPlayground"]
