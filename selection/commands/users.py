"""The commands on users of shared use: list, add, grant, revoke. For whoever runs the server, also without a login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from selection.commands.records import Records
from selection.errors import ActionError
from selection.texts import text

if TYPE_CHECKING:
    from selection import actions as do

users_app = typer.Typer(add_completion=False, no_args_is_help=True, help=text("cli.user"))

#: Ids are whole numbers of 32 bits in both databases.
LARGEST_ID = 2**31 - 1

Person = Annotated[int, typer.Argument(min=1, max=LARGEST_ID, help=text("cli.user_number"), show_default=False)]
RoleName = Annotated[str, typer.Argument(help=text("cli.user_role"), show_default=False)]
RoundId = Annotated[int | None, typer.Option("--round", min=1, max=LARGEST_ID, help=text("cli.user_round"))]


def _at_the_server(records: str | None) -> tuple[do.Store, do.User]:
    """The records, and whoever runs the server, under a name that says so."""
    from selection import actions as do

    store = do.open_store(records)
    return store, do.server_user(store, text("cli.user_operator"))


def _role(name: str) -> do.UserRole:
    from selection import actions as do

    try:
        return do.UserRole(name)
    except ValueError:
        raise ActionError(
            "no_such_role",
            role=name[:40],
            known=", ".join(f"{role.value} ({text(f'role.{role}')})" for role in do.UserRole),
        ) from None


@users_app.command("list", help=text("cli.user_list"))
def user_list_command(records: Records = None) -> None:
    """Number, name and roles of everybody who has signed in."""
    from selection import actions as do

    store = do.open_store(records)
    # Reading makes nobody known: who runs the server has a number from the first change on.
    rows = do.users(store, do.User(0, text("cli.user_operator"), at_server=True))
    if not rows:
        typer.echo(text("cli.user_nobody"))
    for row in rows:
        roles = ", ".join(
            text(f"role.{role}") + ("" if round_id is None else f" ({text('cli.user_in_round', id=round_id)})")
            for role, round_id in row.roles
        )
        seen = (row.signed_in_at or "–")[:16]
        typer.echo(f"{row.id}\t{row.name}\t{roles or text('cli.user_no_role')}\t{row.subject}\t{seen}")


@users_app.command("add", help=text("cli.user_add"))
def user_add_command(
    issuer: Annotated[str, typer.Argument(help=text("cli.user_issuer"), show_default=False)],
    subject: Annotated[str, typer.Argument(help=text("cli.user_subject"), show_default=False)],
    name: Annotated[str, typer.Argument(help=text("cli.user_name"), show_default=False)],
    records: Records = None,
) -> None:
    """Make somebody known before the first login."""
    from selection import actions as do

    store, operator = _at_the_server(records)
    made = do.perform(store, operator, do.AddUser(subject=f"{issuer.strip()} {subject.strip()}", name=name))
    typer.echo(text("cli.user_added", number=made.id))


@users_app.command("grant", help=text("cli.user_grant"))
def user_grant_command(number: Person, role: RoleName, round_id: RoundId = None, records: Records = None) -> None:
    """Give a role."""
    from selection import actions as do

    store, operator = _at_the_server(records)
    do.perform(store, operator, do.GrantRole(user_id=number, role=_role(role), round_id=round_id))
    typer.echo(text("cli.user_granted", number=number))


@users_app.command("revoke", help=text("cli.user_revoke"))
def user_revoke_command(number: Person, role: RoleName, round_id: RoundId = None, records: Records = None) -> None:
    """Take a role away."""
    from selection import actions as do

    store, operator = _at_the_server(records)
    do.perform(store, operator, do.RevokeRole(user_id=number, role=_role(role), round_id=round_id))
    typer.echo(text("cli.user_revoked", number=number))


@users_app.command("revoke-all", help=text("cli.user_revoke_all"))
def user_revoke_all_command(number: Person, records: Records = None) -> None:
    """Take away every role of somebody who leaves, and end their sign-ins."""
    from selection import actions as do

    store, operator = _at_the_server(records)
    do.perform(store, operator, do.RevokeAll(user_id=number))
    typer.echo(text("cli.user_revoked_all", number=number))
