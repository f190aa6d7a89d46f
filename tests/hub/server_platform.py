"""A learning platform of the tests' own, which signs launches by LTI 1.3."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from server_hub import Browser

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
CLIENT, COURSE = "hub-tool", "course-7"


class Platform:
    """What the hub must know of the platform, and a launch of it."""

    def __init__(self, url: str) -> None:
        # Both come with ltiauthenticator.
        from cryptography.hazmat.primitives.asymmetric import rsa

        self.url = url
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def settings(self) -> dict[str, str]:
        return {
            "LOGIN": "lti",
            "LTI_ISSUER": self.url,
            "LTI_CLIENT_ID": CLIENT,
            "LTI_AUTHORIZE_URL": f"{self.url}/authorize",
            "LTI_JWKS_URL": f"{self.url}/keys",
            "LTI_CONTEXT": COURSE,
        }

    def keys(self) -> bytes:
        """The public key, as the hub fetches it."""
        from jwt.algorithms import RSAAlgorithm

        public = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return json.dumps({"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}).encode()

    def launch(self, browser: Browser, sub: str, role: str, course: str = COURSE, key: object = None) -> int:
        """Send a person from the platform to the hub; returns the status at the end."""
        import jwt

        first = {"iss": self.url, "login_hint": sub, "client_id": CLIENT, "target_link_uri": f"{browser.url}/hub/token"}
        asked = browser.redirect(f"{browser.url}/hub/lti13/oauth_login?{urlencode(first)}")
        assert asked.startswith(f"{self.url}/authorize?")
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": sub,
            "nonce": query["nonce"],
            "iat": int(time.time()),
            "exp": int(time.time()) + 60,
            "given_name": sub.title(),
            "family_name": "Synthetic",
            "email": f"{sub}@example.org",
            CLAIM + "version": "1.3.0",
            CLAIM + "message_type": "LtiResourceLinkRequest",
            CLAIM + "deployment_id": "1",
            CLAIM + "target_link_uri": first["target_link_uri"],
            CLAIM + "resource_link": {"id": "link"},
            CLAIM + "context": {"id": course, "label": "C"},
            CLAIM + "roles": [MEMBERSHIP + role],
        }
        token = jwt.encode(claims, key or self.key, algorithm="RS256", headers={"kid": "1"})
        return browser.get(query["redirect_uri"], {"id_token": token, "state": query["state"]})[0]


@contextmanager
def platform() -> Iterator[Platform]:
    """A platform that serves its keys on a free port."""

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(made.keys())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    made = Platform(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
