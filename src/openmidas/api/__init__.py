"""What the headquarters tells the State's other systems: crossings, flows, the health of its posts."""
