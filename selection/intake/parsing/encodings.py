"""Encodings of text files: by a mark, by zeros, by UTF-8, else by which one makes Nordic words of the bytes."""

from __future__ import annotations

#: One-byte encodings that spreadsheets and old systems write, the likeliest first, with the names shown.
_ONE_BYTE = (("cp1252", "Windows-1252"), ("mac_roman", "MacRoman"), ("cp850", "CP850"))
_NORDIC = frozenset("äöåÄÖÅ")
#: Letters of other names, and marks of ordinary writing, that a file may well hold.
_OTHER = frozenset("éèüáóíßšžøæñçëïâôêúàãõŠŽÉÜØÆÁ")
_MARKS = frozenset("–—’‘”“„…•€§°´«»\u00a0½²±·")
#: So many letters of bytes over 127, and so many of the file, are looked at.
_LOOKED_AT = 20_000
#: An encoding is certain where its points for one such byte exceed the next one's by this much.
_CLEAR = 0.75


def decoded(data: bytes) -> tuple[str, str, bool]:
    """``(encoding, text, certain)``: a mark at the start decides, else UTF-16 by its zeros, else UTF-8 if it is that,
    else the one-byte encoding whose letters look most like those of Nordic words."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "UTF-8", data[3:].decode("utf-8", "replace"), True
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16", data.decode("utf-16", "replace"), True
    head = data[:4000]
    for zeros, encoding in ((head[1::2], "utf-16-le"), (head[0::2], "utf-16-be")):
        if len(zeros) > 4 and zeros.count(0) > 0.4 * len(zeros):
            return "UTF-16", data.decode(encoding, "replace"), True
    try:
        return "UTF-8", data.decode("utf-8"), True
    except UnicodeDecodeError:
        pass
    places = [place for place, byte in enumerate(data) if byte > 127][:_LOOKED_AT]
    points = [_points(data, places, encoding) / len(places) for encoding, _ in _ONE_BYTE]
    best = max(range(len(points)), key=lambda number: points[number])
    if points[best] - points[0] < _CLEAR:
        best = 0  # what nearly every program writes
    second = max(point for number, point in enumerate(points) if number != best)
    encoding, name = _ONE_BYTE[best]
    return name, data.decode(encoding, "replace"), points[best] - second >= _CLEAR


def _points(data: bytes, places: list[int], encoding: str) -> float:
    """How much the bytes over 127 look like letters of Nordic words in an encoding."""
    return sum(_of_letter(data[max(place - 1, 0) : place + 2], place > 0, encoding) for place in places)


def _of_letter(bytes_around: bytes, has_before: bool, encoding: str) -> float:
    around = bytes_around.decode(encoding, "replace")
    before, letter = (around[0], around[1]) if has_before else ("", around[0])
    after = around[2:3] if has_before else around[1:2]
    in_word = before.isalpha() and after.isalpha()
    if letter.isalpha():
        # A capital after a small letter stands in no word, as nearly none of another alphabet does.
        odd = letter.isupper() and before.islower()
        begins = not before.isalpha()
        worth = 3.0 if letter in _NORDIC else 1.0 if letter in _OTHER else -1.0
        if begins and letter.islower():
            worth -= 0.5  # names begin with capitals
        elif begins and letter.isupper() and after.islower() and letter not in _NORDIC:
            worth = 2.0
        return worth - (4.0 if odd else 0.0)
    if letter in _MARKS and not in_word:
        return 1.0
    return -3.0
