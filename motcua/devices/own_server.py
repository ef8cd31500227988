"""A socket on which one of our own programs answers HTTP, for trials and emulators."""

from socketserver import ThreadingTCPServer


class OwnServer(ThreadingTCPServer):
    """Python's server, without asking for this computer's name: where no name server answers that takes seconds."""

    allow_reuse_address = True
    daemon_threads = True
