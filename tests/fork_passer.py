"""Stands for a program whose process is forked elsewhere: `python -I -S fork_passer.py ADDRESS PROGRAM WORD …`.

It passes its own standard files on to the server at `ADDRESS`, see `tests.fork_server`, and ends as the process does;
when it is killed, so is the process. It imports next to nothing, since starting quickly is all that it is for.
"""

import _socket
import array
import os
import sys


def main(address: str, program: str, words: list[str]) -> int:
    """Return the exit code of the process."""
    names = ", ".join(f'"{word}"' for word in words)
    asked = f'{{"program": "{program}", "words": [{names}]}}'
    end, told = os.pipe()
    line = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
    line.connect(address)
    line.sendmsg([asked.encode()], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, array.array("i", [0, 1, 2, told]))])
    for copied in (0, 1, told):
        os.close(copied)
    return int(os.read(end, 32) or 1)


if __name__ == "__main__":
    os._exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]) & 0xFF)
