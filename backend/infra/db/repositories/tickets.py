"""WebSocket tickets in PostgreSQL."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.accounts.session import Ticket
from backend.infra.db.tables.accounts import ws_tickets as table


class SqlTickets:
    """Tickets on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, ticket_hash: bytes, ticket: Ticket, expires_at: datetime) -> None:
        """Keep a ticket."""
        await self._connection.execute(
            table.insert().values(
                ticket_hash=ticket_hash,
                user_id=ticket.user_id,
                session_id=ticket.session_id,
                api_token_id=ticket.api_token_id,
                expires_at=expires_at,
            )
        )

    async def take(self, ticket_hash: bytes, now: datetime) -> Ticket | None:
        """Use up a ticket: of two who show the same one, the database serves one."""
        taken = table.delete().where(table.c.ticket_hash == ticket_hash).returning(table)
        row = (await self._connection.execute(taken)).one_or_none()
        if row is None or row.expires_at <= now:
            return None
        return Ticket(row.user_id, row.session_id, row.api_token_id)

    async def prune(self, now: datetime) -> None:
        """Forget tickets that are too old."""
        await self._connection.execute(table.delete().where(table.c.expires_at < now))
