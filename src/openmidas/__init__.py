"""OpenMIDAS: a free and open border management information system."""
