"""Certificate and key of a server, as files in PEM: read, and refused with a reason before anybody is turned away by
them.
"""

import ssl
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from cryptography.x509.oid import NameOID
from msgspec import Struct

from motcua.desk.errors import Invalid

LOCAL_ORGANIZATION = "motcua"
"""The organization that authorities of `motcua tls init` bear: nobody but the ward's own computers trusts them."""
RSA_LEAST_BITS = 2048
FILE_MAX_BYTES = 256 * 1024
KINDS = (ec.EllipticCurvePublicKey, rsa.RSAPublicKey)


class Certificate(Struct, frozen=True):
    """A server's certificate: how long it is good, for which names and addresses, and whether a desk made it by
    itself.
    """

    begins: datetime
    ends: datetime
    names: tuple[str, ...]
    is_local: bool
    is_self_signed: bool


def read_pair(certificate: Path, key: Path, now: datetime) -> Certificate:
    """Return the certificate in a file, with its chain, when a server can use it with the key in another.

    Raises `Invalid`.

    Missing, unreadable, empty and encrypted files, another key, a certificate that has expired or that browsers
    refuse are each named. One that begins later is taken: a computer without a battery wakes in the past.
    """
    content, secret = _content(certificate, "certificate"), _content(key, "key")
    leaf = _leaf(certificate, content)
    private = _private(key, secret)
    if private.public_key().public_bytes(*_PLAIN) != leaf.public_key().public_bytes(*_PLAIN):
        raise Invalid(
            "tls.mismatch",
            "The key in %(key)s does not belong to the certificate in %(certificate)s. Name the two files "
            "that were made together.",
            key=key,
            certificate=certificate,
        )
    if leaf.not_valid_after_utc <= now:
        raise Invalid(
            "tls.expired",
            "The certificate in %(path)s expired on %(date)s. Renew it, or check this computer's clock.",
            path=certificate,
            date=f"{leaf.not_valid_after_utc:%Y-%m-%d}",
        )
    about = Certificate(
        leaf.not_valid_before_utc,
        leaf.not_valid_after_utc,
        _names(leaf),
        any(item.value == LOCAL_ORGANIZATION for item in leaf.issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)),
        leaf.issuer == leaf.subject,
    )
    if not about.names:
        raise Invalid(
            "tls.names",
            "The certificate in %(path)s does not name a server address (subjectAltName), so browsers refuse "
            "it. Get one that does.",
            path=certificate,
        )
    return about


_PLAIN = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def make_context(certificate: Path, key: Path, kind: type[ssl.SSLContext] = ssl.SSLContext) -> ssl.SSLContext:
    """Return what a server shakes hands with: TLS 1.2 or newer, nothing renegotiated, no compression.

    Raises `Invalid("tls.unusable")`.

    `kind` is the class of contexts whose sockets fit the server's loop.
    """
    context = kind(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    context.options |= ssl.OP_NO_RENEGOTIATION | ssl.OP_NO_COMPRESSION | ssl.OP_CIPHER_SERVER_PREFERENCE
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
    except (OSError, ValueError) as error:  # an `ssl.SSLError` is an `OSError`
        raise Invalid(
            "tls.unusable",
            "The certificate in %(path)s cannot be used: %(problem)s. Get another one.",
            path=certificate,
            problem=getattr(error, "reason", None) or error,
        ) from error
    return context


def _no_password() -> bytes:
    """Answer OpenSSL, which would ask on the terminal of a service otherwise."""
    return b""


def _content(path: Path, kind: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(FILE_MAX_BYTES)
    except FileNotFoundError:
        raise Invalid(
            f"tls.{kind}_missing", "There is no file %(path)s. Name the files of certificate and key.", path=path
        ) from None
    except OSError as error:
        raise Invalid(
            f"tls.{kind}_unreadable",
            "The file %(path)s cannot be read: %(problem)s. Give the account that runs the server the right "
            "to read it.",
            path=path,
            problem=error.strerror or error,
        ) from error
    if not content.strip():
        raise Invalid(
            f"tls.{kind}_empty", "The file %(path)s is empty. Put the certificate or key there again.", path=path
        )
    return content


@lru_cache(maxsize=8)
def _parsed(content: bytes) -> x509.Certificate:
    return x509.load_pem_x509_certificates(content)[0]


def _leaf(path: Path, content: bytes) -> x509.Certificate:
    try:
        leaf = _parsed(content)
        public = leaf.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise Invalid(
            "tls.certificate_form",
            "There is no certificate in %(path)s. It must be a PEM file that begins with -----BEGIN CERTIFICATE-----.",
            path=path,
        ) from None
    if not isinstance(public, KINDS) or (isinstance(public, rsa.RSAPublicKey) and public.key_size < RSA_LEAST_BITS):
        raise Invalid(
            "tls.weak",
            "The certificate in %(path)s has a key that browsers do not accept. Get one with RSA of at least "
            "2048 bits, or ECDSA.",
            path=path,
        )
    return leaf


def _private(path: Path, content: bytes) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey:
    try:
        private = load_pem_private_key(content, None)
    except TypeError:
        raise Invalid(
            "tls.key_encrypted",
            "The key in %(path)s is protected by a password, which nobody can type when the server starts by itself. "
            "Write it without one: openssl pkey -in %(path)s -out NEW-FILE",
            path=path,
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise Invalid(
            "tls.key_form",
            "There is no private key in %(path)s. It must be a PEM file with -----BEGIN PRIVATE KEY-----, "
            "for RSA or ECDSA.",
            path=path,
        )
    return private


def read_names(certificate: Path) -> tuple[str, ...]:
    """Return the names and addresses that the certificate in a file is for, whether it still holds or not.

    Raises `Invalid`.
    """
    return _names(_leaf(certificate, _content(certificate, "certificate")))


def _names(leaf: x509.Certificate) -> tuple[str, ...]:
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    return (*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress)))


def is_public(
    certificate: Certificate, context: ssl.SSLContext, trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
) -> bool:
    """Say whether strangers' phones trust a certificate: this computer does, by the authorities of its system, and
    no desk made it.

    It shakes hands with itself in memory, so that exactly what a client looks at is looked at.
    """
    if certificate.is_local or certificate.is_self_signed:
        return False
    name = certificate.names[0].replace("*", "desk", 1)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = context.wrap_bio(to_server, to_client, server_side=True)
    client = trust().wrap_bio(to_client, to_server, server_hostname=name)
    waiting = [client, server]
    try:
        for _round in range(8):
            for end in list(waiting):
                try:
                    end.do_handshake()
                    waiting.remove(end)
                except ssl.SSLWantReadError:
                    continue
    except (ssl.SSLError, ValueError):
        return False
    return not waiting
