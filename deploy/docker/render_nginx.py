"""Prints nginx's configuration for the web image, from the one template that `make up` uses too."""

from pathlib import Path

from backend.infra.system.nginx import NginxConfig, find_nginx, nginx_version, render_nginx

CONFIG = NginxConfig(
    template=Path("nginx/nginx.conf.template"),
    state=Path("/tmp/nginx"),  # noqa: S108 - a tmpfs of the container's own
    web_root=Path("/srv/lanarium"),
    app_socket=Path("/run/lanarium/app/app.sock"),
    certificate=Path("/var/lib/lanarium-tls/active.crt"),
    certificate_key=Path("/var/lib/lanarium-tls/active.key"),
    trusted_proxies=("192.0.2.255",),  # a stand-in: web-entrypoint.sh puts the real ones there
)

print(render_nginx(CONFIG, nginx_version(find_nginx())))  # noqa: T201
