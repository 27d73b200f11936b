"""Hosts: each reads grids from applies plans to one kind of file or program; none decides anything."""
