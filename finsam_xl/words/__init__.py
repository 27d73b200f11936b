"""The trade's vocabulary as data, and what reads it.

A word file is one axis (``total.toml``, ``party.toml`` …); the module beside it asks what
its rooms need to know. No other place has a list of the trade's words.
"""
