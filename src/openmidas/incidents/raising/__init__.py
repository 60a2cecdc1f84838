"""Rules that raise incidents by themselves: silence, impossible travel, one plate twice, health cases."""
