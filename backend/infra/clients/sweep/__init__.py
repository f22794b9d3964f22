"""Our own prober: raw packets out in batches, answers in through a ring that the kernel fills.

Everything here but `process.py` runs in a child of the scan helper that is started with the standard library
only (`python -I -S`), so nothing here imports the domain or a package.

engine      reads the job, goes through the phases, writes the news
passes      asks in passes: sends at the pace, listens until quiet, decides whether to ask again
echo, syn, neighbours, udp, connects    one way to ask each
vectors     whole columns of packets at once: no loop over packets in Python
sending, ring, routes                   system calls
"""
