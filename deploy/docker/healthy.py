"""Exit 0 if what listens on a Unix socket answers: `healthy.py SOCKET [PATH]`; without a path, if it accepts."""

import http.client
import socket
import sys


def main(path: str, page: str | None) -> int:
    """Connect, ask for the page if one is named, and judge the answer."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(3)
    connection.connect(path)
    if page is None:
        return 0
    request = http.client.HTTPConnection("localhost")
    request.sock = connection
    request.request("GET", page)
    return 0 if request.getresponse().status == http.HTTPStatus.OK else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None))
    except OSError as error:
        sys.exit(f"{sys.argv[1]}: {error}")
