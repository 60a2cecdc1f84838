"""A bus, a lorry, a boat: who should be on it, who was scanned, and what differs."""
