"""The lines that the documents give for R, Python and curl work as they stand, against a server."""

import gzip
import json
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.http.clients import new_app
from tracker.db.session import Database

DOCUMENT = Path(__file__).parents[2] / "docs" / "exports.md"
HOST = "https://tracker.example"


def lines_of(language: str) -> list[str]:
    """Give the lines of a language that ask a tracker for something."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return [
        line
        for line in re.findall(rf"^```{language}\n(.*?)\n```", text, re.M | re.S)
        if HOST in line
    ]


@pytest.fixture(scope="module")
def address(demo_database: Database) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, new_app(demo_database), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("line", lines_of("python"))
def test_a_line_of_python_reads_a_frame_with_rows(address: str, line: str) -> None:
    name, _, call = line.partition(" = ")
    module = call.partition(".")[0]
    told = f"import {module}; {line.replace(HOST, address)}; print(len({name}), *{name}.columns)"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    count, *columns = ran.stdout.split()
    assert int(count) > 10
    assert {"dead", "missing"} <= set(columns)


def test_a_line_of_r_asks_for_a_csv_whose_header_r_takes_as_names(visitor: FlaskClient) -> None:
    lines = lines_of("r")
    assert len(lines) == 2
    for line in lines:
        asked = re.fullmatch(rf'\w+ <- read\.csv\("{HOST}([^"]+)"\)', line)
        assert asked is not None, line
        answer = visitor.get(asked.group(1))
        assert (answer.status_code, answer.mimetype) == (200, "text/csv")
        header, first, *_ = answer.text.splitlines()
        assert re.fullmatch(r"[a-z]\w*(,[a-z]\w*)*", header)
        assert first.count(",") >= header.count(",")


def test_a_line_of_curl_brings_a_file(visitor: FlaskClient) -> None:
    (line,) = lines_of("sh")
    curl, *options, address = shlex.split(line)
    assert (curl, options) == ("curl", ["--compressed", "-OJ"])
    answer = visitor.get(address.removeprefix(HOST), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert 'filename="incidents-as-known-on-' in answer.headers["Content-Disposition"]
    assert json.loads(gzip.decompress(answer.data))["type"] == "FeatureCollection"
