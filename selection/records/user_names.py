"""Users' names as they are shown: they are the provider's, so two that look alike carry their accounts' lasting ids."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.records.journal import HIDDEN, User

#: Cyrillic and Greek letters that look like Latin ones.
_LOOK = str.maketrans("авеёзікмнорстухјѕԁɡѵαβεικνορτυχ", "aBeё3ikmhopctyxjsdgvaBeikvoptux".lower())


def looks(name: str) -> str:
    """What a name looks like at a glance: the same for names that differ in marks, spaces or invisible letters only."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LOOK)
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in plain if letter.isalnum()).replace("1", "l").replace("0", "o")


def shown_names(session: Session) -> dict[int, str]:
    """All users' names by id; of those that look like another's with the account's id behind."""
    users = [(x.id, x.name, x.subject) for x in session.scalars(select(User).order_by(User.id))]
    alike: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for user in users:
        alike[looks(user[1])].append(user)
    shown = {user_id: name for user_id, name, _ in users}
    for group in alike.values():
        if len(group) == 1:
            continue
        keys = [subject.rpartition(" ")[2] for _, _, subject in group]
        for (user_id, name, subject), key in zip(group, keys, strict=True):
            if subject not in HIDDEN:
                shown[user_id] = f"{name} ({key if keys.count(key) == 1 else subject})"
    return shown
