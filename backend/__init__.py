"""Lanarium: finds everything on a network, draws it, watches it and writes it down."""
