"""Real receivers on this computer: a mail server, a web address, a push service, and one who accepts calls and never
says a word.
"""

import base64
import email
import email.policy
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import http_ece
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.mail_server import MailServer
from tests.ports import free_port

HOST = "127.0.0.1"
USER, PASSWORD = "motcua", "mat-khau-thu"


def certificate(folder: Path) -> tuple[Path, Path]:
    """Return files with a certificate for this computer, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    return _kept(folder, key, _draft("localhost", "localhost", key, is_authority=True).sign(key, hashes.SHA256()))


def office_certificates(folder: Path) -> tuple[Path, tuple[Path, Path]]:
    """Return the certificate of an office's authority, and files of a server that it signed; neither follows RFC
    5280 to the letter.
    """
    keys = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _draft("office", "office", keys[0], is_authority=True, is_strict=False).sign(keys[0], hashes.SHA256())
    server = _draft("localhost", "office", keys[1], is_authority=False).sign(keys[0], hashes.SHA256())
    files = _kept(folder, keys[1], server)
    place = folder / "office.pem"
    place.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    return place, files


def _draft(
    name: str, issuer: str, key: ec.EllipticCurvePrivateKey, *, is_authority: bool, is_strict: bool = True
) -> x509.CertificateBuilder:
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)]) for text in (name, issuer)]
    start = datetime(2020, 1, 1, tzinfo=UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=is_strict)
    )


def _kept(folder: Path, key: ec.EllipticCurvePrivateKey, signed: x509.Certificate) -> tuple[Path, Path]:
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return paths


def _context(files: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*files)
    return context


class Mailbox:
    """A mail server: `mails` are those it took.

    `refusals` are replies it gives first, one a message, instead of taking it.
    """

    def __init__(
        self, security: str = "none", files: tuple[Path, Path] | None = None, *, signs_in: bool = False
    ) -> None:
        self.mails: list[EmailMessage] = []
        self.refusals: list[str] = []
        self.arrived = threading.Event()
        more: dict[str, Any] = {}
        if files is not None and security == "starttls":
            more["tls_context"] = _context(files)
            more["require_starttls"] = True
        if files is not None and security == "tls":
            more["ssl_context"] = _context(files)
        if signs_in:
            more |= {
                "authenticator": self._knows,
                "auth_required": security == "starttls",
                "auth_require_tls": security == "starttls",
            }
        self._server = MailServer(self, hostname=HOST, port=free_port(), **more)

    def _knows(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        login = cast(LoginPassword, given)
        return AuthResult(success=(login.login, login.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take whoever lives here."""
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message."""
        if self.refusals:
            return self.refusals.pop(0)
        found = email.message_from_bytes(cast(bytes, envelope.content), policy=email.policy.default)
        self.mails.append(found)
        self.arrived.set()
        return "250 OK"

    @property
    def port(self) -> int:
        """Return where it listens."""
        return self._server.port

    def __enter__(self) -> "Mailbox":
        self._server.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.stop()


class Hook:
    """A web address: `calls` are the headers and bodies that came; `statuses` are answered first, one a call, then
    204.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.paths: list[str] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.calls.append(({name.lower(): value for name, value in self.headers.items()}, body))
                hook.paths.append(self.path)
                status = hook.statuses.pop(0) if hook.statuses else 204
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"{hook.url}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_given: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer((HOST, 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://{HOST}:{self._server.server_port}/hook"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """Return what came as JSON."""
        return [json.loads(body) for _headers, body in self.calls]

    def __enter__(self) -> "Hook":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def silent() -> Iterator[int]:
    """Lend the port of a server that takes calls and never answers."""
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


class PushService:
    """A push service and the browser behind it: `texts` are the messages that the browser could read.

    It answers `statuses` first, one a call, then 201. A message that is not encrypted for the browser, or not signed
    for this service, is answered with 400 and not kept.
    """

    def __init__(self) -> None:
        self.texts: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.statuses: list[int] = []
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = b"0123456789abcdef"
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = service.statuses.pop(0) if service.statuses else service._take(self.headers, body)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_given: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer((HOST, 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def endpoint(self) -> str:
        """Return the address at which it takes messages for the browser."""
        return f"http://{HOST}:{self._server.server_port}/push/1"

    @property
    def keys(self) -> dict[str, str]:
        """Return what the browser gives away of itself."""
        point = self._private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"p256dh": _base64(point), "auth": _base64(self._auth)}

    def _take(self, headers: Message, body: bytes) -> int:
        scheme, _space, rest = headers["Authorization"].partition(" ")
        fields = dict(part.strip().split("=", 1) for part in rest.split(","))
        if scheme != "vapid" or headers["Content-Encoding"] != "aes128gcm":
            return 400
        claims = _verified(fields["t"], fields["k"])
        if claims is None or claims["aud"] != f"http://{HOST}:{self._server.server_port}":
            return 403
        text = http_ece.decrypt(body, private_key=self._private, auth_secret=self._auth, version="aes128gcm")
        self.texts.append(json.loads(text))
        self.headers.append({**{name.lower(): value for name, value in headers.items()}, "sub": claims["sub"]})
        return 201

    def __enter__(self) -> "PushService":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _verified(token: str, public_key: str) -> dict[str, Any] | None:
    """Return the claims of a token (RFC 7515, ES256) that `public_key` signed, None for another."""
    signed, _dot, signature = token.rpartition(".")
    raw = _unbase64(signature)
    numbers = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _unbase64(public_key))
    try:
        key.verify(encode_dss_signature(*numbers), signed.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return None
    claims: dict[str, Any] = json.loads(_unbase64(signed.partition(".")[2]))
    return claims
