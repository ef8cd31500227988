"""A ward's own authority: what it signs holds everywhere, and it vouches for nobody else."""

import os
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
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
from motcua.desk.certificates import make_context, read_names, read_pair
from tests.server.certified import DAY, built, general, local, named

NOW = datetime.now(UTC)  # noqa: TID251 -- certificates of these tests are made for today


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


@pytest.mark.thorough
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
    before = [path.read_bytes() for path in files.list_all()]
    later = NOW + timedelta(days=700)
    make_certificate(tmp_path, ["desk.phuong.vn"], later)
    after = [path.read_bytes() for path in files.list_all()]
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


@pytest.mark.thorough
@given(st.text(max_size=80))
def test_every_text_is_a_name_that_fits_a_certificate_or_is_refused(text: str) -> None:
    try:
        name = read_name(text)
    except Invalid:
        return
    assert name.isascii()
    assert read_name(name) == name
