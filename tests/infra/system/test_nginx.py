"""The web server's configuration, rendered for any nginx and answered by the real one."""

import base64
import os
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.infra.system.nginx import NginxConfig, find_nginx, nginx_version, render_nginx
from backend.infra.system.problems import StartRefused
from tests.infra.system.world import TEMPLATE, Site, web_server

CONFIG = NginxConfig(
    template=TEMPLATE,
    state=Path("/data/nginx"),
    web_root=Path("/opt/lanarium/app/frontend/dist"),
    app_socket=Path("/data/run/app/app.sock"),
    certificate=Path("/data/nginx/certificate.pem"),
    certificate_key=Path("/data/nginx/key.pem"),
)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The real nginx before the stand-in application."""
    with web_server() as running:
        yield running


def test_http2_is_asked_for_in_the_words_of_each_version() -> None:
    assert "listen 0.0.0.0:8443 ssl http2;" in render_nginx(CONFIG, (1, 22, 1))
    newer = render_nginx(CONFIG, (1, 26, 3))
    assert "listen [::]:8443 ssl;" in newer
    assert "http2 on;" in newer


def test_nothing_is_left_to_fill_in_and_no_user_is_named() -> None:
    text = render_nginx(CONFIG, (1, 22, 1))
    assert "@state@" not in text
    assert not [line for line in text.splitlines() if line.strip().startswith("user ")]


def test_further_proxies_are_believed_only_when_named() -> None:
    assert "set_real_ip_from" not in render_nginx(CONFIG, (1, 22, 1))
    named = render_nginx(replace(CONFIG, trusted_proxies=("192.0.2.1", "10.0.0.0/8")), (1, 22, 1))
    assert "set_real_ip_from 192.0.2.1;" in named
    assert "real_ip_recursive on;" in named


@pytest.mark.parametrize("path", ["/data; evil", "/data/{x}", "/da ta", "/data$uri", '/data"', "/data\nuser root"])
def test_a_path_that_could_change_the_meaning_is_refused(path: str) -> None:
    with pytest.raises(StartRefused, match="cannot be used"):
        render_nginx(replace(CONFIG, state=Path(path)), (1, 22, 1))


def test_the_version_is_read() -> None:
    assert nginx_version(find_nginx()) >= (1, 18, 0)


def test_every_page_of_the_web_ui_is_the_same_file(site: Site) -> None:
    for path in ("/", "/login", "/dashboard", "/nodes", "/vms", "/services", "/alerts", "/scans/7/lines?after=3"):
        answer = site.get(path)
        assert (answer.status, b"the web UI" in answer.body) == (200, True), path


def test_an_asset_that_is_gone_is_not_answered_with_a_page(site: Site) -> None:
    assert site.get("/assets/old-999.js").status == 404


def test_what_belongs_to_the_application_reaches_it(site: Site) -> None:
    for path in ("/api/v1/x", "/api/auth/login", "/health", "/ready", "/status", "/metrics", "/wiki-agent/status"):
        assert site.get(path).json["path"] == path


def test_the_query_reaches_the_application_but_not_the_log(site: Site) -> None:
    site.get("/api/v1/search?q=hunter2")
    assert "hunter2" not in (site.home / "nginx" / "access.log").read_text()


def test_a_large_body_is_refused_in_the_api_s_own_form(site: Site) -> None:
    answer = site.get("/api/v1/scans/start", "POST", body=b"x" * 2_000_000)
    assert answer.status == 413
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json["code"] == "body_too_large"


def test_a_line_that_is_no_request_is_refused(site: Site) -> None:
    assert raw_request(site, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_plain_http_is_led_to_https(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port)) as plain:
        plain.sendall(b"GET /scans?x=1 HTTP/1.1\r\nHost: lan.example:8443\r\n\r\n")
        answer = plain.recv(4096)
    assert answer.startswith(b"HTTP/1.1 308")
    assert b"Location: https://lan.example:8443/scans?x=1" in answer


def test_a_websocket_goes_through(site: Site) -> None:
    key = base64.b64encode(os.urandom(16))
    head = b"GET /ws/scans/1 HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    request = head + b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + b"\r\n\r\n"
    # One masked text frame, "hello", as RFC 6455 section 5.7 has it.
    hello = bytes.fromhex("818537fa213d7f9f4d5158")
    # The server keeps the line open for a farewell that this client does not send, so read no further.
    answer = raw_request(site, request, hello, until=b"echo Hello")
    assert answer.startswith(b"HTTP/1.1 101")
    assert b"echo Hello" in answer


def raw_request(site: Site, *parts: bytes, until: bytes | None = None) -> bytes:
    """Send bytes over TLS, each part after the first once something came back; returns all that came.

    Ends when the server closes, or as soon as `until` came.
    """
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    received = b""
    plain = socket.create_connection(("127.0.0.1", site.port), timeout=10)
    with plain, context.wrap_socket(plain) as secure:
        for part in parts:
            secure.sendall(part)
            received += secure.recv(65_536)
        while not (until and until in received) and (more := secure.recv(65_536)):
            received += more
    return received


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize(("version", "works"), [("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)])
def test_only_current_tls_is_spoken(site: Site, version: str, works: bool) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1_1 if version == "TLSv1_1" else ssl.TLSVersion[version]
    context.maximum_version = ssl.TLSVersion[version]
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as plain:
        if not works:
            with pytest.raises((ssl.SSLError, OSError)):
                context.wrap_socket(plain).do_handshake()
            return
        with context.wrap_socket(plain) as secure:
            assert secure.selected_alpn_protocol() == "h2"


def test_a_page_that_is_not_built_says_so_and_tries_again(site: Site) -> None:
    index = site.home / "program" / "frontend" / "dist" / "index.html"
    text = index.read_text()
    index.unlink()
    try:
        answer = site.get("/login")
        assert answer.status == 503
        assert b'http-equiv="refresh"' in answer.body
        assert answer.headers["content-type"].startswith("text/html")
    finally:
        index.write_text(text)


def test_nginx_itself_finds_no_fault() -> None:
    with web_server() as running:
        state = running.home / "nginx"
        judged = subprocess.run(
            [find_nginx(), "-e", "stderr", "-t", "-p", str(state), "-c", str(state / "nginx.conf")],
            capture_output=True,
            text=True,
            check=False,
        )
    assert judged.returncode == 0
    assert "warn" not in judged.stderr
