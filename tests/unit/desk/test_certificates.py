"""Certificate and key of a server: each file that cannot be used is named; what a ward's own authority signs holds
everywhere.
"""

import os
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from motcua.desk import Invalid, Refused
from motcua.desk.authority import (
    SERVER_DAYS,
    AuthorityFiles,
    make_authority,
    make_certificate,
    read_authority,
    read_name,
    require_permitted,
)
from motcua.desk.certificates import is_public, make_context, read_names, read_pair
from tests.server.certified import DAY, built, general, local, named, office, signed

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


@pytest.mark.parametrize(
    "key",
    [None, ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)],
    ids=["P-256", "P-384", "RSA"],
)
def test_what_can_be_used_is_read(tmp_path: Path, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None) -> None:
    pair = signed(tmp_path, ("desk.vn", "*.ward.vn", "10.0.0.1", "fd00::1"), key=key)
    certificate = read_pair(*pair, NOW)
    assert (certificate.names, certificate.is_local, certificate.is_self_signed) == (
        ("desk.vn", "*.ward.vn", "10.0.0.1", "fd00::1"),
        False,
        False,
    )
    assert make_context(*pair).minimum_version is ssl.TLSVersion.TLSv1_2


def test_a_certificate_that_begins_later_is_taken_as_a_clock_may_be_slow(tmp_path: Path) -> None:
    assert read_pair(*signed(tmp_path, begins=DAY), NOW).begins > NOW


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


# --- the ward's own authority -----------------------------------------------------------------------------------------


def shaken(authority: Path, certificate: Path, key: Path, name: str) -> bool:
    """Say whether the strictest client that Python knows trusts a server."""
    context = ssl.create_default_context(cafile=authority)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(to_client, to_server, server_hostname=name)
    server = make_context(certificate, key).wrap_bio(to_server, to_client, server_side=True)
    done = 0
    for end in [client, server] * 4:
        try:
            end.do_handshake()
            done += 1
        except ssl.SSLWantReadError:
            continue
        except ssl.SSLError:
            return False
    return done > 1


def test_the_strictest_client_trusts_what_the_authority_signed_for_its_names_alone(tmp_path: Path) -> None:
    local(tmp_path, "desk.phuong.vn", "192.168.1.10", "fd00::5")
    files = AuthorityFiles(tmp_path)
    for name in ("desk.phuong.vn", "192.168.1.10", "fd00::5", "localhost", "127.0.0.1", "::1"):
        assert shaken(files.authority, files.certificate, files.key, name), name
    for name in ("phuong.vn", "192.168.1.11", "a.desk.phuong.vn"):
        assert not shaken(files.authority, files.certificate, files.key, name), name


def test_what_apple_and_chromium_ask_for_is_in_it(tmp_path: Path) -> None:
    local(tmp_path, "desk.phuong.vn")
    files = AuthorityFiles(tmp_path)
    leaf = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=825)
    assert leaf.not_valid_after_utc - NOW > timedelta(days=SERVER_DAYS - 2)
    assert "desk.phuong.vn" in read_names(files.certificate)
    assert x509.OID_SERVER_AUTH in leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [path.stat().st_mode & 0o777 for path in (files.authority_key, files.key)] == [0o600, 0o600]


def test_keys_are_the_desks_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        local(tmp_path / "new")
    finally:
        os.umask(before)
    files = AuthorityFiles(tmp_path / "new")
    assert [path.stat().st_mode & 0o777 for path in (files.authority_key.parent, files.authority_key, files.key)] == [
        0o700,
        0o600,
        0o600,
    ]


def test_a_renewed_certificate_has_the_same_authority_and_key_and_a_later_end(tmp_path: Path) -> None:
    local(tmp_path, "desk.phuong.vn")
    files = AuthorityFiles(tmp_path)
    before = [path.read_bytes() for path in files.all()]
    later = NOW + timedelta(days=700)
    make_certificate(tmp_path, ["desk.phuong.vn"], later)
    after = [path.read_bytes() for path in files.all()]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, True, False, True]
    assert read_pair(files.certificate, files.key, later).ends > later + timedelta(days=SERVER_DAYS - 2)


