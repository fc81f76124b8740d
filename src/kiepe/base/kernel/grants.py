"""What the web role may do. It owns no table; what is append-only it may only read and add to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from psycopg import sql


def ensure_role(role: str, password: str) -> None:
    """Create the web role, or set its password. Needs an owner with CREATEROLE."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = sql.SQL("ALTER") if cursor.fetchone() else sql.SQL("CREATE")
        cursor.execute(
            sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                verb, sql.Identifier(role), sql.Literal(password)
            )
        )


def apply(role: str, append_only: Iterable[str], erasable: Iterable[str]) -> None:
    """Grant the web role its rights on every table there is, as the owner, after the migrations.

    `append_only` tables it may read and add to; from `erasable` ones it may also delete (a trigger decides what).
    """
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        for line in (
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations, django_content_type FROM {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(line).format(name))
        for table in append_only:
            cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), name))
        for table in erasable:
            cursor.execute(sql.SQL("REVOKE UPDATE ON {} FROM {}").format(sql.Identifier(table), name))
