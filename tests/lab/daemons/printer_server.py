"""Listens on the given ports and answers like a network printer: IPP over HTTP, and PJL on port 9100.

A program of its own, run by path; it imports only the standard library.
"""

import socket
import socketserver
import sys
import threading
from contextlib import suppress

RAW_PRINT_PORT = 9100
PAGE = b"<html><head><title>HP LaserJet 4250</title></head></html>"
IPP_ANSWER = (
    b"HTTP/1.0 200 OK\r\nServer: CUPS/2.4 IPP/2.1\r\nContent-Type: text/html\r\nConnection: close\r\n"
    b"Content-Length: " + str(len(PAGE)).encode() + b"\r\n\r\n" + PAGE
)
PJL_ANSWER = b'@PJL INFO ID\r\n"hp LaserJet 4250"\r\n\x0c'
PATIENCE_S = 20.0


class _Answer(socketserver.BaseRequestHandler):
    """One client: wait for its first words, answer, hang up."""

    def handle(self) -> None:
        """Answer by the port that was called; a client that says nothing or hangs up is no error."""
        client: socket.socket = self.request
        client.settimeout(PATIENCE_S)
        with suppress(OSError):
            if client.recv(4096):
                port = client.getsockname()[1]
                client.sendall(PJL_ANSWER if port == RAW_PRINT_PORT else IPP_ANSWER)


class _Server(socketserver.ThreadingTCPServer):
    address_family = socket.AF_INET6  # takes IPv4 too
    allow_reuse_address = True
    daemon_threads = True


def main() -> None:
    """Serve every port given until the process is ended."""
    servers = [_Server(("::", int(port)), _Answer) for port in sys.argv[1:]]
    threads = [threading.Thread(target=server.serve_forever) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
