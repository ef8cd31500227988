"""The desk finds the page of a request as Flask itself does."""

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from motcua.web.routes import bind_request

FIELDS = ("server_name", "script_name", "subdomain", "url_scheme", "path_info", "default_method", "query_args")


@pytest.mark.parametrize("host", ["desk.vn", "Desk.VN:8080", "desk.vn:80", "127.0.0.1:9", "[::1]:9", "quầy.vn", "a b"])
@pytest.mark.parametrize("path", ["/", "//sign-in", "/vé/A001", "/tickets/%2e", "/\udcff"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_address_is_read_as_by_flask(host: str, path: str, scheme: str) -> None:
    app = Flask("site")
    made = EnvironBuilder(method="POST", query_string="a=1&b=ư").get_environ()
    environ = {
        **made,
        "HTTP_HOST": host,
        "wsgi.url_scheme": scheme,
        "PATH_INFO": path.encode(errors="surrogateescape").decode("latin-1"),
    }
    adapters = [
        app.create_url_adapter(app.request_class(environ)),
        bind_request(app.url_map, app.request_class(environ)),
    ]
    flask, desk = ([getattr(adapter, name) for name in FIELDS] for adapter in adapters)
    assert flask == desk


def test_the_host_of_a_request_is_the_one_that_flask_finds() -> None:
    environ = {**EnvironBuilder().get_environ(), "HTTP_HOST": "desk.vn:80"}
    request = Flask("site").request_class(environ)
    bind_request(Flask("site").url_map, request)
    assert request.host == Request(environ).host == "desk.vn"
