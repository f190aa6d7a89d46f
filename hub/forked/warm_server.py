"""The warm process: it imports what students' servers need, then forks a server for each request of the hub.

``forked_spawner.py`` runs it with the number of a socket. It keeps nothing of any student: what a server is told,
its token above all, is read by the fork, or each later fork would find it in its memory.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import site
import socket
import sys
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path

# What a student's server has imported after a lesson. No NumPy: it starts threads, and a fork has only one.
MODULES = (
    "IPython.display",
    "anyio._backends._asyncio",
    "httpcore",
    "ipykernel.kernelspec",
    "jupyter_lsp.serverextension",
    "jupyter_server.kernelspecs.handlers",
    "jupyter_server.nbconvert.handlers",
    "jupyter_server.serverapp",
    "jupyter_server.view.handlers",
    "jupyter_server_terminals",
    "jupyterhub.singleuser",
    "jupyterlab.labapp",
    "jupyterlab.serverextension",
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.validate_assignment",
    "notebook",
    "notebook_shim",
    "psutil",
    "tornado.platform.asyncio",
)
PR_SET_NAME, PR_SET_NO_NEW_PRIVS = 15, 38  # <linux/prctl.h>


def main() -> None:
    """Fork for each request until the hub hangs up; in a fork, be a server."""
    sys.path.pop(0)  # the folder of this file
    hub = socket.socket(fileno=int(sys.argv[1]))
    warm()
    while True:
        # One byte, and the socket on which the fork is told what to be.
        _, files, _, _ = socket.recv_fds(hub, 1, 1)
        if not files:
            return
        with socket.socket(fileno=files[0]) as told:
            pid = os.fork()
            if not pid:
                hub.close()
                become(told)
                break
            # The hub speaks to the fork once it has this, so the fork has not ended and its number is its own.
            with suppress(OSError):
                handle = os.pidfd_open(pid)
                socket.send_fds(told, [str(pid).encode()], [handle])
                os.close(handle)
    import_module("jupyterhub.singleuser").main()


def warm() -> None:
    """Import all, and keep what there is out of the garbage collector's way, which would unshare its pages."""
    for name in MODULES:
        import_module(name)
    services = import_module("jupyter_server.serverapp").JUPYTER_SERVICE_HANDLERS
    for name in {name for names in services.values() for name in names or ()}:
        import_module(name)
    if (threads := len(list(Path("/proc/self/task").iterdir()))) > 1:
        raise SystemExit(f"error: the warm process has {threads} threads, and can be forked with one only")
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks that end leave nothing behind
    # A hub that was started in the background ignores it until it runs; servers are asked by it to end.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def become(told: socket.socket) -> None:
    """Be the process that the hub asks for, and say so; or say why not, and end."""
    try:
        request = json.loads(b"".join(iter(lambda: told.recv(65536), b"")))
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(request["env"])
        time.tzset()
        # What these keep of their first use is found anew.
        tempfile.tempdir = site.USER_BASE = site.USER_SITE = None
        sys.argv[:] = request["argv"]
        prctl = ctypes.CDLL(None).prctl
        prctl(PR_SET_NAME, f"server-{request['user']}".encode(), 0, 0, 0)
        if request["switch"]:
            import_module("jupyterhub.spawner").set_user_setuid(request["user"])()
            prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        else:
            home = Path(request["env"]["HOME"])
            home.mkdir(parents=True, exist_ok=True)
            os.chdir(home)
        told.sendall(b"ok")
    except Exception as error:
        told.sendall(f"{type(error).__name__}: {error}".encode())
        os._exit(1)


if __name__ == "__main__":
    main()
