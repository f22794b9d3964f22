"""PostgreSQL: tables, repositories that write, queries that read."""
