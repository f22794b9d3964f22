"""Changes: what is different between two states of the inventory, each once, with who saw it."""
