"""Sign-ins of shared use: known people, two limits of time by the server's clock, signing out for good."""

from __future__ import annotations

import datetime as dt

import pytest

from selection import actions as do
from selection.actions import UserRole
from selection.actions import sign_in_times as times
from selection.errors import ActionError, PermissionDenied, SignInEnded
from selection.records.store import Store
from tests.records.made import rules

START = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


def who(subject: str = "anna", name: str = "Anna Ankka", at: dt.datetime = START, nonce: str = "n1") -> do.Identity:
    return do.Identity("https://provider.example", subject, name, at, nonce)


def later(**span: float) -> dt.datetime:
    return START + dt.timedelta(**span)


def ended(store: Store, identity: do.Identity, at: dt.datetime) -> str:
    """Why a sign-in is over; the same for going on with it as for asking about it."""
    with pytest.raises(SignInEnded) as going_on:
        do.sign_in(store, identity, at)
    with pytest.raises(SignInEnded) as asked:
        do.signed_in(store, identity.key, at)
    assert going_on.value.code == asked.value.code
    return asked.value.code


def test_the_first_sign_in_makes_a_user_without_a_role(store: Store) -> None:
    user = do.sign_in(store, who(), START)
    assert user.name == "Anna Ankka"
    assert not do.has_a_role(store, user)
    with pytest.raises(PermissionDenied):
        do.perform(store, user, do.CreateRound(name="Kierros", rules=rules()))
    again = do.sign_in(store, who(name="Anna Hanhi", at=later(hours=20), nonce="n2"), later(hours=20))
    assert (again.id, again.name) == (user.id, "Anna Hanhi")


def test_the_same_subject_at_another_provider_is_somebody_else(store: Store) -> None:
    other = do.Identity("https://other.example", "anna", "Anna", START, "n1")
    assert do.sign_in(store, other, START).id != do.sign_in(store, who(), START).id


def test_nobody_can_sign_in_as_the_user_of_this_machine(store: Store) -> None:
    local = do.local_user(store)
    assert do.sign_in(store, who(subject="local"), START).id != local.id
    with pytest.raises(ActionError, match="subject_missing"):
        do.known_user(store, "local", "Minä")


def test_thirty_idle_minutes_end_a_sign_in(store: Store) -> None:
    do.sign_in(store, who(), START)
    do.sign_in(store, who(), later(minutes=29))
    do.sign_in(store, who(), later(minutes=58))
    assert ended(store, who(), later(minutes=89)) == "sign_in_idle"
    # Nor does it come back by trying.
    assert ended(store, who(), later(minutes=90)) == "sign_in_idle"


def test_asking_who_it_is_does_not_count_as_being_at_work(store: Store) -> None:
    do.sign_in(store, who(), START)
    for minutes in range(5, 30, 5):
        do.signed_in(store, who().key, later(minutes=minutes))
    assert ended(store, who(), later(minutes=31)) == "sign_in_idle"


def test_eight_hours_end_a_sign_in_however_busy(store: Store) -> None:
    for minutes in range(0, 8 * 60 + 1, 20):
        do.sign_in(store, who(), later(minutes=minutes))
    assert ended(store, who(), later(hours=8, minutes=1)) == "sign_in_too_long"


def test_a_clock_set_back_revives_no_sign_in(store: Store) -> None:
    do.sign_in(store, who(), START)
    assert ended(store, who(), later(minutes=31)) == "sign_in_idle"
    # It was found to be over: the clock is set back to when it was not.
    assert ended(store, who(), later(minutes=1)) == "sign_in_idle"
    # Over, but nobody looked: this process has another clock.
    other = who(subject="bert", nonce="n2")
    do.sign_in(store, other, START)
    real = times.seconds()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times, "seconds", lambda: real + 31 * 60)
        assert [row.open for row in do.sign_ins(store, do.known_user(store, other.login, "Bert"), START)] == [False]
        assert ended(store, other, later(minutes=10)) == "sign_in_idle"
    # The clock was set to before it was last seen.
    third = who(subject="cleo", nonce="n3")
    do.sign_in(store, third, START)
    assert ended(store, third, later(minutes=-10)) == "not_signed_in"


