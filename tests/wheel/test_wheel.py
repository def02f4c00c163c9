"""The package works where no checkout is: built, installed and used from another folder."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import venv
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it into an environment of its own beside the same libraries."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    venv.create(target, with_pip=True)
    python = target / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # The libraries of this environment, without its link to the checkout.
    libraries = next(Path(sys.prefix).glob("lib/python*/site-packages"))
    site = next(target.glob("lib/python*/site-packages"))
    for entry in libraries.iterdir():
        if "migrant" in entry.name.lower() or entry.name.startswith(("tracker", "geodata")):
            continue
        if not (site / entry.name).exists() and entry.suffix != ".pth":
            (site / entry.name).symlink_to(entry)
    return target


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def get(address: str) -> tuple[int, str, bytes]:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.status, answer.headers["Content-Type"], answer.read()


def test_the_installed_package_serves_pages_map_and_assets(
    installed: Path, tmp_path: Path, demo_file: Path
) -> None:
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "TRACKER_DATA": str(tmp_path),
        "TRACKER_DATABASE_URL": f"sqlite:///{demo_file}",
    }
    command = [str(installed / "bin" / "tracker"), "serve", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        base = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                assert get(f"{base}/healthz")[0] == 200
                break
            except OSError:
                assert server.poll() is None
                time.sleep(0.5)
        status, kind, page = get(base + "/")
        assert (status, kind.split(";")[0]) == (200, "text/html")
        assert b"2026" in page
        status, _, page = get(base + "/map")
        assert status == 200
        assert b"map-names" in page
        for name in ("vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css", "css/tokens.css"):
            assert get(f"{base}/static/{name}")[0] == 200
    finally:
        server.terminate()
        server.wait(30)
