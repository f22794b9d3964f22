"""The peer: the same list as a plain FastAPI application has it: the ORM, a response_model, a token by ORM.

It does less than the product: no ports and no tags in the rows, no roles, no limits, no log.
"""

import hashlib
import os
import uuid
from collections.abc import AsyncIterator
from datetime import datetime
from ipaddress import IPv4Address
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, INET, MACADDR, TEXT
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

from backend.infra.db.engine import as_async_url
from benchmarks.api.data import TWIN_TOKEN


class Base(DeclarativeBase):
    """The ORM's root."""


class User(Base):
    """Who calls."""

    __tablename__ = "twin_users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Token(Base):
    """What they call with."""

    __tablename__ = "twin_tokens"
    id: Mapped[int] = mapped_column(primary_key=True)
    hashed: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    user: Mapped[User] = relationship(lazy="raise")


class Device(Base):
    """A device, in the product's own table."""

    __tablename__ = "devices"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    site_id: Mapped[int]
    name: Mapped[str]
    hostname: Mapped[str | None]
    type: Mapped[str]
    vendor: Mapped[str | None]
    os: Mapped[str | None]
    os_accuracy: Mapped[int | None]
    primary_address: Mapped[Any] = mapped_column(INET)
    mac: Mapped[str | None] = mapped_column(MACADDR)
    status: Mapped[str]
    notes: Mapped[str]
    ports_open: Mapped[int]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    sources: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    manual: Mapped[bool]
    version: Mapped[int]


class DeviceOut(BaseModel):
    """A device in the list."""

    model_config = ConfigDict(from_attributes=True)
    id: int
    uid: uuid.UUID
    site_id: int
    name: str
    hostname: str | None
    type: str
    vendor: str | None
    os: str | None
    os_accuracy: int | None
    primary_address: IPv4Address | None
    mac: str | None
    status: str
    notes: str
    ports_open: int
    first_seen: datetime
    last_seen: datetime
    sources: list[str]
    manual: bool
    version: int


class Listing(BaseModel):
    """A page."""

    items: list[DeviceOut]
    total: int


engine = create_async_engine(as_async_url(os.environ["DATABASE_URL"]), pool_size=10, max_overflow=10)
sessions = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI()


async def session() -> AsyncIterator[AsyncSession]:
    """A session for this request."""
    async with sessions() as opened:
        yield opened


Session = Annotated[AsyncSession, Depends(session)]


async def user(database: Session, authorization: Annotated[str, Header()]) -> User:
    """Who calls."""
    hashed = hashlib.sha256(authorization.removeprefix("Bearer ").encode()).hexdigest()
    found = await database.scalar(select(Token).options(joinedload(Token.user)).where(Token.hashed == hashed))
    if found is None:
        raise HTTPException(401)
    return found.user


@app.get("/devices", response_model=Listing)
async def devices(_: Annotated[User, Depends(user)], database: Session, limit: int = 50, offset: int = 0) -> Any:
    """Devices by name."""
    total = await database.scalar(select(func.count()).select_from(Device))
    found = await database.scalars(select(Device).order_by(func.lower(Device.name)).limit(limit).offset(offset))
    return {"items": found.all(), "total": total}


async def prepare() -> None:
    """Make the twin's own tables, and somebody who may call."""
    hashed = hashlib.sha256(TWIN_TOKEN.encode()).hexdigest()
    async with engine.begin() as connection:
        tables = [Base.metadata.tables[name] for name in ("twin_users", "twin_tokens")]
        await connection.run_sync(Base.metadata.create_all, tables=tables)
        await connection.execute(text("INSERT INTO twin_users (id, name) VALUES (1, 'admin')"))
        await connection.execute(
            text("INSERT INTO twin_tokens (id, hashed, user_id) VALUES (1, :h, 1)"), {"h": hashed}
        )
    await engine.dispose()
