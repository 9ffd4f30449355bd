"""A visitor of the app without a browser: speaks the framework's websocket as its own page does.

The page's cookies and the token against forged requests are fetched first, the connection names its origin, and each
click is a message with the states of the widgets that were set; what comes back is kept as a list of elements. Nothing
is drawn: a click takes from the sending of the message to the end of the run that answers it, all messages read.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileUploaderState, FileURLs, FileURLsRequest, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

#: What a component's events are kept under, from the framework.
EVENTS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
XSRF = "_streamlit_xsrf"
#: Seconds after which nothing more will come.
PATIENCE = 120.0
#: The framework's page forgets a message of which it was not reminded for so many runs; here after as many messages.
REMEMBERED = 500


class Failed(Exception):
    """What was to be clicked or seen is not there, or the page failed."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One element of the page: its message, the run that drew it, and the fragment that it is a part of."""

    element: Any
    run: str
    fragment: str
    common: bool

    @property
    def kind(self) -> str:
        return str(self.element.WhichOneof("type"))

    @property
    def held(self) -> Any:
        return getattr(self.element, self.kind)


class Visitor:
    """One visitor with a session, cookies and widgets of their own.

    Parameters
    ----------
    trust
        The certificates to trust, for an address over TLS.
    cookies
        Of a sign-in, name → value.
    """

    def __init__(
        self, url: str, *, trust: ssl.SSLContext | None = None, cookies: Mapping[str, str] | None = None
    ) -> None:
        self.url = url
        self.trust = trust
        self.cookies = dict(cookies or {})
        self.drawn: dict[tuple[int, ...], Drawn] = {}
        self._states: dict[str, WidgetState] = {}
        self._pages: dict[str, str] = {}
        self._page = ""
        self._script = ""
        self._at_work = ""
        self._query = ""
        self._known: dict[str, ForwardMsg] = {}
        self._again: tuple[str, float] | None = None
        self._files: list[UploadedFileInfo] = []
        self._urls: list[FileURLs] | None = None
        self._session = ""
        self._web: httpx.AsyncClient | None = None
        self._socket: ClientConnection | None = None

    async def open(self, address: str, query: str = "") -> float:
        """Come to a page anew, in a session of its own; seconds until it is drawn, connection and all."""
        await self.close()
        self.drawn, self._states, self._known, self._files, self._again = {}, {}, {}, [], None
        began = time.perf_counter()
        self._web = httpx.AsyncClient(
            base_url=self.url, timeout=PATIENCE, verify=self.trust or True, cookies=self.cookies
        )
        for path in (f"/{address}?{query}", "/_stcore/health", "/_stcore/host-config"):
            (await self._web.get(path)).raise_for_status()
        cookies = {cookie.name: cookie.value or "" for cookie in self._web.cookies.jar}
        self._web.headers["X-Xsrftoken"] = cookies.get(XSRF, "")
        written = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._socket = await connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            origin=self.url,  # type: ignore[arg-type]
            subprotocols=["streamlit", *([cookies[XSRF]] if XSRF in cookies else [])],  # type: ignore[list-item]
            additional_headers={"Cookie": written} if written else None,
            max_size=None,
            proxy=None,
            ssl=self.trust,
        )
        self._page, self._query = "", query
        await self._run(ClientState(page_name=address))
        return time.perf_counter() - began

    async def close(self) -> None:
        """Leave, as by closing the tab."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None
        if self._web is not None:
            await self._web.aclose()
            self._web = None

    async def turn_to(self, address: str) -> float:
        """Go to another page by the menu; seconds until it is there."""
        if address not in self._pages:
            raise Failed(f"no page {address}")
        self._files = []
        common = {_id(one) for one in self.drawn.values() if one.common}
        self._states = {name: state for name, state in self._states.items() if name in common}
        self._query = ""
        return await self._run(ClientState(page_script_hash=self._pages[address]))

    async def click(self, label: str) -> float:
        """Press a button by what stands on it."""
        one = self.find("button", label)
        if one.held.disabled:
            raise Failed(f"{label} cannot be pressed")
        return await self._change(one, trigger_value=True)

    async def fill(self, label: str, value: str) -> float:
        """Write into a field, and press Enter."""
        return await self._change(self.find("text_input", label), string_value=value)

    async def choose(self, label: str, option: int, kind: str = "radio") -> float:
        """Choose one of the options of radio buttons or of a selectbox, by its place."""
        one = self.find(kind, label)
        return await self._change(one, string_value=one.held.options[option])

    async def upload(self, *files: tuple[str, bytes]) -> float:
        """Hand files (name, content) in at the page's one place for them, in place of those before."""
        place = next((one for one in self.drawn.values() if one.kind == "file_uploader"), None)
        if place is None:
            raise Failed("no place for files")
        assert self._web is not None
        for held in self._files:
            (await self._web.delete(held.file_urls.delete_url)).raise_for_status()
        self._files = []
        if files:
            ask = FileURLsRequest(request_id="1", session_id=self._session, file_names=[name for name, _ in files])
            for where, (name, content) in zip(await self._places(ask), files, strict=True):
                answer = await self._web.put(where.upload_url, files={"file": (name, content)})
                answer.raise_for_status()
                self._files.append(
                    UploadedFileInfo(name=name, size=len(content), file_id=where.file_id, file_urls=where)
                )
        return await self._change(place, file_uploader_state_value=FileUploaderState(uploaded_file_info=self._files))

    async def press(self, action: str, subject: str) -> float:
        """Press a button in a row of a table, or an item of its menu."""
        for one in self.drawn.values():
            data = _table(one)
            if data is not None and any(where == (action, subject) for where, _ in buttons(data)):
                event = [{"event": "action", "value": {"action": action, "subject": subject}}]
                name = EVENTS.format(one.held.id)
                return await self._change(one, name=name, json_trigger_value=json.dumps(event))
        raise Failed(f"no {action} for {subject}")

    async def wait_until_done(self) -> float:
        """Let the part of the page that renews itself do so until the whole page does; seconds until then."""
        began = time.perf_counter()
        while self._again is not None:
            fragment, interval = self._again
            await asyncio.sleep(interval)
            await self._run(ClientState(fragment_id=fragment, is_auto_rerun=True))
            if time.perf_counter() - began > PATIENCE:
                raise Failed("does not come to an end")
        return time.perf_counter() - began

    def find(self, kind: str, label: str) -> Drawn:
        """The element of a kind with this label."""
        for one in self.drawn.values():
            if one.kind == kind and one.held.label == label:
                return one
        raise Failed(f"no {kind} {label}")

    def said(self, kind: str) -> list[str]:
        """The texts of all headings, or of all alerts."""
        return [one.held.body for one in self.drawn.values() if one.kind == kind]

    def tables(self) -> list[dict[str, Any]]:
        """What the page's tables were given."""
        return [data for data in map(_table, self.drawn.values()) if data is not None]

    def pressed(self) -> dict[tuple[str, str], bool | None]:
        """Every button of the page's tables, (action, subject) → whether it is pressed; ``None`` for no switch."""
        return {where: state for data in self.tables() for where, state in buttons(data)}

    async def _places(self, ask: FileURLsRequest) -> list[FileURLs]:
        """Where the server takes files."""
        assert self._socket is not None
        await self._socket.send(BackMsg(file_urls_request=ask).SerializeToString())
        while self._urls is None:
            await self._over()
        found, self._urls = self._urls, None
        return found

    async def _change(self, one: Drawn, name: str = "", **value: Any) -> float:
        state = WidgetState(id=name or one.held.id, **value)
        if any(kind in value for kind in ("trigger_value", "json_trigger_value")):
            return await self._run(ClientState(fragment_id=one.fragment), state)
        self._states[state.id] = state
        return await self._run(ClientState(fragment_id=one.fragment))

    async def _run(self, asked: ClientState, *events: WidgetState) -> float:
        """Ask for a run and read all that it draws; a run that asks for another one is followed by it."""
        assert self._socket is not None
        asked.query_string = self._query
        asked.page_script_hash = asked.page_script_hash or self._page
        asked.widget_states.widgets.extend([*self._states.values(), *events])
        asked.cached_message_hashes.extend(self._known)
        about = asked.context_info
        about.timezone, about.timezone_offset, about.locale = "Europe/Helsinki", -120, "fi-FI"
        about.url, about.color_scheme = f"{self.url}/?{self._query}", "light"
        if not asked.is_auto_rerun:
            self._again = None
        content = BackMsg(rerun_script=asked).SerializeToString()
        began = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._socket.send(content)
                while not await self._over():
                    pass
        except TimeoutError:
            raise Failed(f"no answer within {PATIENCE:g} s") from None
        seconds = time.perf_counter() - began
        if any(one.kind == "exception" for one in self.drawn.values()):
            raise Failed("the page failed")
        return seconds

    async def _over(self) -> bool:
        """Take one message; whether it ends the run."""
        assert self._socket is not None
        content = await self._socket.recv(decode=False)
        message = ForwardMsg.FromString(content)
        if message.WhichOneof("type") == "ref_hash":
            metadata = message.metadata
            message = ForwardMsg.FromString(self._known[message.ref_hash].SerializeToString())
            message.metadata.CopyFrom(metadata)
        elif message.metadata.cacheable and message.hash:
            self._known[message.hash] = message
            while len(self._known) > REMEMBERED:
                del self._known[next(iter(self._known))]
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._draw(message)
        elif kind == "new_session":
            self._page, self._script = message.new_session.page_script_hash, message.new_session.main_script_hash
            self._at_work = message.metadata.run.script_run_id
            self._session = message.new_session.initialize.session_id
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self._again = (message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            self._again = None
        elif kind == "file_urls_response":
            self._urls = list(message.file_urls_response.file_urls)
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._again = None
                return False
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise Failed("the page failed")
            self._forget(set(message.metadata.run.fragment_ids))
            return True
        return False

    def _draw(self, message: ForwardMsg) -> None:
        path, delta = tuple(message.metadata.delta_path), message.delta
        kind = delta.WhichOneof("type")
        if kind == "new_element":
            common = message.metadata.active_script_hash == self._script
            self.drawn[path] = Drawn(delta.new_element, self._at_work, delta.fragment_id, common)
        elif kind == "add_block":
            self.drawn.pop(path, None)

    def _forget(self, parts: set[str]) -> None:
        """What the run that ended did not draw again is gone; a run of a part speaks for that part alone."""
        old = [path for path, one in self.drawn.items() if one.run != self._at_work]
        stale = [path for path in old if not parts or self.drawn[path].fragment in parts]
        for path in stale:
            del self.drawn[path]


def buttons(data: dict[str, Any]) -> Iterator[tuple[tuple[str, str], bool | None]]:
    """The buttons and menu items of a table's data: (action, subject) and whether it is pressed."""
    for row in data["rows"]:
        for cell in row["cells"]:
            if isinstance(cell, dict):
                for action in (*cell.get("buttons", ()), *cell.get("menu", ())):
                    yield (action["id"], cell.get("id", "")), action.get("pressed")


def _table(one: Drawn) -> dict[str, Any] | None:
    if one.kind != "bidi_component" or one.held.component_name != "kokoonpano_table":
        return None
    data: dict[str, Any] = json.loads(one.held.json)
    return data


def _id(one: Drawn) -> str:
    return str(getattr(one.held, "id", ""))
