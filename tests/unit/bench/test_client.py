"""The connection that measures: a server that hung up in a pause costs no request."""

import socket
import threading

from bench.client import Http
from tests.waiting import PATIENCE_S

ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"


def test_a_line_that_the_server_ended_in_a_pause_is_connected_anew() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer_two() -> None:
            for _line in range(2):
                line, _address = door.accept()
                with line:
                    line.recv(4096)
                    line.sendall(ANSWER)

        serving = threading.Thread(target=answer_two)
        serving.start()
        with Http(door.getsockname(), timeout_s=PATIENCE_S) as http:
            answers = []
            for _request in range(2):
                http.renew()
                answers.append(http.post("/"))
                http._socket.recv(1, socket.MSG_PEEK)  # the end of the line has come
        serving.join(PATIENCE_S)
    assert answers == [(204, b"")] * 2
