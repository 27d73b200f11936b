"""LibreOffice's own records and names of choices, made where its bridge to Python is."""

from __future__ import annotations

import importlib
from typing import Any


def struct(name: str, **fields: Any) -> Any:
    """A record, named as below ``com.sun.star``."""
    made = _uno().createUnoStruct(f"com.sun.star.{name}")
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def choice(kind: str, name: str) -> Any:
    """One of a closed set of choices, whose name is as below ``com.sun.star``."""
    return _uno().Enum(f"com.sun.star.{kind}", name)


def create(service: str) -> Any:
    """An object of LibreOffice's own, whose service is named as below ``com.sun.star``."""
    context = _uno().getComponentContext()
    return context.ServiceManager.createInstanceWithContext(f"com.sun.star.{service}", context)


def _uno() -> Any:
    return importlib.import_module("uno")
