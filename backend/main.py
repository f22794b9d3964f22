"""Makes the application: routers, error table, middleware, start and stop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from backend.api import errors, middleware
from backend.api.accounts.routes import router as accounts
from backend.api.client_address import ClientAddress, parse_networks
from backend.api.discovery.routes import router as discovery
from backend.api.discovery.stream import router as streams
from backend.api.errors import Problem
from backend.api.history.routes import router as history
from backend.api.inventory.devices import lists as device_lists
from backend.api.inventory.routes import router as inventory
from backend.api.json import JsonResponse
from backend.api.monitoring.routes import router as monitoring
from backend.api.operations.routes import api_router as operations_api
from backend.api.operations.routes import root_router as operations_root
from backend.bootstrap import Lanarium, build
from backend.infra.health import program_version
from backend.settings import Settings

# The API as one list of routers: they answer under /api/v1, and under /api for the documents' own paths.
# What is asked most often first: routes are tried one after another.
API_ROUTERS: tuple[APIRouter, ...] = (
    device_lists,
    inventory,
    operations_api,
    accounts,
    discovery,
    monitoring,
    history,
)
ROOT_ROUTERS: tuple[APIRouter, ...] = (operations_root, streams)
PREFIXES = ("/api/v1", "/api")


def _operation_id(route: APIRoute) -> str:
    return f"{route.tags[0] if route.tags else 'lanarium'}-{route.name}"


def create_app(program: Lanarium | None = None) -> FastAPI:
    """The application; without a program given, it is built from the environment."""
    built = program or build(Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await built.start()
        yield
        await built.stop()

    app = FastAPI(
        title="Lanarium",
        version=program_version(),
        summary="Your network, under glass.",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        default_response_class=JsonResponse,
        generate_unique_id_function=_operation_id,
        redirect_slashes=False,
        responses={**errors.responses(422), 422: {"model": Problem, **errors.responses(422)[422]}},
    )
    app.state.services = built.services
    errors.install(app)
    app.add_middleware(middleware.BodyLimit)
    app.add_middleware(middleware.RequestLog)
    app.add_middleware(middleware.RequestMetrics, metrics=built.services.metrics)
    app.add_middleware(ClientAddress, trusted=parse_networks(built.settings.trusted_proxies))
    _include(app)
    return app


def _include(app: FastAPI) -> None:
    for prefix in PREFIXES:
        for router in API_ROUTERS:
            app.include_router(router, prefix=prefix, include_in_schema=prefix == PREFIXES[0])
    for router in ROOT_ROUTERS:
        # The same as below /api/v1, where the document describes them.
        app.include_router(router, include_in_schema=False)
