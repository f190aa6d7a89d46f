"""Runs the exchange as a service of a JupyterHub: ``python -m cohort.exchange_service``."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from jupyterhub.services.auth import HubAuth
from tornado.httpserver import HTTPServer
from tornado.log import enable_pretty_logging

from cohort.errors import CourseError
from cohort.exchange_service.app import make_app
from cohort.exchange_service.store import Store

# What the hub says of a token is believed for so many seconds.
BELIEVED = 30


def main(
    folder: Annotated[Path, typer.Option(envvar="COHORT_EXCHANGE_FOLDER", help="Where the packages are kept.")],
    database: Annotated[str, typer.Option(envvar="COHORT_EXCHANGE_DATABASE", help="SQLAlchemy URL; else SQLite.")] = "",
    upload_mb: Annotated[int, typer.Option(min=1, help="The largest package that is taken.")] = 100,
    student_mb: Annotated[int, typer.Option(min=1, help="All attempts of a student in a course.")] = 2000,
) -> None:
    """Serve the exchange where the hub says, until the hub ends."""
    try:
        auth = HubAuth(cache_max_age=BELIEVED)
        address = urlsplit(os.environ.get("JUPYTERHUB_SERVICE_URL", ""))
        if not auth.api_token or not auth.access_scopes or not address.port:
            raise CourseError("start the exchange as a service of the hub: hub/exchange/README.md says how")
        enable_pretty_logging()
        app = make_app(Store(folder, database, student_mb), auth, upload_mb)
        # More than is kept is read, so that the refusal can be heard.
        server = HTTPServer(app, max_body_size=10 * upload_mb * 1_000_000, body_timeout=600)
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(server, address.hostname, address.port))
    except (CourseError, OSError) as error:
        typer.echo(f"exchange: {error}", err=True)
        raise typer.Exit(1) from None


async def _serve(server: HTTPServer, host: str, port: int) -> None:
    try:
        server.listen(port, host)
    except OSError as error:
        raise CourseError(f"port {port} of {host} cannot be had: {error.strerror}; ss -ltnp shows by whom") from None
    # A hub that was killed cannot end its services, and the next one needs the port and the folder.
    hub = os.getppid()
    while os.getppid() == hub:
        await asyncio.sleep(2)


if __name__ == "__main__":
    typer.run(main)
