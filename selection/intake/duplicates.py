"""People twice: rows that are certainly one person's, and pairs that may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from selection.intake.draft import Draft
from selection.intake.values.initials import may_stand_for, pieces
from selection.intake.values.organisations import are_distinct, expanded
from selection.intake.wording import fold
from selection.solving.union_find import joined

#: Birth years this far apart are two persons', such as father and son of one name and one address.
GENERATION = 12
#: In a block of more rows than this, each is compared only with so many that are nearest by name.
CROWD, NEAREST = 60, 3
#: So many of the nearest names are looked at.
NEAR = 5
#: From this likeness on (0–100), two organisations' names are asked about.
SAME_ORGANISATION = 90
#: So many letters of a word are the same in its forms: Laune, Launeen.
STEM = 4


def certain_groups(drafts: Sequence[Draft], apart: Collection[str] = ()) -> list[list[Draft]]:
    """Groups of rows of one person: same name and e-mail; or, where none gives an e-mail, same name, birth year and
    postal code, or all the same.

    Rows that differ in e-mail or in where the person lives are in no group: whoever knows a name could overwrite the
    application of somebody else. ``apart`` holds keys of rows that a person declared to be somebody else's.
    """
    groups = [[drafts[number] for number in group] for group in joined(len(drafts), _alike(drafts, apart))]
    certain = []
    for group in groups:
        if len(group) > 1:
            base = valid(group)
            group = [draft for draft in group if draft is base or _at_one_home(draft, base)]
        if len(group) > 1:
            certain.append(group)
    return certain


def _at_one_home(one: Draft, other: Draft) -> bool:
    """Whether two rows may be of one home: no postal code, street address or telephone number contradicts."""
    mine, theirs = (draft.values.get("postal_code") for draft in (one, other))
    if mine and theirs and mine != theirs:
        return False
    if one.street and other.street and one.street != other.street:
        return False
    # An e-mail address in common outweighs two telephone numbers.
    return bool(one.email) or not (one.phone and other.phone) or phone_digits(one) == phone_digits(other)


def phone_digits(draft: Draft) -> str:
    """The last eight digits of a telephone number, which are the same with and without the country's."""
    return "".join(letter for letter in draft.phone if letter.isdigit())[-8:]


def _alike(drafts: Sequence[Draft], apart: Collection[str]) -> Iterable[tuple[int, int]]:
    """Pairs of rows, by their numbers, that have a sign in common and may be one person's.

    Of rows of one sign and one birth year each is paired with the first alone: the groups are the same, and a file of
    one row a thousand times takes no longer than another.
    """
    seen: dict[tuple[object, ...], dict[int | None, int]] = defaultdict(dict)
    for number, draft in enumerate(drafts):
        if draft.key and draft.key in apart:
            continue
        for sign in _signs(draft):
            for other in seen[sign].values():
                if _may_be_one(draft, drafts[other]):
                    yield other, number
            seen[sign].setdefault(draft.birth_year, number)


def _signs(draft: Draft) -> Iterable[tuple[object, ...]]:
    """What rows of one person have in common; where a row gives no such sign, all its answers together are one."""
    if not draft.tokens:
        return
    code = draft.values.get("postal_code")
    placed = draft.birth_year is not None and bool(code)
    if draft.email:
        yield ("email", fold(draft.email), draft.tokens)
    elif placed:
        yield ("place", draft.tokens, draft.birth_year, code)
    if not draft.email and not placed:
        yield ("all", draft.tokens, draft.said)


def _may_be_one(one: Draft, other: Draft) -> bool:
    if one.birth_year is None or other.birth_year is None:
        return True
    return abs(one.birth_year - other.birth_year) < GENERATION


def newest(group: Sequence[Draft]) -> Draft:
    """The row sent last, then the fullest, then by what it says; never by where it stands."""
    return max(group, key=lambda draft: (draft.sent, draft.filled, draft.content))


def valid(group: Sequence[Draft]) -> Draft:
    """The row to keep: the newest of those sent in time; of a group that came too late as a whole, the newest."""
    return newest([draft for draft in group if not draft.late] or group)


