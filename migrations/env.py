"""Runs migrations as the owner role. Asked for by `raaderum database migrate`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, text

from raaderum.mapped_tables import metadata
from raaderum.persistence.row_security import OWNER


def run() -> None:
    """Migrate in one transaction; a lock that is not had in five seconds is given up."""
    engine = create_engine(context.config.attributes["url"])
    with engine.connect() as connection:
        connection.execute(text(f"set role {OWNER}"))
        connection.execute(text("set lock_timeout = '5s'"))
        connection.execute(text("set row_security = off"))
        connection.commit()
        context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