def test_a_clock_set_back_while_the_server_was_down_revives_none(store: Store) -> None:
    """The log tells later instants than the clock: who has signed in since the start goes on, nobody else."""
    do.sign_in(store, who(), START)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times, "known", times.Known())
        assert ended(store, who(), later(minutes=10)) == "sign_in_too_long"  # the log's lines are of today
        again = who(nonce="n2", at=later(minutes=11))
        assert do.sign_in(store, again, later(minutes=11)).name == "Anna Ankka"
        assert do.sign_in(store, again, later(minutes=30)).name == "Anna Ankka"


def test_one_account_does_not_sign_in_without_end(store: Store) -> None:
    for number in range(times.MOST):
        do.sign_in(store, who(nonce=f"n{number}"), START)
    with pytest.raises(SignInEnded, match="sign_in_too_often"):
        do.sign_in(store, who(nonce="one too many"), START)
    # Who is in stays in, others come in, and after a while it goes on.
    assert do.sign_in(store, who(nonce="n1"), later(minutes=1)).name == "Anna Ankka"
    assert do.sign_in(store, who("bert", "Bert"), START).name == "Bert"
    assert do.sign_in(store, who(nonce="later", at=later(minutes=11)), later(minutes=11)).name == "Anna Ankka"


def test_names_that_look_alike_carry_their_accounts_ids(store: Store) -> None:
    """The provider lets people choose what they are called."""
    first = do.sign_in(store, who("anna-1", "Anna Ankka"), START)
    administrator = do.first_administrator(store, who("anna-1").login, "Anna Ankka")

    def names() -> dict[int, str]:
        return {row.user_id: row.user_name for row in do.sign_ins(store, administrator, START)}

    assert names() == {first.id: "Anna Ankka"}
    alike = [
        do.sign_in(store, who(f"evil-{number}", name, nonce=f"e{number}"), START)
        for number, name in enumerate(("anna  ankka", "Аnna Аnkka", "Anna\u200b Ankka", "Ännä Ankka"))
    ]
    bert = do.sign_in(store, who("bert", "Bert"), START)
    shown = names()
    assert shown[first.id] == "Anna Ankka (anna-1)" and shown[bert.id] == "Bert"
    assert [shown[user.id].endswith(f"(evil-{number})") for number, user in enumerate(alike)] == [True] * 4
    made = do.perform(store, do.local_user(store), do.CreateRound(name="Kierros", rules=rules()))
    assert made.round_id is not None
    do.perform(store, administrator, do.GrantRole(user_id=alike[0].id, role=UserRole.COORDINATOR))
    do.perform(store, alike[0], do.RenameRound(round_id=made.round_id, name="Toinen"))
    history = do.history(store, alike[0], made.round_id)
    assert history[0].user_name == "anna  ankka (evil-0)"


def test_signing_out_is_for_good(store: Store) -> None:
    user = do.sign_in(store, who(), START)
    do.sign_out(store, who().key)
    do.sign_out(store, who().key)
    assert ended(store, who(), later(minutes=1)) == "signed_out"
    assert do.sign_in(store, who(nonce="n2", at=later(minutes=2)), later(minutes=2)) == user


def test_a_sign_in_that_was_never_begun_or_is_long_forgotten(store: Store) -> None:
    with pytest.raises(SignInEnded, match="not_signed_in"):
        do.signed_in(store, who().key, START)
    # Issued an hour ago and not known here: a copy of an old one.
    with pytest.raises(SignInEnded, match="sign_in_idle"):
        do.sign_in(store, who(), later(hours=1))
    # Issued by a clock far ahead.
    with pytest.raises(SignInEnded, match="not_signed_in"):
        do.sign_in(store, who(at=later(hours=1)), START)


def test_signing_in_and_out_stand_in_the_log(store: Store) -> None:
    lines = do.verify_log(store).lines
    do.sign_in(store, who(), START)
    do.sign_in(store, who(), later(minutes=5))
    do.sign_out(store, who().key)
    report = do.verify_log(store)
    assert report.whole
    assert report.lines == lines + 3  # the user, the sign-in, the sign-out


def test_the_first_administrator_is_the_only_one_made_so(store: Store) -> None:
    user = do.sign_in(store, who(), START)
    assert do.first_administrator(store, who().login, "Anna Ankka") == user
    assert do.roles(store, user, 0) == (UserRole.ADMINISTRATOR,)
    with pytest.raises(ActionError, match="has_administrator"):
        do.first_administrator(store, who(subject="bert").login, "Bert")