def likely_pairs(drafts: Sequence[Draft]) -> list[tuple[Draft, Draft, str]]:
    """Pairs that may be one person, with the reason: ``same_name`` or ``similar_name`` beside another likeness."""
    from rapidfuzz.distance import DamerauLevenshtein

    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        code = draft.values.get("postal_code", ("",))[0]
        phone = phone_digits(draft)
        if draft.birth_year is not None:
            blocks["home" if code else "year", draft.birth_year, code].append(number)
            for token in dict.fromkeys(draft.tokens):
                blocks["year", draft.birth_year, token].append(number)
        if draft.email:
            blocks["email", fold(draft.email)].append(number)
        if len(phone) == 8:
            blocks["phone", phone].append(number)
        blocks["name", draft.tokens].append(number)
    pairs: dict[tuple[int, int], str] = {}
    names = [" ".join(draft.tokens) for draft in drafts]
    for sign, members in blocks.items():
        for first, second in _compared(members, names, drafts):
            if (first, second) in pairs or not names[first] or not names[second]:
                continue
            told = sign[0] in ("email", "phone", "home")
            if names[first] == names[second]:
                if told or _may_be_one(drafts[first], drafts[second]):
                    pairs[first, second] = "same_name"
            elif DamerauLevenshtein.distance(names[first], names[second], score_cutoff=2) <= (
                2 if len(names[first]) > 9 else 1
            ) or (told and _contained(drafts[first], drafts[second])):
                pairs[first, second] = "similar_name"
    return [(drafts[first], drafts[second], reason) for (first, second), reason in sorted(pairs.items())]


def _compared(members: Sequence[int], names: Sequence[str], drafts: Sequence[Draft]) -> Iterable[tuple[int, int]]:
    """Pairs of a block: all, or in a crowd each with its nearest by name, so that no file takes for ever."""
    reach = len(members)
    if reach > CROWD:
        members = sorted(members, key=lambda number: (names[number], drafts[number].content))
        reach = NEAREST
    for place, one in enumerate(members):
        for other in members[place + 1 : place + 1 + reach]:
            yield (one, other) if one < other else (other, one)


def _contained(one: Draft, other: Draft) -> bool:
    """Whether one name is the other with a part more (``Maija Virtanen``, ``Maija Kaarina Virtanen``)."""
    first, second = set(one.tokens), set(other.tokens)
    return len(first & second) >= 2 and (first <= second or second <= first)


def shared_emails(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Groups of different persons who gave the same e-mail address."""
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.email:
            groups[fold(draft.email)].append(draft)
    return [group for group in groups.values() if len({draft.tokens for draft in group}) > 1]


def similar_organisations(written_as: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """Key → a more common key that is probably the same organisation.

    ``written_as`` tells how each key was written, ``counts`` how often it occurs.
    """
    from rapidfuzz import fuzz, process

    same: dict[str, str] = {}
    blocks: dict[str, dict[str, str]] = defaultdict(dict)
    turned: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in sorted(counts, key=lambda key: (-counts[key], -len(key), key)):
        full = expanded(written_as[key])
        block = blocks[full[:2]]
        near = process.extract(full, block, scorer=fuzz.ratio, score_cutoff=SAME_ORGANISATION, limit=NEAR)
        alike = [other for _, _, other in near if not are_distinct(full, block[other])]
        stems = tuple(sorted(word[:STEM] for word in full.split()))
        alike = alike or [other for other in turned[stems] if not are_distinct(full, expanded(written_as[other]))]
        if alike:
            same[key] = alike[0]
        block[key] = full
        turned[stems] = [*turned[stems][:NEAR], key]
    return same | _shortened({key: name for key, name in written_as.items() if key not in same})


def _shortened(written_as: Mapping[str, str]) -> dict[str, str]:
    """Key of a short form, such as initials → key of the full name that it may stand for."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for key in sorted(written_as):
        by_letter[key[:1]].append(key)
    found: dict[str, str] = {}
    for key in sorted(written_as):
        if pieces(written_as[key])[1]:
            others = (other for other in by_letter[key[:1]] if other != key and other not in found)
            full = next((other for other in others if may_stand_for(written_as[key], written_as[other])), None)
            if full is not None:
                found[key] = full
    return found
