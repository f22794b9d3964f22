"""nginx: plain HTTP, and HTTPS with a certificate of the host's own."""

from tests.lab.daemons.place import Command, Place
from tests.lab.model import Port, Program
from tests.lab.netns import command

CONFIG = """\
daemon off;
worker_processes 1;
user www-data;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
{listens}
    ssl_certificate {folder}/host.crt;
    ssl_certificate_key {folder}/host.key;
    location / {{
      default_type text/html;
      return 200 "<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>";
    }}
  }}
}}
"""


def prepare(place: Place, program: Program) -> list[Command]:
    """Write the certificate and the configuration; the page's text is in it, so no file is served."""
    _certificate(place)
    listens = "\n".join(_listen(port) for port in program.ports)
    text = CONFIG.format(folder=place.folder, listens=listens, title=program.word("title", place.host.name))
    config = place.write("nginx.conf", text)
    return [Command(("/usr/sbin/nginx", "-e", "stderr", "-p", str(place.folder), "-c", str(config)))]


def _listen(port: Port) -> str:
    tls = " ssl" if port.tunnel == "ssl" else ""
    return f"    listen {port.number}{tls};\n    listen [::]:{port.number}{tls};"


def _certificate(place: Place) -> None:
    name = f"{place.host.name}.{place.plan.zone}"
    command(
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
        *("-days", "30", "-subj", f"/O=Lanarium lab/CN={name}", "-addext", f"subjectAltName=DNS:{name}"),
        *("-keyout", str(place.folder / "host.key"), "-out", str(place.folder / "host.crt")),
    )
