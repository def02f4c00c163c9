"""Pages that are watched, and the sites that they belong to."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

from tracker.db.session import Database


@dataclass
class Watched:
    """A page, and all that it did which it may not do."""

    page: Page
    home: str
    offences: list[str] = field(default_factory=list)

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.offences.append(f"asked {request.url}")

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.offences.append(f"{message.type}: {message.text}")

    def on_dialog(self, dialog: Dialog) -> None:
        self.offences.append("a script of a record ran")
        dialog.dismiss()


@dataclass
class Clock:
    """The time of a site: that of this machine, unless a test moves it."""

    moved_to: dt.datetime | None = None

    def __call__(self) -> dt.datetime:
        return self.moved_to or dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Site:
    """The real application with a database of its own, served on this machine."""

    address: str
    database: Database
    clock: Clock = field(default_factory=Clock)

    def move_clock(self, moment: dt.datetime) -> None:
        """Let it be this moment on the site from now on."""
        self.clock.moved_to = moment


Watch: TypeAlias = Callable[..., Watched]
NewSite: TypeAlias = Callable[..., Site]

# A popup that fades in has less contrast than the one that a reader sees.
_STILL = "Promise.allSettled(document.getAnimations().map(each => each.finished)).then(() => null)"


def violations(page: Page, axe: str) -> list[tuple[str, list[str]]]:
    """Give what axe finds on a page once nothing on it moves: the rule, and the nodes."""
    page.evaluate(_STILL)
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
