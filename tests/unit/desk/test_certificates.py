"""Certificate and key of a server: each file that cannot be used is named."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from motcua.desk import Invalid
from motcua.desk.authority import AuthorityFiles
from motcua.desk.certificates import is_public, make_context, read_pair
from tests.server.certified import DAY, local, office, signed

NOW = datetime.now(UTC)  # noqa: TID251 -- certificates of these tests are made for today
Pair = tuple[Path, Path]


def der(folder: Path) -> Pair:
    certificate, key = signed(folder)
    certificate.write_bytes(ssl.PEM_cert_to_DER_cert(certificate.read_text()))
    return certificate, key


def swapped(folder: Path) -> Pair:
    certificate, key = signed(folder)
    return key, certificate


def with_key(content: bytes) -> Callable[[Path], Pair]:
    def write_pair(folder: Path) -> Pair:
        certificate, key = signed(folder)
        key.write_bytes(content)
        return certificate, key

    return write_pair


def with_certificate(content: bytes) -> Callable[[Path], Pair]:
    def write_pair(folder: Path) -> Pair:
        certificate, key = signed(folder)
        certificate.write_bytes(content)
        return certificate, key

    return write_pair


def strange_key(folder: Path) -> Pair:
    plain = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    return with_key(ed25519.Ed25519PrivateKey.generate().private_bytes(*plain))(folder)


def mixed(folder: Path) -> Pair:
    return signed(folder)[0], signed(folder, stem="other")[1]


def a_folder(folder: Path) -> Pair:
    certificate, _key = signed(folder)
    return certificate, folder


WRONG: dict[str, tuple[Callable[[Path], Pair], str]] = {
    "certificate missing": (lambda folder: (folder / "none", signed(folder)[1]), "tls.certificate_missing"),
    "key missing": (lambda folder: (signed(folder)[0], folder / "none"), "tls.key_missing"),
    "key is a folder": (a_folder, "tls.key_unreadable"),
    "certificate empty": (with_certificate(b" \n"), "tls.certificate_empty"),
    "key empty": (with_key(b""), "tls.key_empty"),
    "certificate garbage": (with_certificate(b"\xff\xfe-----"), "tls.certificate_form"),
    "certificate cut off": (
        with_certificate(b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
        "tls.certificate_form",
    ),
    "certificate in DER": (der, "tls.certificate_form"),
    "key garbage": (with_key(b"-----BEGIN PRIVATE KEY-----\nxx\n-----END PRIVATE KEY-----"), "tls.key_form"),
    "key of another kind": (strange_key, "tls.key_form"),
    "files swapped": (swapped, "tls.certificate_form"),
    "key encrypted": (lambda folder: signed(folder, password=b"secret"), "tls.key_encrypted"),
    "of two pairs": (mixed, "tls.mismatch"),
    "expired": (lambda folder: signed(folder, ends=-DAY), "tls.expired"),
    "without names": (lambda folder: signed(folder, names=()), "tls.names"),
    "too weak": (lambda folder: signed(folder, key=rsa.generate_private_key(65537, 1024)), "tls.weak"),  # noqa: S505 -- that is the point
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_cannot_be_used_is_refused_with_its_file(tmp_path: Path, kind: str) -> None:
    make, code = WRONG[kind]
    with pytest.raises(Invalid) as refused:
        read_pair(*make(tmp_path), NOW)
    assert (refused.value.code, str(tmp_path) in str(refused.value)) == (code, True)


USABLE: dict[str, Callable[[], ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey]] = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "RSA": lambda: rsa.generate_private_key(65537, 2048),
}


@pytest.mark.parametrize("kind", USABLE)
def test_what_can_be_used_is_read(tmp_path: Path, kind: str) -> None:
    pair = signed(tmp_path, ("desk.vn", "*.ward.vn", "10.0.0.1", "fd00::1"), key=USABLE[kind]())
    certificate = read_pair(*pair, NOW)
    assert (certificate.names, certificate.is_local, certificate.is_self_signed) == (
        ("desk.vn", "*.ward.vn", "10.0.0.1", "fd00::1"),
        False,
        False,
    )
    assert make_context(*pair).minimum_version is ssl.TLSVersion.TLSv1_2


def test_a_certificate_that_begins_later_is_taken_as_a_clock_may_be_slow(tmp_path: Path) -> None:
    assert read_pair(*signed(tmp_path, begins=DAY), NOW).begins > NOW


@pytest.mark.thorough
def test_strangers_trust_what_the_computer_trusts_but_never_a_wards_own(tmp_path: Path) -> None:
    pair, trusted = signed(tmp_path, ("*.ward.vn",)), office(tmp_path)
    context = make_context(*pair)
    assert is_public(read_pair(*pair, NOW), context, lambda: ssl.create_default_context(cafile=trusted))
    assert not is_public(read_pair(*pair, NOW), context)
    local(tmp_path)
    files = AuthorityFiles(tmp_path)
    ward_certificate = read_pair(files.certificate, files.key, NOW)
    trusts_it = lambda: ssl.create_default_context(cafile=files.authority)  # noqa: E731 -- as short as it is
    assert (
        ward_certificate.is_local,
        is_public(ward_certificate, make_context(files.certificate, files.key), trusts_it),
    ) == (True, False)
