"""Renders nginx's configuration from the template, for whatever nginx is installed."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from backend.infra.system.problems import StartRefused

# nginx 1.25.1 made HTTP/2 a directive of its own (its CHANGES file, 13 June 2023).
HTTP2_DIRECTIVE = (1, 25, 1)
SEARCH_PATH = "/usr/sbin:/usr/local/sbin:/sbin:/usr/bin:/usr/local/bin:/bin"
# Characters that could end a directive or a quoted value of nginx's grammar.
UNSAFE = re.compile(r"[\s;{}'\"\\$#]")
PLACEHOLDER = re.compile(r"@([a-z_]+)@")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
POWERFUL_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NginxConfig:
    """What differs between one Lanarium and another."""

    template: Path
    state: Path
    web_root: Path
    app_socket: Path
    certificate: Path
    certificate_key: Path
    https_port: int = 8443
    addresses: tuple[str, ...] = ("0.0.0.0", "[::]")  # noqa: S104 - a service for the whole network
    trusted_proxies: tuple[str, ...] = ()
    access_log: str = "/dev/stdout"
    body_limit: str = "1m"
    request_rate: int = 300
    request_burst: int = 600


def find_nginx() -> str:
    """The nginx program; StartRefused when it is not installed."""
    program = shutil.which("nginx", path=SEARCH_PATH)
    if program:
        return program
    raise StartRefused("nginx is not installed.", code="nginx_missing", remedy="Install the package `nginx`.")


def nginx_version(program: str) -> tuple[int, ...]:
    """Its version as numbers, such as (1, 22, 1)."""
    answer = subprocess.run([program, "-v"], capture_output=True, text=True, check=False).stderr  # noqa: S603
    match = re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", answer)
    return tuple(int(part) for part in match.groups()) if match else (0, 0, 0)


def nginx_command(program: str, config: NginxConfig) -> list[str]:
    """The argument list that runs nginx in the foreground on its rendered configuration."""
    # Without -e it first tries to open the distribution's log file, which an ordinary user may not.
    return [program, "-e", "stderr", "-p", str(config.state), "-c", str(config.state / "nginx.conf")]


def render_nginx(config: NginxConfig, version: tuple[int, ...]) -> str:
    """The whole configuration file; StartRefused when a value could break out of its place in it."""
    values = {
        "state": _plain(config.state),
        "web_root": _plain(config.web_root),
        "app_socket": _plain(config.app_socket),
        "certificate": _plain(config.certificate),
        "certificate_key": _plain(config.certificate_key),
        "access_log": _plain(config.access_log),
        "body_limit": _plain(config.body_limit),
        "request_rate": str(config.request_rate),
        "request_burst": str(config.request_burst),
        "csp": CSP,
        "permissions_policy": ", ".join(f"{feature}=()" for feature in POWERFUL_FEATURES),
        "listen": _listen(config, version),
        "trusted_proxies": _trusted(config.trusted_proxies),
    }
    return PLACEHOLDER.sub(lambda match: values[match[1]], config.template.read_text())


def _listen(config: NginxConfig, version: tuple[int, ...]) -> str:
    own_directive = version >= HTTP2_DIRECTIVE
    options = "ssl" if own_directive else "ssl http2"
    lines = [f"        listen {_plain(each)}:{config.https_port} {options};" for each in config.addresses]
    return "\n".join([*lines, "        http2 on;"] if own_directive else lines)


def _trusted(proxies: tuple[str, ...]) -> str:
    """Take the client's address from further proxies, but only from those that are named."""
    if not proxies:
        return ""
    names = [f"        set_real_ip_from {_plain(proxy)};" for proxy in proxies]
    return "\n".join([*names, "        real_ip_header X-Forwarded-For;", "        real_ip_recursive on;"])


def _plain(value: Path | str) -> str:
    text = str(value)
    if text and not UNSAFE.search(text):
        return text
    raise StartRefused(
        f"{text!r} cannot be used in the web server's configuration.",
        code="unusable_path",
        remedy="Choose a path without spaces, quotes or the characters ; { } $ #.",
    )
