"""Access tokens: JWT, HS256 and nothing else. The only file that knows python-jose."""

import time
from datetime import datetime
from typing import Any
from uuid import uuid4

from jose import jwt
from jose.backends import HMACKey
from jose.exceptions import JOSEError

from backend.domain.accounts.ports import AccessClaims

ALGORITHM = "HS256"
ISSUER = "lanarium"
AUDIENCE = "lanarium-api"
TYPE = "access"
MAX_TOKEN = 2048
MAX_PROVEN = 4096
MAX_ID = 2**63 - 1
_REQUIRED = ("iss", "aud", "sub", "iat", "exp", "jti")
_OPTIONS = {f"require_{name}": True for name in _REQUIRED} | {"leeway": 0}

if HMACKey.__module__ != "jose.backends.cryptography_backend":  # pragma: no cover
    raise RuntimeError("python-jose has to use the cryptography backend; its own arithmetic leaks by timing")


class JwtAccessTokens:
    """Signs and checks access tokens with one key."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        # What a signature proved stays proven until the token expires.
        self._proven: dict[str, tuple[int, AccessClaims]] = {}

    def issue(self, claims: AccessClaims, now: datetime, expires_at: datetime) -> str:
        """A signed token."""
        said = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(claims.user_id),
            "sid": claims.session_id,
            "epoch": claims.epoch,
            "typ": TYPE,
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
            "jti": uuid4().hex,
        }
        return str(jwt.encode(said, self._secret, algorithm=ALGORITHM))

    def read(self, token: str) -> AccessClaims | None:
        """What a token says; None for anything that is not a valid access token of ours."""
        expires_at, claims = self._proven.get(token, (0, None))
        if claims and time.time() < expires_at:
            return claims
        return self._proof(token)

    def _proof(self, token: str) -> AccessClaims | None:
        if len(token) > MAX_TOKEN or token.count(".") != 2:
            return None
        try:
            if jwt.get_unverified_header(token) != {"alg": ALGORITHM, "typ": "JWT"}:
                return None
            said = jwt.decode(
                token, self._secret, algorithms=[ALGORITHM], audience=AUDIENCE, issuer=ISSUER, options=_OPTIONS
            )
        except (JOSEError, ValueError, TypeError, AttributeError, RecursionError):
            return None
        claims = _claims(said)
        if claims:
            self._remember(token, int(said["exp"]), claims)
        return claims

    def _remember(self, token: str, expires_at: int, claims: AccessClaims) -> None:
        if len(self._proven) >= MAX_PROVEN:
            self._proven.clear()
        self._proven[token] = (expires_at, claims)


def _claims(said: dict[str, Any]) -> AccessClaims | None:
    subject, session_id, epoch = said.get("sub"), said.get("sid"), said.get("epoch")
    if said.get("typ") != TYPE or not isinstance(subject, str) or not subject.isdecimal():
        return None
    if type(session_id) is not int or type(epoch) is not int:
        return None
    if not (0 < int(subject) <= MAX_ID and 0 < session_id <= MAX_ID):
        return None
    return AccessClaims(int(subject), session_id, epoch)
