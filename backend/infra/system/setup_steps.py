"""The steps of `lanarium up`, one function each: folders, users, keys, certificate, and the four programs."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from backend.infra.db.embedded import ClusterConfig, EmbeddedPostgres
from backend.infra.security.secrets import BadKey, check_key
from backend.infra.system import certificates, machine, nginx
from backend.infra.system.data_folder import DataFolder, lock, make_folders
from backend.infra.system.problems import StartRefused
from backend.infra.system.processes import Program, run_once
from backend.infra.system.readiness import has_ipv6, wait_for_free_port
from backend.infra.system.service_users import Identity, ServiceUsers, ensure_users
from backend.infra.system.up_config import UpConfig

PLAIN_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONUNBUFFERED": "1",
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that is settled before the first program starts."""

    config: UpConfig
    data: DataFolder
    lock: int
    certificate: certificates.ServerCertificate
    cluster: EmbeddedPostgres | None
    nginx: str

    @property
    def database_url(self) -> str:
        """The server that was given, or our own."""
        return self.cluster.url if self.cluster else self.config.database_url


async def prepare(config: UpConfig) -> Prepared:
    """Do everything that needs no running program; StartRefused says what is in the way."""
    config = _with_addresses(config)
    _check_given_key(config)
    if config.users:
        ensure_users(config.users)
    data = DataFolder(config.data_dir.resolve())
    make_folders(data, config.users)
    held = lock(data)
    try:
        await wait_for_free_port(config.addresses, config.https_port)
        program = nginx.find_nginx()
        await _check_reachable(config)
        certificate = certificates.ensure_certificate(
            data.path("tls"), [*machine.names_and_addresses(), *config.names], certificates.utc_now()
        )
        cluster = None if config.database_url else await _prepare_cluster(config, data)
        prepared = Prepared(config, data, held, certificate, cluster, program)
        await _prepare_nginx(prepared)
    except BaseException:
        os.close(held)
        raise
    return prepared


def _with_addresses(config: UpConfig) -> UpConfig:
    """Without a choice, every address that this machine can have."""
    if config.addresses:
        return replace(config, addresses=tuple(machine.open_address(each) for each in config.addresses))
    every = ("0.0.0.0", "[::]") if has_ipv6() else ("0.0.0.0",)  # noqa: S104 - a service for the network
    return replace(config, addresses=every)


async def _check_reachable(config: UpConfig) -> None:
    """The service users must be able to run the program: a checkout below /root, say, is closed to them."""
    if config.users is None:
        return
    script = 'test -x "$1" && test -r "$2/backend/cli.py" && test -r "$2/alembic.ini"'
    argv = ["/bin/sh", "-c", script, "sh", config.python, str(config.app_dir)]
    code, _ = await run_once(_program("check", argv, config, Identity.of(config.users.app)))
    if code:
        raise StartRefused(
            f"The user {config.users.app} cannot read {config.app_dir} or run {config.python}.",
            code="program_not_reachable",
            remedy="Start Lanarium by `make up`, which installs it where its users can read it.",
        )


def _check_given_key(config: UpConfig) -> None:
    """Refuse a weak JWT_SECRET now, in a sentence, rather than in the application's log."""
    given = config.environment.get("JWT_SECRET")
    if given is None:
        return
    try:
        check_key(given, "JWT_SECRET")
    except BadKey as problem:
        raise StartRefused(f"{problem}.", code="weak_key") from None


async def _prepare_cluster(config: UpConfig, data: DataFolder) -> EmbeddedPostgres:
    users = config.users
    cluster = EmbeddedPostgres(
        ClusterConfig(
            directory=data.path("pg"),
            socket_dir=data.database_sockets,
            run_as=users.database if users else None,
            allowed_users=(users.app,) if users else (),
        )
    )
    await cluster.prepare()
    return cluster


async def _prepare_nginx(prepared: Prepared) -> None:
    """Write its configuration and let nginx itself judge it, as the user it will run as."""
    settings = _nginx_config(prepared)
    for source, target in (
        (prepared.certificate.certificate, settings.certificate),
        (prepared.certificate.key, settings.certificate_key),
    ):
        _hand_over(source.read_bytes(), target, prepared.config.users)
    text = nginx.render_nginx(settings, nginx.nginx_version(prepared.nginx))
    _hand_over(text.encode(), settings.state / "nginx.conf", prepared.config.users)
    code, said = await run_once(_web_program(prepared, [*nginx.nginx_command(prepared.nginx, settings), "-t"]))
    if code:
        raise StartRefused(f"nginx refuses its configuration: {said}", code="nginx_configuration")


