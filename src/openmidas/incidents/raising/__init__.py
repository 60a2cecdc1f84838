"""Rules that raise incidents by themselves: a silent post, impossible travel, a cluster of health cases."""
