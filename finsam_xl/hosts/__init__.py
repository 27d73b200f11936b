"""Hosts: each reads grids from, and applies plans to, one kind of file or program."""
