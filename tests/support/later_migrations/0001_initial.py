"""The room's own."""

from __future__ import annotations

from importlib import import_module

Migration = import_module("openmidas.nodes.migrations.0001_initial").Migration
