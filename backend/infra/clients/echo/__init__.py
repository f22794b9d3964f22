"""ICMP echo for monitors: one process and two sockets for every target, asked in batches over one connection."""