def test_a_certificate_never_outlives_its_authority(tmp_path: Path) -> None:
    local(tmp_path)
    authority, _key = read_authority(tmp_path)
    late = authority.not_valid_after_utc - timedelta(days=10)
    make_certificate(tmp_path, [], late)
    assert (
        read_pair(AuthorityFiles(tmp_path).certificate, AuthorityFiles(tmp_path).key, late).ends
        <= authority.not_valid_after_utc
    )
    with pytest.raises(Refused, match="expired"):
        make_certificate(tmp_path, [], authority.not_valid_after_utc)


@pytest.mark.parametrize("name", ["bank.com.vn", "8.8.8.8", "2001:db8::1", "notphuong.vn"])
def test_the_authority_cannot_vouch_for_other_peoples_sites(tmp_path: Path, name: str) -> None:
    local(tmp_path, "phuong.vn")
    with pytest.raises(Refused) as refused:
        make_certificate(tmp_path, [name], NOW)
    assert refused.value.code == "tls.not_permitted"
    authority, key = read_authority(tmp_path)
    forged, secret = tmp_path / "forged.pem", tmp_path / "forged.key"
    _forge(authority, key, name, forged, secret)
    assert not shaken(AuthorityFiles(tmp_path).authority, forged, secret, name)


def _forge(authority: x509.Certificate, key: ec.EllipticCurvePrivateKey, name: str, forged: Path, secret: Path) -> None:
    """Sign `name` with a stolen key of the authority."""
    private_key = ec.generate_private_key(ec.SECP256R1())
    public = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    draft = built(named("forged"), authority.subject, private_key, DAY)
    draft = draft.add_extension(x509.SubjectAlternativeName([general(name)]), critical=False)
    draft = draft.add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(public), critical=False)
    forged.write_bytes(draft.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    secret.write_bytes(private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def test_names_of_a_domain_below_a_permitted_one_are_permitted(tmp_path: Path) -> None:
    local(tmp_path, "phuong.vn")
    make_certificate(tmp_path, ["desk.phuong.vn"], NOW)
    files = AuthorityFiles(tmp_path)
    assert shaken(files.authority, files.certificate, files.key, "desk.phuong.vn")


def test_an_authority_is_never_written_over(tmp_path: Path) -> None:
    local(tmp_path)
    before = AuthorityFiles(tmp_path).authority.read_bytes()
    with pytest.raises(Refused) as refused:
        make_authority(tmp_path, [], NOW)
    assert (refused.value.code, AuthorityFiles(tmp_path).authority.read_bytes()) == ("tls.exists", before)


@pytest.mark.parametrize("broken", ["authority", "authority_key"])
def test_a_damaged_authority_is_named(tmp_path: Path, broken: str) -> None:
    local(tmp_path)
    getattr(AuthorityFiles(tmp_path), broken).write_bytes(b"-----")
    with pytest.raises(Refused) as refused:
        make_certificate(tmp_path, [], NOW)
    assert refused.value.code == "tls.no_authority"


def test_nothing_is_written_for_a_name_that_is_not_permitted(tmp_path: Path) -> None:
    local(tmp_path)
    before = AuthorityFiles(tmp_path).certificate.read_bytes()
    with pytest.raises(Refused):
        require_permitted(read_authority(tmp_path)[0], ["elsewhere.vn"])
    with pytest.raises(Refused):
        make_certificate(tmp_path, ["elsewhere.vn"], NOW)
    assert AuthorityFiles(tmp_path).certificate.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Desk.Ward.VN.", "desk.ward.vn"),
        ("[FD00::1]", "fd00::1"),
        (" 10.0.0.1 ", "10.0.0.1"),
        ("phường.vn", "xn--phng-rib8295b.vn"),
    ],
)
def test_names_are_read(text: str, name: str) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize(
    "text", ["", " ", "a b", "-a.vn", "a..vn", "https://desk.vn", "desk.vn:8443", "1.2.3", "*.vn", "a/b", "\x00"]
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_name(text)


@given(st.text(max_size=80))
def test_every_text_is_a_name_that_fits_a_certificate_or_is_refused(text: str) -> None:
    try:
        name = read_name(text)
    except Invalid:
        return
    assert name.isascii()
    assert read_name(name) == name
