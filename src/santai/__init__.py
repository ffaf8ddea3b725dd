"""Santai 三台: one need, raised anywhere, is one record that all three platforms see, continue and answer."""

__version__ = "0.3.0"
