"""What a WebSocket does with a line that takes no more."""

import ssl
from pathlib import Path

import gevent
import pytest
from gevent.socket import socketpair
from gevent.ssl import SSLContext

from motcua.run.wire import WholeSocket
from tests.server.certified import signed


def test_nothing_follows_a_frame_that_its_reader_did_not_take_whole(tmp_path: Path) -> None:
    certified, trusting = SSLContext(ssl.PROTOCOL_TLS_SERVER), SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    certified.load_cert_chain(*signed(tmp_path))
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    ours, theirs = socketpair()
    greeting = gevent.spawn(certified.wrap_socket, ours, server_side=True)
    with trusting.wrap_socket(theirs), greeting.get() as plain:
        line = WholeSocket(plain)
        plain.settimeout(0.02)  # nobody ever reads
        for message in (bytes(1 << 23), b"goodbye"):
            with pytest.raises(BrokenPipeError):
                line.send(message)
