"""Health at the crossing (IHR 2005): checks of travellers, alert definitions, who travelled with whom."""
