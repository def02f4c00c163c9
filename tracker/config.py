"""Settings of an installation, read once from the environment."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_ORIGIN = re.compile(r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?")


class WrongSetting(ValueError):
    """A setting cannot be understood; the text says which, and how it is written."""


@dataclass(frozen=True)
class Settings:
    """What an installation can choose. Only app and cli read it.

    `database_url` is an SQLAlchemy URL: SQLite by default, PostgreSQL for those who outgrow it.
    `secret_key` signs cookies; without one, a new key is made at each start.
    `demo` marks pages as a demonstration.
    `keys` seal what the database must not show to whoever takes it; else they are in `keys_file`.
    `attachments` is the folder that holds photos and documents, sealed; no server shows it.
    `removals` is the list of what was erased, to be done again after a backup was put back.
    `proxies` is how many proxies of ours stand in front, whose word on the visitor is believed.
    `hosts` are the names under which it answers; with none named it answers under any.
    `frames` are the origins of pages that may show the map in a frame; without one none may.
    `public_delay_days` and `public_grid` (degrees by corridor) say how late and how coarse places
    of records logged here become public; None and nothing leave the defaults.
    """

    database_url: str
    secret_key: str
    demo: bool = False
    keys: str = field(default="", repr=False)
    keys_file: Path = Path("keys/tracker.keys")
    attachments: Path = Path("attachments")
    removals: Path | None = None
    proxies: int = 0
    hosts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    public_delay_days: int | None = None
    public_grid: Mapping[str, float] = field(default_factory=dict)


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Give the folder that holds the database when nobody names another (`TRACKER_DATA`)."""
    return Path(environment.get("TRACKER_DATA", "instance")).absolute()


def settings_from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings that docs/installation.md names."""
    database = data_folder(environment) / "tracker.sqlite3"
    keys_file = data_folder(environment) / "keys" / "tracker.keys"
    return Settings(
        database_url=environment.get("TRACKER_DATABASE_URL", f"sqlite:///{database}"),
        secret_key=environment.get("TRACKER_SECRET_KEY") or secrets.token_urlsafe(32),
        demo=environment.get("TRACKER_DEMO", "") == "1",
        keys=environment.get("TRACKER_KEYS", ""),
        attachments=data_folder(environment) / "attachments",
        removals=data_folder(environment) / "removals.jsonl",
        keys_file=Path(environment.get("TRACKER_KEYS_FILE", keys_file)),
        proxies=int(environment.get("TRACKER_PROXIES", "0")),
        hosts=tuple(environment.get("TRACKER_HOSTS", "").replace(",", " ").split()),
        frames=_origins(environment.get("TRACKER_FRAMES", "")),
        public_delay_days=_days(environment.get("TRACKER_PUBLIC_DELAY_DAYS", "")),
        public_grid=_degrees(environment.get("TRACKER_PUBLIC_GRID", "")),
    )


def _days(given: str) -> int | None:
    return int(given) if given else None


def _degrees(given: str) -> dict[str, float]:
    """Read widths of grids, such as `darien=0.5,us_mexico_border=0.2`."""
    pairs = (part.partition("=") for part in given.split(",") if part.strip())
    return {name.strip(): float(width) for name, _, width in pairs}


def _origins(given: str) -> tuple[str, ...]:
    """Read origins, such as `https://partner.example, https://www.partner.example:8443`."""
    origins = tuple(given.replace(",", " ").split())
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise WrongSetting(
                f"TRACKER_FRAMES: {origin!r} is no origin. Write https:// and the name of the site"
                " in small letters, without a path: https://partner.example"
            )
    return origins
