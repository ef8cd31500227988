"""A certificate authority of the desk's own, for the computers of one ward, and the server's certificate that it signs.

The authority may vouch for the ward's own names and for addresses inside a network only (RFC 5280, 4.2.1.10): who
steals its key cannot pretend to be anybody else's web site.
"""

import contextlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from motcua.desk.certificates import LOCAL_ORGANIZATION
from motcua.desk.errors import Invalid, Refused
from motcua.desk.files import write_whole

AUTHORITY_DAYS = 3650
SERVER_DAYS = 800
"""Apple's systems take at most 825 days from an authority that was installed by hand."""
EARLIER = timedelta(days=1)
"""Clocks of the hall's computers differ."""
EVERYWHERE = ("localhost", "127.0.0.1", "::1")
INSIDE = (
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign",
    "encipher_only", "decipher_only",
)  # fmt: skip


class AuthorityFiles:
    """The files of an authority and its server's certificate in a data folder; a backup includes them."""

    def __init__(self, folder: Path) -> None:
        keys = folder / "keys"
        self.authority, self.authority_key = keys / "tls.ca.pem", keys / "tls.ca.key.pem"
        self.certificate, self.key = keys / "tls.cert.pem", keys / "tls.key.pem"

    def list_all(self) -> tuple[Path, ...]:
        """Return every file."""
        return self.authority, self.authority_key, self.certificate, self.key


def make_authority(folder: Path, names: Iterable[str], now: datetime) -> None:
    """Write a new authority for the desk in `folder`, which may vouch for `names` and for addresses inside a network.

    Raises `Refused("tls.exists")`, `OSError`.
    """
    files = AuthorityFiles(folder)
    if existing := next((path for path in files.list_all() if path.exists()), None):
        raise Refused(
            "tls.exists",
            "%(path)s exists already, and screens may trust it. To renew the server's certificate: motcua tls renew. "
            "To start again, remove that file first.",
            path=existing,
        )
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(f"motcua {now:%Y-%m-%d} {x509.random_serial_number() & 0xFFFF:04x}")
    public = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    authority = (
        _builder(subject, subject, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(public, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(public), critical=False)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(files.authority_key, _private_pem(key))
    write_whole(files.authority, authority.public_bytes(Encoding.PEM))


def make_certificate(folder: Path, names: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Write a new certificate for the server of the desk in `folder`, for `names`; return its names.

    The key stays if there is one, so that certificate and key fit at every moment.

    Raises `Refused("tls.no_authority" | "tls.authority_expired" | "tls.not_permitted")`, `OSError`.
    """
    files = AuthorityFiles(folder)
    authority, authority_key = read_authority(folder)
    if authority.not_valid_after_utc <= now + EARLIER:
        raise Refused(
            "tls.authority_expired",
            "The authority in %(path)s expired on %(date)s. Remove the files keys/tls.* and create a new one "
            "with motcua tls init.",
            path=files.authority,
            date=f"{authority.not_valid_after_utc:%Y-%m-%d}",
        )
    all_names = tuple(dict.fromkeys([*EVERYWHERE, *names]))
    require_permitted(authority, all_names)
    key = _last_key(files.key) or ec.generate_private_key(ec.SECP256R1())
    days = min(SERVER_DAYS, (authority.not_valid_after_utc - now).days)
    certificate = (
        _builder(_name("motcua desk"), authority.subject, key, now, days)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in all_names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(
                authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
            ),
            critical=False,
        )
        .sign(authority_key, hashes.SHA256())
    )
    if _last_key(files.key) is None:
        _write(files.key, _private_pem(key))
    write_whole(files.certificate, certificate.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM))
    return all_names


def _last_key(path: Path) -> ec.EllipticCurvePrivateKey | None:
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        return None
    return key if isinstance(key, ec.EllipticCurvePrivateKey) else None


def read_authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Return the authority of the desk in `folder` and its key. Raises `Refused("tls.no_authority")`."""
    files = AuthorityFiles(folder)
    key, authority = _last_key(files.authority_key), None
    with contextlib.suppress(OSError, ValueError):
        authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    if authority is None or key is None or key.public_key() != authority.public_key():
        raise Refused(
            "tls.no_authority",
            "This desk has no authority in %(path)s. Create one with motcua tls init, or restore its files "
            "from a copy.",
            path=files.authority,
        )
    return authority, key


def compute_fingerprint(authority: x509.Certificate) -> str:
    """Return the SHA-256 of an authority as systems show it, in pairs of capital hexadecimal digits."""
    return authority.fingerprint(hashes.SHA256()).hex(":").upper()


def require_permitted(authority: x509.Certificate, names: Iterable[str]) -> None:
    """Raise `Refused("tls.not_permitted")` when an authority must not vouch for one of `names`."""
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    for name in names:
        if not any(_is_inside(name, subtree) for subtree in permitted):
            raise Refused(
                "tls.not_permitted",
                "This desk's authority cannot vouch for %(name)s: it was created without that name. Remove the files "
                "keys/tls.* and create a new one with motcua tls init --name %(name)s. Screens must then trust the new "
                "one.",
                name=name,
            )


def _is_inside(name: str, subtree: x509.GeneralName) -> bool:
    general = _general(name)
    if isinstance(general, x509.IPAddress):
        return isinstance(subtree, x509.IPAddress) and ip_address(name) in ip_network(str(subtree.value))
    return isinstance(subtree, x509.DNSName) and (name == subtree.value or name.endswith(f".{subtree.value}"))


def read_name(text: str) -> str:
    """Return a server's name or address as a certificate writes it. Raises `Invalid("tls.name")`."""
    plain = text.strip().strip("[]").partition("%")[0]
    try:
        return str(ip_address(plain))
    except ValueError:
        pass
    try:
        name = plain.removesuffix(".").encode("idna").decode().lower()
    except UnicodeError:
        name = ""
    labels = name.split(".")
    is_plain = all(
        label and set(label) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and label.strip("-") == label
        for label in labels
    )
    if not name or not is_plain or labels[-1].isdigit():
        raise Invalid(
            "tls.name",
            "“%(value)s” is not a valid host name or address. Write desk.ward.vn or 192.168.1.10.",
            value=text,
        )
    return name


def _permitted(names: Iterable[str]) -> list[x509.GeneralName]:
    outside = [_general(name) for name in names if not _is_in_network(name)]
    single = [x509.IPAddress(ip_network(item.value)) if isinstance(item, x509.IPAddress) else item for item in outside]
    always = [x509.DNSName("localhost"), x509.DNSName("local")]
    return [*dict.fromkeys([*always, *single]), *(x509.IPAddress(ip_network(network)) for network in INSIDE)]


def _is_in_network(name: str) -> bool:
    general = _general(name)
    return isinstance(general, x509.IPAddress) and any(ip_address(name) in ip_network(network) for network in INSIDE)


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, LOCAL_ORGANIZATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now - EARLIER + timedelta(days=days))
    )


def _usage(*used: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{usage: usage in used for usage in _USAGES})


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, content, 0o600)
