"""The room's own."""

# ruff: noqa: N999  Django names migrations by number

from __future__ import annotations

from importlib import import_module

Migration = import_module("openmidas.nodes.migrations.0001_initial").Migration
