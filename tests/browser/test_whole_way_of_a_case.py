"""The whole way of a case: a family asks, somebody is found, people decide, it is told; and undone.

Dolores keeps the case in Tegucigalpa, Gabriel the remains in Tucson. Iris, a verifier in Tucson,
reviews the incident in which the person was found.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from case_pages import (
    complete_the_case,
    complete_the_remains,
    decide,
    give_the_family_a_code,
    link_to_the_incident,
    open_a_case,
    record_remains,
    record_that_the_family_was_told,
    second,
    take_back_that_it_was_told,
    take_back_the_voice,
    what_the_family_reads,
)
from members import signed_in
from playwright.sync_api import Page
from sqlalchemy import select
from watched_pages import NewSite, Site, Watch

from tests.conftest import CAMILO, DOLORES, XIMENA, day
from tests.http.clients import add_account, add_cast
from tests.services.match_records import IRIS, statuses
from tests.services.people_records import GABRIEL
from tests.services.records import GIVEN, log
from tracker.db.models import Act, IncidentVersion
from tracker.db.models.families import FamilyAccess, FamilyNotification
from tracker.db.models.matches import Match, MatchDecision
from tracker.db.models.people import Consent, PersonRecord, PersonVersion
from tracker.domain.permissions import Actor
from tracker.domain.reviews import Check
from tracker.domain.statuses import Visibility
from tracker.domain.tallies import TallyQuery
from tracker.http.csrf import FIELD
from tracker.schemas.incidents import load_incident
from tracker.services.incidents import edit_incident, get_incident, submit_incident
from tracker.services.reviews import (
    list_versions,
    reopen_incident,
    return_incident,
    take_up_incident,
    verify_incident,
)
from tracker.services.tallies import period_tally

DESK = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US"}
PHONE = {"viewport": {"width": 360, "height": 640}, "locale": "en-US"}
# What only those read who keep the case: who asks, how to reach them, whom she could be called by.
OF_THE_FAMILY = ("Marta", "Alvarado", "9911 004", "9911004", "before noon", "2200 000")
OF_DEATH = re.compile(r"\bdied\b|dead|death|deceased|remains|confirmed|\bloss\b", re.IGNORECASE)
NAMES = ("Lucía", "Zelaya", "Marta", "Alvarado", "Dolores", "Gabriel", "Iris", "@")
# In Arizona, on the way that she had planned: since that day one person is missing.
ONE_MISSING = {
    **GIVEN,
    **dict.fromkeys(("date_from", "date_to"), "2026-03-04"),
    **dict.fromkeys(("number_missing_min", "number_missing_max"), 1),
    "number_dead": 0,
    "causes": ["harsh_environment"],
    "origins": ["HND"],
    "longitude": -111.33,
    "latitude": 31.58,
    "location_description": "Where the road to the ranch ends",
}
ONE_DEAD = {
    **ONE_MISSING,
    **dict.fromkeys(("number_missing_min", "number_missing_max"), 0),
    "number_dead": 1,
}
# What the log says of each of them on the way there, and on the way back.
DONE: Mapping[Actor, tuple[str, ...]] = {
    DOLORES: (
        *("open_person", "record_consent", "revise_person", "make_family_access", "open_match"),
        *("see_match", "match_referred_for_comparison", "match_confirmed", "record_notification"),
    ),
    GABRIEL: (
        *("open_person", "revise_person", "link_incident", "see_match", "match_confirmed"),
        *("match_stands_confirmed", "identified_by_match", "edit_incident"),
    ),
    IRIS: ("see_match", "incident_under_review", "incident_verified"),
}
UNDONE: Mapping[Actor, tuple[str, ...]] = {
    DOLORES: (*DONE[DOLORES], "undo_notification"),
    GABRIEL: (*DONE[GABRIEL], "match_taken_back", "identification_undone"),
    IRIS: DONE[IRIS],
}


@pytest.fixture
def house(new_site: NewSite, tmp_path: Path) -> Site:
    site = new_site(tmp_path)
    with site.database.writing() as session:
        add_cast(session)
        add_account(session, GABRIEL)
        add_account(session, IRIS)
    return site


@dataclass(frozen=True)
class Way:
    """The records of one story, and the browsers of those who work on them."""

    site: Site
    dolores: Page
    gabriel: Page
    family: Page
    incident: str
    case: str
    remains: str
    match: str
    code: str
    secret: str

    @property
    def stands(self) -> list[str]:
        """Say how the case and the remains stand."""
        return statuses(self.site.database, self.case, self.remains)

    @property
    def counts(self) -> dict[str, int | None]:
        """Say whom the incident counts, as anybody reads it."""
        return counted(self.site, self.incident)

    @property
    def family_reads(self) -> str:
        """Give what the family reads on its own page now."""
        return what_the_family_reads(self.site, self.family, code=self.code, secret=self.secret)

    def on_match(self, page: Page) -> Page:
        """Open the match in a browser."""
        return on(page, self.site, f"/matches/{self.match}")


def test_from_the_request_of_a_family_to_a_name_for_the_dead_and_back_again(
    watch: Watch, house: Site, tmp_path: Path
) -> None:
    recordings = [tmp_path / f"{name}.har" for name in ("gabriel", "iris")]
    incident = verified_incident(house)
    told_before = told_to_anybody(house, watch, incident)

    way = recorded_and_matched(watch, house, incident, recording=recordings[0])
    explained_field_by_field(way)
    nobody_else_finds_them(way, watch)
    decided_by_two_after_a_comparison(way)
    told_to_the_family_before_anybody_else(way)

    # What the incident counts is changed by its review alone.
    assert way.counts == {"dead": 0, "missing": 1}
    assert told_to_anybody(house, watch, incident) == told_before
    iris = signed_in(watch, house, IRIS, **DESK, record_har_path=recordings[1]).page
    counted_anew_by_a_review(way, iris)
    assert way.counts == {"dead": 1, "missing": 0}
    everything_is_in_the_log(house, by=DONE)

    undone_again(way)
    everything_is_in_the_log(house, by=UNDONE)
    for page, recording in zip((way.gabriel, iris), recordings, strict=True):
        page.context.close()
        received_nothing_of_the_family(recording)


def recorded_and_matched(watch: Watch, house: Site, incident: str, *, recording: Path) -> Way:
    """Let each record what they know, and find that it may be one person."""
    dolores = signed_in(watch, house, DOLORES, **DESK).page
    gabriel = signed_in(watch, house, GABRIEL, **DESK, record_har_path=recording).page
    case = open_a_case(house, dolores)
    complete_the_case(dolores)
    remains = record_remains(house, gabriel)
    complete_the_remains(gabriel)
    link_to_the_incident(gabriel, incident)
    code, secret = give_the_family_a_code(house, dolores, case)
    family = watch(house.address, **PHONE).page
    match = find_the_match(house, dolores, case=case, remains=remains)
    way = Way(house, dolores, gabriel, family, incident, case, remains, match, code, secret)
    assert way.stands == ["reported", "unidentified"]
    assert "The search for Lucía has begun." in way.family_reads
    return way


def decided_by_two_after_a_comparison(way: Way) -> None:
    """Have them compared; what one person says changes nothing, what two say changes both."""
    decide(way.dolores, "Ask for a comparison", authority="Laboratory (invented)")
    family_cannot_be_told_yet(way)
    decide(way.on_match(way.dolores), "It is confirmed", report="2026-05-04")
    assert way.stands == ["reported", "unidentified"]
    family_cannot_be_told_yet(way)
    second(way.on_match(way.gabriel))
    assert way.stands == ["located_deceased", "confirmed"]
    stand_together(way)


def told_to_the_family_before_anybody_else(way: Way) -> None:
    """Tell of no death on the page of the family until people have been with it."""
    before = way.family_reads
    assert "will get in touch with you" in before
    assert not OF_DEATH.search(before)
    record_that_the_family_was_told(way.site, way.dolores, way.case)
    assert "Lucía died." in way.family_reads


def undone_again(way: Way) -> None:
    """Undo all of it: each stands as before, and nothing is deleted."""
    kept = rows_that_stay(way.site)
    take_back_that_it_was_told(way.site, way.dolores, way.case)
    assert not OF_DEATH.search(way.family_reads)
    take_back_the_voice(way.on_match(way.gabriel))
    assert way.stands == ["reported", "unidentified"]
    assert "The search for Lucía has begun." in way.family_reads
    family_cannot_be_told_yet(way)
    assert way.counts == {"dead": 1, "missing": 0}
    with way.site.database.writing() as session:
        reopen_incident(session, IRIS, way.incident, because="the chart was of somebody else")
    count_again(way.site, way.incident, ONE_MISSING)
    assert way.counts == {"dead": 0, "missing": 1}
    assert kept < rows_that_stay(way.site)


def on(page: Page, house: Site, path: str) -> Page:
    page.goto(house.address + path)
    return page


def verified_incident(house: Site) -> str:
    """Log an incident that Gabriel wrote and Iris verified: public, and one person missing."""
    with house.database.writing() as session:
        public_id = log(session, GABRIEL, submit=True, **ONE_MISSING).public_id
        take_up_incident(session, IRIS, public_id)
        verify(session, public_id)
    return public_id


def verify(session, public_id: str) -> None:
    told = {"checked": tuple(Check), "visibility": Visibility.PUBLIC}
    verify_incident(session, IRIS, public_id, **told)


def counted(house: Site, incident: str) -> dict[str, int | None]:
    """Give what anybody reads of the dead and the missing: the tally and the incident agree."""
    with house.database.reading() as session:
        tally = period_tally(session, XIMENA, TallyQuery(day("2099-01-01"))).total
        told = get_incident(session, XIMENA, incident).counts
    by_tally = {name: tally[name] for name in ("dead", "missing")}
    assert by_tally == {name: told[name] for name in by_tally}
    return by_tally


def find_the_match(house: Site, dolores: Page, *, case: str, remains: str) -> str:
    """Find the remains among those who fit the case best, and open the pair; gives its number."""
    on(dolores, house, f"/cases/{case}").get_by_role("link", name="Possible matches").click()
    found = dolores.locator("main ol.rows > li").first
    assert remains in found.inner_text()
    assert "Strong" in found.inner_text()
    found.get_by_role("button", name="Compare side by side").click()
    dolores.get_by_role("heading", name="What was compared").wait_for()
    return dolores.url.rsplit("/", 1)[1]


def explained_field_by_field(way: Way) -> None:
    """Read what speaks for one person, against it and neither, each with its bar."""
    gabriel = on(way.gabriel, way.site, "/matches")
    gabriel.locator(f"main a[href='/matches/{way.match}']").click()
    gabriel.locator("summary", has_text="that say nothing").click()
    verdicts = {}
    for field in gabriel.locator("li.compared").all():
        title, verdict = field.locator("h3").inner_text().rsplit(maxsplit=1)
        verdicts[title.strip()] = verdict
        bars = field.locator("svg.weighed rect")
        kinds = [bar.get_attribute("class") for bar in bars.all()]
        assert kinds[1:-1] == {"for": ["weighed-for"], "against": ["weighed-against"]}.get(
            verdict, []
        )
        assert all(float(bar.get_attribute("width")) > 0 for bar in bars.all())
        assert field.locator(".two-sides dd").count() == 2
    assert set(verdicts.values()) == {"for", "against", "unknown"}


def nobody_else_finds_them(way: Way, watch: Watch) -> None:
    """Look for the match and the case from elsewhere: both look like what is not there."""
    camilo = signed_in(watch, way.site, CAMILO, **DESK).page
    anybody = watch(way.site.address, **PHONE).page
    asked = [(page, f"/matches/{way.match}") for page in (camilo, anybody)]
    asked += [(page, f"/cases/{way.case}") for page in (way.gabriel, camilo, anybody)]
    for page, path in asked:
        assert page.request.get(way.site.address + path).status == 404, path


def stand_together(way: Way) -> None:
    """Find the remains on the page of the case as the one person whom two people confirmed."""
    dolores = on(way.dolores, way.site, f"/cases/{way.case}/matches")
    row = dolores.locator("main ol.rows > li", has_text=way.remains)
    row.get_by_text("Confirmed: the same person").wait_for()
    on(dolores, way.site, f"/cases/{way.case}")
    assert dolores.locator("#standing-title").inner_text() == "Died, identified"


def told_to_anybody(house: Site, watch: Watch, incident: str) -> str:
    """Give what everybody may read of the incident; it leads to no case and no remains."""
    address = f"{house.address}/api/v1/incidents/{incident}"
    answer = watch(house.address, **PHONE).page.request.get(address)
    assert answer.status == 200
    return answer.text()


def family_cannot_be_told_yet(way: Way) -> None:
    """Find no form with which to record that the family was told, and be refused without one."""
    dolores = on(way.dolores, way.site, f"/cases/{way.case}/notification")
    dolores.get_by_text("First two people have to confirm a match").wait_for()
    assert dolores.locator("main form").count() == 0
    csrf = on(dolores, way.site, f"/cases/{way.case}/family").locator(f"main [name={FIELD}]")
    given = {"who": "Dolores", "support": "Alma", "otherwise": "By telephone"}
    told = {FIELD: csrf.first.get_attribute("value"), "notified_on": "2026-05-05", **given}
    address = f"{way.site.address}/cases/{way.case}/notification"
    assert dolores.request.post(address, form=told, max_redirects=0).status == 409
    with way.site.database.reading() as session:
        living = select(FamilyNotification.id).where(FamilyNotification.undone_at.is_(None))
        assert session.scalars(living).all() == []


def counted_anew_by_a_review(way: Way, iris: Page) -> None:
    """Go from the match to the incident and review it again: who was missing has died."""
    way.on_match(iris).get_by_role("link", name="Open the incident").click()
    iris.wait_for_url(f"**/review/{way.incident}")
    iris.get_by_text("Look at it again").click()
    iris.locator("#why-reopen").fill("The person was found, and has a name again")
    iris.get_by_role("button", name="Review it again").click()
    iris.get_by_role("heading", name="Verify it").wait_for()
    count_again(way.site, way.incident, ONE_DEAD)


def count_again(house: Site, incident: str, facts: dict[str, object]) -> None:
    """Let its writer change the numbers of what is under review, and Iris verify them."""
    with house.database.writing() as session:
        return_incident(session, IRIS, incident, question="Whom does it count now?")
        edit_incident(session, GABRIEL, incident, facts=load_incident(facts))
        submit_incident(session, GABRIEL, incident)
        take_up_incident(session, IRIS, incident)
        verify(session, incident)
        changed = [version.changes for version in list_versions(session, IRIS, incident)]
    assert any("number_dead" in each and "number_missing_min" in each for each in changed)


def acts(house: Site) -> list[tuple[str, str, str]]:
    """Give what was noted: by whom, what, and to which thing."""
    with house.database.reading() as session:
        rows = session.execute(select(Act.actor, Act.action, Act.thing).order_by(Act.id))
        return [tuple(row) for row in rows]


def everything_is_in_the_log(house: Site, *, by: Mapping[Actor, tuple[str, ...]]) -> None:
    """Read who did what: numbers of accounts and of things, and no name of anybody."""
    noted = acts(house)
    for line in map(" ".join, noted):
        assert not any(name in line for name in NAMES), line
    for actor, actions in by.items():
        done = {action for handle, action, _ in noted if handle == f"account {actor.account_id}"}
        assert set(actions) <= done


def rows_that_stay(house: Site) -> set[tuple[str, int]]:
    """Name every row of what must never be deleted."""
    tables = (
        *(Act, Consent, FamilyAccess, FamilyNotification, IncidentVersion),
        *(Match, MatchDecision, PersonRecord, PersonVersion),
    )
    with house.database.reading() as session:
        return {
            (table.__tablename__, row)
            for table in tables
            for row in session.scalars(select(table.id))
        }


def received_nothing_of_the_family(recording: Path) -> None:
    """Look through all that a browser in Tucson received: the person, and nobody who asks."""
    entries = json.loads(recording.read_text(encoding="utf-8"))["log"]["entries"]
    received = [entry["response"]["content"] for entry in entries]
    bodies = [each.get("text", "") for each in received if "text/html" in each["mimeType"]]
    assert any("Lucía" in body and "Mateo" in body for body in bodies)
    for words in OF_THE_FAMILY:
        assert not any(words in body for body in bodies), words
