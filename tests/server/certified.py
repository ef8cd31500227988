"""Certificates for desks of tests: a ward's own authority, and authorities of others that sign whatever a test
needs.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from motcua.desk import system_clock
from motcua.desk.authority import AuthorityFiles, make_authority, make_certificate

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
DAY = timedelta(days=1)


def local(folder: Path, *names: str) -> tuple[tuple[str, ...], Path]:
    """Put a ward's authority and certificate into `folder`; return the options of `serve`, and the file that clients
    trust.
    """
    make_authority(folder, names, system_clock.now())
    make_certificate(folder, names, system_clock.now())
    files = AuthorityFiles(folder)
    return ("--cert", str(files.certificate), "--key", str(files.key)), files.authority


@cache
def _office() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = named("An office's authority")
    public = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    draft = (
        built(name, name, key, DAY).add_extension(x509.BasicConstraints(True, None), True).add_extension(usage, True)
    )
    return draft.add_extension(public, False).sign(key, hashes.SHA256()), key


def office(folder: Path) -> Path:
    """Write the certificate of an authority that is nobody's own; return its file."""
    path = folder / "office.pem"
    path.write_bytes(_office()[0].public_bytes(Encoding.PEM))
    return path


def signed(
    folder: Path,
    names: Sequence[str] = ("127.0.0.1",),
    ends: timedelta = 90 * DAY,
    key: Key | None = None,
    password: bytes | None = None,
    begins: timedelta = -DAY,
    stem: str = "server",
) -> tuple[Path, Path]:
    """Write a certificate that the office signed, and its key; return both files."""
    folder.mkdir(exist_ok=True)
    key = key or ec.generate_private_key(ec.SECP256R1())
    authority, authority_key = _office()
    public = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    draft = built(named("desk"), authority.subject, key, ends, begins)
    if names:
        draft = draft.add_extension(x509.SubjectAlternativeName([general(name) for name in names]), False)
    draft = draft.add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(public), False)
    certificate, secret = folder / f"{stem}.pem", folder / f"{stem}.key"
    protection = BestAvailableEncryption(password) if password else NoEncryption()
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection))
    certificate.write_bytes(draft.sign(authority_key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return certificate, secret


def named(common: str) -> x509.Name:
    """Return a name of whoever signs or is signed."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def general(name: str) -> x509.GeneralName:
    """Return a name or address of a server as certificates have it."""
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def built(
    subject: x509.Name, issuer: x509.Name, key: Key, ends: timedelta, begins: timedelta = -DAY
) -> x509.CertificateBuilder:
    """Return a certificate that waits for its signature."""
    now = datetime.now(UTC)  # noqa: TID251 -- what TLS compares with
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    return (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(now + min(begins, ends - DAY))
        .not_valid_after(now + ends)
    )
