"""A student at a hub: asks over HTTP and websockets for what a browser with JupyterLab asks for, in the same order."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

import aiohttp
from nbformat import NotebookNode, from_dict

from cohort.notebooks import is_solution

# Seconds that one request may take before the student gives up.
PATIENCE = 180
# What JupyterLab asks its server for while it starts, besides its files, and what it asks for again while it is open.
ON_START = (
    "api/kernelspecs",
    "api/me",
    "lab/api/settings",
    "api/kernels",
    "api/terminals",
    "api/sessions",
    "lab/api/workspaces",
    "lab/api/translations/default",
    "lsp/status",
    "lab/api/translations",
    "lab/api/build",
    "api/contents?content=1",
    "lab/api/workspaces/default",
    "lab/api/settings?ids_only=true",
    "lab/api/themes/@jupyterlab/theme-light-extension/index.css",
)
WHILE_OPEN = ("api/kernels", "api/sessions", "api/terminals", "api/contents?content=1")
EVERY = 10
STEPS = (
    "log in",
    "server up",
    "JupyterLab open",
    "assignment fetched",
    "kernel ready",
    "first cells run",
    "saved",
    "submitted",
    "all of it",
)
OUTPUTS = ("stream", "display_data", "execute_result")


class Failed(Exception):
    """What the student could not do, and why."""


class Student:
    """One student's browser.

    Attributes
    ----------
    took : dict
        Seconds of each step that is done.
    """

    def __init__(self, url: str, name: str, password: str, files: list[str]) -> None:
        self.url, self.name, self.password, self.files = url, name, password, files
        self.took: dict[str, float] = {}
        self.step = ""
        self.held: list[aiohttp.ClientWebSocketResponse] = []
        self.background: list[asyncio.Task] = []
        # As in a browser: six connections to a host, and websockets beside them. (unsafe: an address of numbers)
        jar = aiohttp.CookieJar(unsafe=True, quote_cookie=False)
        patience = aiohttp.ClientTimeout(total=PATIENCE)
        self.session, self.sockets = (
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=most), cookie_jar=jar, timeout=patience)
            for most in (6, 0)
        )

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Note how long a step took."""
        self.step, began = step, time.monotonic()
        yield
        self.took[step] = time.monotonic() - began

    async def ask(self, method: str, address: str, **more: Any) -> tuple[str, bytes]:
        """The address after redirects, and what came; an address without `/` before it is in the student's server."""
        where = self.url + address if address.startswith("/") else f"{self.url}/user/{self.name}/{address}"
        async with self.session.request(method, where, **more) as answer:
            content = await answer.read()
            if answer.status >= 400:
                about = re.sub(r"\s+", " ", content.decode(errors="replace"))[-200:]
                raise Failed(f"{method} {address.split('?')[0]}: {answer.status}: {about}")
            return answer.url.path, content

    async def call(self, method: str, address: str, **more: Any) -> Any:
        """What an address of the student's server answers as JSON."""
        _, content = await self.ask(method, address, **more)
        return json.loads(content)

    async def log_in(self) -> None:
        """Send the login form; the hub then begins to start the server."""
        with self.timed("log in"):
            _, page = await self.ask("GET", "/hub/login")
            own = set(re.findall(r'(?:src|href)="(/hub/[^"?]+\.(?:js|css|ico)\b[^"]*)"', page.decode()))
            await asyncio.gather(*(self.ask("GET", address) for address in own))
            token = self.session.cookie_jar.filter_cookies(f"{self.url}/hub/")["_xsrf"].value
            form = {"username": self.name, "password": self.password, "_xsrf": token}
            await self.ask("POST", "/hub/login", data=form, allow_redirects=False)

    async def start_server(self) -> None:
        """Look at the hub's page with the bar until the server is up."""
        with self.timed("server up"):
            where, page = await self.ask("GET", "/hub/spawn")
            if "spawn-pending" in where:
                progress = re.search(r'EventSource\("([^"]+)"\)', page.decode())[1].replace("\\u0026", "&")
                async with self.session.get(self.url + progress) as events:
                    async for line in events.content:
                        event = json.loads(line[5:]) if line.startswith(b"data:") else {}
                        if event.get("failed"):
                            raise Failed(event.get("message", "the server did not start"))
                        if event.get("ready"):
                            break

    async def open_lab(self) -> None:
        """Open JupyterLab: its page, its files, and what it asks for."""
        with self.timed("JupyterLab open"):
            where, page = await self.ask("GET", f"/user/{self.name}/lab")
            if where != f"/user/{self.name}/lab":
                raise Failed(f"the hub shows {where}")
            settings = json.loads(re.search(rb'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
            self.session.headers["Authorization"] = f"token {settings['token']}"
            self.sockets.headers["Authorization"] = f"token {settings['token']}"
            entries = [f"lab/extensions/{each['name']}/{each['load']}" for each in settings["federated_extensions"]]
            wanted = [*(f"static/lab/{name}" for name in self.files), *entries, *ON_START]
            await asyncio.gather(*(self.ask("GET", address) for address in wanted))
            self.held.append(await self._socket("api/events/subscribe"))
        self.background.append(asyncio.create_task(self._look_again()))

    async def fetch(self, course: str, module: str) -> None:
        """Open the list of assignments and fetch one."""
        with self.timed("assignment fetched"):
            await self.call("GET", "courses")
            await self.call("GET", "assignments", params={"course_id": course})
            listed = await self.call("POST", "assignments/fetch", json={"course_id": course, "assignment_id": module})
            self._expect(listed, module, "fetched")

    async def open_notebook(self, module: str) -> NotebookNode:
        """Open the notebook and wait until its kernel answers."""
        with self.timed("kernel ready"):
            path = f"{module}/{module}.ipynb"
            model = await self.call("GET", f"api/contents/{path}", params={"type": "notebook", "content": "1"})
            await self.call("POST", f"api/contents/{path}/checkpoints")
            about = {"path": path, "type": "notebook", "name": path, "kernel": {"name": "python3"}}
            session = await self.call("POST", "api/sessions", json=about)
            kernel = await self._socket(f"api/kernels/{session['kernel']['id']}/channels?session_id={uuid4().hex}")
            self.held.insert(0, kernel)
            await self._send("kernel_info_request", {})
        return from_dict(model["content"])

    async def run_first_cells(self, notebook: NotebookNode) -> None:
        """Run all that comes before the first cell to answer in: imports, settings, and loading the data."""
        with self.timed("first cells run"):
            for cell in notebook.cells:
                if is_solution(cell):
                    return
                if cell.cell_type == "code":
                    asked = {"code": cell.source, "silent": False, "store_history": True, "stop_on_error": True}
                    cell.outputs = await self._send("execute_request", asked)

    async def save(self, module: str, notebook: NotebookNode) -> None:
        """Save the notebook with the outputs that it has by now."""
        with self.timed("saved"):
            content = {"type": "notebook", "content": notebook}
            await self.call("PUT", f"api/contents/{module}/{module}.ipynb", json=content)

    async def submit(self, course: str, module: str) -> None:
        """Submit the assignment."""
        with self.timed("submitted"):
            about = {"course_id": course, "assignment_id": module}
            self._expect(await self.call("POST", "assignments/submit", json=about), module, "submitted")

    def still_open(self) -> None:
        """Raise what went wrong where JupyterLab looks again, if anything did."""
        for task in self.background:
            if task.done():
                task.result()

    async def close(self) -> None:
        """Close the browser; the server and the kernel go on."""
        for task in self.background:
            task.cancel()
        for socket in self.held:
            with suppress(aiohttp.ClientError):
                await socket.close()
        await self.sockets.close()
        await self.session.close()

    async def _socket(self, address: str) -> aiohttp.ClientWebSocketResponse:
        where = f"{self.url}/user/{self.name}/{address}"
        return await self.sockets.ws_connect(where, max_msg_size=0, timeout=aiohttp.ClientWSTimeout(ws_close=5))

    async def _send(self, kind: str, content: dict[str, Any]) -> list[dict[str, Any]]:
        """Ask the kernel, and wait until it has answered and rests; returns what it put out."""
        asked = {"msg_id": uuid4().hex, "username": self.name, "session": self.name, "msg_type": kind, "version": "5.3"}
        message = {"header": asked, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}
        kernel, outputs, missing = self.held[0], [], {"reply", "idle"}
        await kernel.send_json({**message, "channel": "shell"})
        while missing:
            came = await asyncio.wait_for(kernel.receive(), PATIENCE)
            if came.type is not aiohttp.WSMsgType.TEXT:
                raise Failed(f"the kernel's websocket: {came.type.name} {came.data or ''}")
            told = json.loads(came.data)
            if told["parent_header"].get("msg_id") != asked["msg_id"]:
                continue
            content = told["content"]
            if told["msg_type"] in OUTPUTS:
                content.pop("transient", None)
                outputs.append({"output_type": told["msg_type"], **content})
            elif told["msg_type"].endswith("_reply"):
                if content["status"] != "ok":
                    raise Failed(f"a cell raised {content.get('ename')}: {content.get('evalue')}")
                missing.discard("reply")
            elif told["msg_type"] == "status" and content["execution_state"] == "idle":
                missing.discard("idle")
        return outputs

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            for address in WHILE_OPEN:
                await self.ask("GET", address)

    @staticmethod
    def _expect(listed: dict[str, Any], module: str, status: str) -> None:
        value = listed.get("value") or []
        if not any(each.get("assignment_id") == module and each.get("status") == status for each in value):
            raise Failed(f"nbgrader does not list it as {status}: {json.dumps(listed)[-200:]}")
