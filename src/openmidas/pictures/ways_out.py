"""What tells of a person in a caption passes by no way but the trusted ones."""

from __future__ import annotations

from openmidas.nodes.ways_out import confine_columns

confine_columns("pictures.Picture", ("caption",))
