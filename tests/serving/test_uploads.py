"""Uploads come where a page expects them, from whoever has it open, and no more than a person may have."""

from __future__ import annotations

import pytest

from selection.serving import uploads
from selection.serving.uploads import Expected, Uploads
from tests.ui.test_server import answer, scope, served


class Scene:
    """Uploads before a server that takes everything; ``who`` sends."""

    def __init__(self) -> None:
        self.known, self.who, self.held = Expected(), "anna", dict[str, list[int]]()
        app = served(b"text/plain", b"x" * 30)
        self.app = Uploads(app, lambda _: self.who, lambda: self.held, self.known)

    def put(self, session: str = "s1", size: object = 100, method: str = "PUT") -> int:
        headers = [] if size is None else [(b"content-length", str(size).encode())]
        asked = scope(f"/_stcore/upload_file/{session}/f1", headers=headers) | {"method": method}
        return int(answer(self.app, asked)[0])


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.known.open("s1", "anna")
    return made


def test_a_page_with_a_place_for_files_takes_them(scene: Scene) -> None:
    assert scene.put() == 200
    assert scene.put(method="DELETE") == 200


def test_a_page_without_one_takes_none(scene: Scene) -> None:
    assert scene.put("s2") == 403
    scene.known.close("s1")
    assert scene.put() == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_nobody_reaches_into_another_s_session(scene: Scene, method: str) -> None:
    for other in ("bertta", None):
        scene.who = other
        assert scene.put(method=method) == 403


def test_a_size_is_told_before_and_is_no_more_than_a_file_s(scene: Scene) -> None:
    assert scene.put(size=None) == 411
    assert scene.put(size="-5") == 411
    assert scene.put(size=uploads.LARGEST + 1) == 413


def test_a_person_s_files_are_counted_over_all_tabs(scene: Scene) -> None:
    scene.known.open("s2", "anna")
    scene.held = {"s2": [1] * uploads.FILES}
    assert scene.put() == 429
    scene.held = {"s2": [uploads.BYTES - 99]}
    assert scene.put() == 429
    scene.held = {"s2": [uploads.BYTES - 100]}
    assert scene.put() == 200


def test_everybody_s_files_are_counted_too(scene: Scene) -> None:
    scene.held = {f"x{number}": [uploads.BYTES_IN_ALL // 10] for number in range(10)}
    assert scene.put() == 429


def test_files_on_their_way_count_until_they_are_there() -> None:
    known = Expected()
    known.open("s1", "anna")
    for _ in range(uploads.FILES):
        assert known.begin("s1", 1, {})
    assert not known.begin("s1", 1, {})
    known.end("s1", 1)
    assert known.begin("s1", 1, {})


def test_sessions_that_ended_are_forgotten(scene: Scene) -> None:
    scene.known.keep(lambda session: session != "s1")
    assert scene.put() == 403


def test_other_requests_pass(scene: Scene) -> None:
    assert answer(scene.app, scope("/"))[0] == 200
