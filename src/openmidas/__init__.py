"""OpenMIDAS: a free and open border management information system."""

__version__ = "0.1.0"
