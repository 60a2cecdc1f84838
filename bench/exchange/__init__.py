"""The exchange over a bad link: a real post and a real HQ, joined by an emulated line."""
