"""Asking services and machines who they are: one file per question, and an engine that asks them all at once.

engine.py --> doors.py (a TCP port: listen, speak, TLS) --> ssh.py http.py smb.py ...   by talk.py
          --> dns.py snmp.py sip.py ntp.py netbios.py mdns.py ssdp.py (UDP)             by datagrams.py
          --> reverse.py (the resolvers)
what they hear --> fingerprints.py (definitions as data) --> answer.py

Everything that is read comes from strangers. Each conversation is bounded in bytes, reads and time, each
parser works on bounded bytes in linear time, and each fault of one is no fault of another.
"""
