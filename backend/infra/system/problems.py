"""Why Lanarium does not start: one sentence for a person, one code for a program, one way out."""

from backend.domain.errors import DomainError, Params


class StartRefused(DomainError):
    """Starting cannot go on; `detail` says why and `remedy` what to do about it."""

    code = "start_refused"

    def __init__(self, detail: str, *, code: str, remedy: str = "", params: Params | None = None) -> None:
        super().__init__(detail, code=code, params=params)
        self.remedy = remedy

    def __str__(self) -> str:
        """The sentence a terminal shows."""
        return f"{self.detail} {self.remedy}".strip()
