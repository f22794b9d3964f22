"""Routes that are asked most often, without what a framework does for each parameter that was not given.

A list has some sixteen parameters, of which a question names two or three. FastAPI looks at each of them anew
for every request: its type, its aliases, its default. A `ReadRoute` is declared like any other, and described in
the OpenAPI document like any other; it only looks at what stands in the query, with FastAPI's own validators, and
calls the same dependencies in the same order. Whatever is not valid goes FastAPI's usual way, so that refusals
are its own to the letter.
"""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from inspect import iscoroutinefunction, signature
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from urllib.parse import parse_qsl

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic.fields import FieldInfo
from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Validate = Callable[..., tuple[Any, list[Any]]]
Query = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Parameter:
    """One parameter of the query: what it is called there and in the function, and how it is read."""

    name: str
    validate: Validate
    many: bool
    required: bool


@dataclass(slots=True)
class _Step:
    """One function to call: where its arguments come from."""

    call: Callable[..., Awaitable[Any]]
    request_as: tuple[str, ...]
    parameters: dict[str, _Parameter]
    # Argument -> number of the step that answers it.
    taken: dict[str, int] = field(default_factory=dict)


class _NotPlain(Exception):
    """The query is not valid."""


class ReadRoute(APIRoute):
    """A GET of which everything comes from the request's head; its endpoint answers a `Response`.

    Raises TypeError when it is declared with anything else: a path with parameters, a body, a transaction.
    Routers with such routes are included without dependencies of their own.
    """

    def get_route_handler(self) -> Handler:
        """The endpoint behind its dependencies."""
        usual: Handler = super().get_route_handler()
        steps = _steps(self)

        async def handle(request: Request) -> Response:
            try:
                asked = [_asked(step, query) for query in (_query(request),) for step in steps]
            except _NotPlain:
                return await usual(request)
            answers: list[Any] = []
            for step, arguments in zip(steps, asked, strict=True):
                for name in step.request_as:
                    arguments[name] = request
                for name, number in step.taken.items():
                    arguments[name] = answers[number]
                answers.append(await step.call(**arguments))
            found: Response = answers[-1]
            return found

        return handle


def _query(request: Request) -> Query:
    found: Query = {}
    for name, value in parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return found


def _asked(step: _Step, query: Query) -> dict[str, Any]:
    """The arguments that the query has; what it has not is left to the function's own default."""
    found: dict[str, Any] = {}
    for alias, parameter in step.parameters.items():
        given = query.get(alias)
        if given is None:
            if parameter.required:
                raise _NotPlain
            continue
        value, errors = parameter.validate(given if parameter.many else given[-1])
        if errors:
            raise _NotPlain
        found[parameter.name] = value
    return found


def _steps(route: APIRoute) -> list[_Step]:
    """Every function in the order of its call, each once; the endpoint is the last."""
    if route.methods != {"GET"} or signature(route.endpoint).return_annotation is not Response:
        raise TypeError(f"{route.path}: not a GET that answers a Response")
    steps: list[_Step] = []
    _add(route.dependant, steps, {})
    return steps


def _add(dependant: Dependant, steps: list[_Step], numbers: dict[Any, int]) -> int:
    if dependant.call in numbers:
        return numbers[dependant.call]
    _check(dependant)
    taken = {sub.name: _add(sub, steps, numbers) for sub in dependant.dependencies}
    requests = (dependant.request_param_name, dependant.http_connection_param_name)
    parameters = {
        found.alias: _Parameter(
            found.name, found.validate, _is_list(found.field_info), found.field_info.is_required()
        )
        for found in dependant.query_params
    }
    step = _Step(_awaited(dependant), tuple(name for name in requests if name), parameters)
    step.taken = {name: number for name, number in taken.items() if name}
    steps.append(step)
    numbers[dependant.call] = len(steps) - 1
    return len(steps) - 1


def _awaited(dependant: Dependant) -> Callable[..., Awaitable[Any]]:
    call = dependant.call
    if call is None or not iscoroutinefunction(call):
        raise TypeError(f"{dependant.path}: {call} is no coroutine function")
    return call


def _check(dependant: Dependant) -> None:
    elsewhere = (
        *dependant.path_params,
        *dependant.header_params,
        *dependant.cookie_params,
        *dependant.body_params,
        *filter(None, (dependant.response_param_name, dependant.background_tasks_param_name)),
    )
    if elsewhere:
        raise TypeError(f"{dependant.path}: not everything comes from the query: {elsewhere}")


def _is_list(info: FieldInfo) -> bool:
    """Whether the parameter may be repeated: `list[...]`, perhaps or None, perhaps with more said of it."""
    return _holds_list(info.annotation)


def _holds_list(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin in {Union, UnionType}:
        return any(_holds_list(part) for part in get_args(annotation))
    if origin is Annotated:
        return _holds_list(get_args(annotation)[0])
    return origin is list