def _nginx_config(prepared: Prepared) -> nginx.NginxConfig:
    config, state = prepared.config, prepared.data.path("nginx")
    return nginx.NginxConfig(
        template=config.app_dir / "nginx" / "nginx.conf.template",
        state=state,
        web_root=config.app_dir / "frontend" / "dist",
        app_socket=prepared.data.app_socket,
        certificate=state / "certificate.pem",
        certificate_key=state / "key.pem",
        https_port=config.https_port,
        addresses=config.addresses,
        trusted_proxies=config.trusted_proxies,
    )


def _hand_over(content: bytes, target: Path, users: ServiceUsers | None) -> None:
    """Give the web server a copy of its own, so the original's owner and mode can be whatever they are."""
    target.unlink(missing_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as stream:
        if users:
            web = Identity.of(users.web)
            os.fchown(descriptor, web.uid, web.gid)
        stream.write(content)


def database(prepared: Prepared) -> Program:
    """PostgreSQL; SIGINT is its fast and clean shutdown."""
    assert prepared.cluster is not None
    users = prepared.config.users
    return Program(
        name="postgres",
        argv=prepared.cluster.command(),
        environment=PLAIN_ENVIRONMENT,
        identity=Identity.of(users.database) if users else None,
        stop_signal="SIGINT",
        grace_s=2.5,
    )


def helper(prepared: Prepared) -> Program:
    """The scan helper: the only one that may open raw sockets, and it has neither database nor keys."""
    config = prepared.config
    users = config.users
    allowed = Identity.of(users.app).uid if users else os.getuid()
    socket = str(prepared.data.scan_socket)
    argv = [config.python, "-m", "backend.infra.scan_helper", "--socket", socket, "--allowed-uid", str(allowed)]
    return Program(
        name="helper",
        argv=argv,
        environment={**PLAIN_ENVIRONMENT, "PYTHONPATH": str(config.app_dir)},
        identity=Identity.of(users.scan) if users else None,
        raw_sockets=users is not None and machine.may_open_raw_sockets(),
        grace_s=1.0,
        folder=config.app_dir,
    )


def application(prepared: Prepared) -> Program:
    """The application behind its socket."""
    argv = [prepared.config.python, "-m", "backend.cli", "serve", "--socket", str(prepared.data.app_socket)]
    return _app_program(prepared, "app", argv)


def web(prepared: Prepared) -> Program:
    """nginx; SIGTERM is its fast shutdown, since open WebSockets would hold the graceful one for ever."""
    return _web_program(prepared, nginx.nginx_command(prepared.nginx, _nginx_config(prepared)))


async def migrate(prepared: Prepared) -> None:
    """Bring the database to this program's version; StartRefused with the reason when that fails."""
    argv = [prepared.config.python, "-m", "backend.cli", "migrate"]
    code, said = await run_once(_app_program(prepared, "migrate", argv))
    if code:
        raise StartRefused(f"The database could not be brought up to date:\n{said}", code="migration_failed")


def _app_program(prepared: Prepared, name: str, argv: list[str]) -> Program:
    users = prepared.config.users
    identity = Identity.of(users.app) if users else None
    extra = {
        "DATABASE_URL": prepared.database_url,
        "LANARIUM_DATA_DIR": str(prepared.data.root),
        "LANARIUM_SCAN_SOCKET": str(prepared.data.scan_socket),
        "LANARIUM_APP_DIR": str(prepared.config.app_dir),
    }
    return _program(name, argv, prepared.config, identity, extra)


def _web_program(prepared: Prepared, argv: list[str]) -> Program:
    users = prepared.config.users
    return Program(
        name="nginx",
        argv=argv,
        environment=PLAIN_ENVIRONMENT,
        identity=Identity.of(users.web) if users else None,
        grace_s=1.0,
    )


def _program(
    name: str, argv: list[str], config: UpConfig, identity: Identity | None, extra: dict[str, str] | None = None
) -> Program:
    environment = {**PLAIN_ENVIRONMENT, **config.environment, "PYTHONPATH": str(config.app_dir)}
    return Program(
        name=name,
        argv=argv,
        environment={**environment, **(extra or {})},
        identity=identity,
        grace_s=3.5,
        folder=config.app_dir,
    )
