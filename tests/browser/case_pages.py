"""The pages of a case and of remains, filled in as people do who know one person each."""

from playwright.sync_api import Page
from watched_pages import Site

from tests.services.family_records import REACH, SUPPORT

EXAMINER = "Office of the Medical Examiner (invented)"


def open_a_case(site: Site, page: Page) -> str:
    """Open a case while the family sits at the desk; gives its public id."""
    page.goto(f"{site.address}/cases/new")
    page.get_by_label("Given names").fill("Lucía")
    page.get_by_label("First surname").fill("Zelaya")
    page.get_by_label("Sex").select_option("female")
    page.get_by_label("Age, at least").fill("24")
    page.get_by_label("Where the person was, in words").fill("Altar, Sonora")
    page.get_by_label("Name of who asks").fill("Marta Alvarado (invented)")
    page.get_by_label("What they are to the person").select_option("mother")
    page.get_by_label("Telephone numbers").fill("+504 9911 0043")
    page.get_by_label("How and when can we reach them safely?").fill("Call before noon")
    page.get_by_label("Yes, they agree").check()
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_selector("#part-who[open]")
    return page.url.split("/cases/")[1].split("/")[0]


def complete_the_case(page: Page) -> None:
    """Complete a case: her age, her body, her tattoo, her last contact."""
    page.fill("[name=age_to]", "25")
    page.fill("[name=origin_country]", "Honduras")
    page.fill("[name=telephones]", "+504 9911 0042")
    open_part(page, "body")
    fill_all(page, {"height_from_cm": "155", "height_to_cm": "160"})
    choose_all(page, {"height_basis": "family", "eyes": "brown", "eyes_basis": "family"})
    tell_the_tattoo(page, text="Mateo", basis="family")
    open_part(page, "contact")
    page.fill("[name=contact_date]", "2026-03-02")
    page.fill("[name=coordinates]", "30.71, -111.83")
    choose_all(page, {"contact_date_precision": "day", "planned_corridor": "us_mexico_border"})
    save(page)
    assert "Last contact: March 2, 2026" in page.locator("p.lead").inner_text()


def record_remains(site: Site, page: Page) -> str:
    """Record the remains of somebody with what stands in the examiner's papers."""
    page.goto(f"{site.address}/remains/new")
    page.get_by_label("Day", exact=True).fill("2026-03-20")
    page.get_by_label("Where, in words").fill("Near Arivaca, Arizona")
    page.get_by_label("Coordinates").fill("31.58, -111.33")
    page.get_by_label("In what condition").select_option("decomposed")
    page.get_by_label("Number that the examiner gave").fill("26-00417")
    page.get_by_label("Sex").select_option("female")
    page.get_by_label("Age, at least").fill("20")
    page.get_by_label("at most").fill("28")
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_selector("#part-who[open]")
    return page.url.split("/remains/")[1].split("/")[0]


def complete_the_remains(page: Page) -> None:
    """Complete remains with what the examination found; the colour of the eyes differs."""
    open_part(page, "body")
    fill_all(page, {"height_from_cm": "152", "height_to_cm": "162"})
    choose_all(page, {"height_basis": "examiner", "eyes": "green", "eyes_basis": "examiner"})
    tell_the_tattoo(page, text="MATEO", basis="examiner")
    open_part(page, "find")
    fill_all(page, {"interval_days_from": "7", "interval_days_to": "21"})
    save(page)


def open_part(page: Page, part: str) -> None:
    page.locator(f"#part-{part} > summary").click()


def fill_all(page: Page, told: dict[str, str]) -> None:
    for name, value in told.items():
        page.fill(f"[name='{name}']", value)


def choose_all(page: Page, told: dict[str, str]) -> None:
    for name, code in told.items():
        page.select_option(f"[name='{name}']", code)


def tell_the_tattoo(page: Page, *, text: str, basis: str) -> None:
    """Tap on the left forearm, and tell what is there."""
    open_part(page, "marks")
    page.locator(".body-front .at-forearm.at-left").click()
    choose_all(page, {"marks.0.kind": "tattoo", "marks.0.basis": basis})
    assert page.input_value("[name='marks.0.part']") == "forearm"
    fill_all(page, {"marks.0.text": text, "marks.0.description": "A butterfly"})


def save(page: Page) -> None:
    page.click(".record-ways button[value=save]")
    page.wait_for_selector("#standing")


def link_to_the_incident(page: Page, incident: str) -> None:
    """Say to which incident the remains belong."""
    page.get_by_text("Name the incident, or take it away").click()
    page.fill("#incident-incident", incident)
    page.locator("#incident form button").click()
    page.locator("#incident p a", has_text=incident).wait_for()


def give_the_family_a_code(site: Site, page: Page, case: str) -> tuple[str, str]:
    """Make the code and the secret with which the family follows its case."""
    page.goto(f"{site.address}/cases/{case}")
    page.get_by_role("link", name="The family: its messages, and its own way in").click()
    page.fill("#reach", REACH)
    page.fill("#support", SUPPORT)
    page.get_by_role("button", name="Make the code").click()
    page.get_by_text("What to tell the family").wait_for()
    code, secret = page.locator(".follow-up-code").all_inner_texts()
    return code, secret


def what_the_family_reads(site: Site, page: Page, *, code: str, secret: str) -> str:
    """Come in with code and secret, read everything and close; gives what stood there."""
    page.goto(f"{site.address}/family?lang=en")
    page.fill("#code", code)
    page.fill("#secret", secret)
    page.get_by_role("button", name="Come in").click()
    page.wait_for_selector(".own-case")
    text = page.locator("main").text_content() or ""
    page.get_by_role("button", name="Leave now").first.click()
    page.get_by_role("heading", name="This page is closed").wait_for()
    return text


def decide(page: Page, decision: str, *, authority: str = EXAMINER, report: str = "") -> None:
    """Give one's voice on the match that is open: by teeth, from an authority."""
    form = page.locator("details.act", has=page.get_by_text(decision)).last
    form.locator("summary").click()
    form.get_by_label("Method").select_option("dental")
    form.locator("[name=authority]").fill(authority)
    if report:
        form.get_by_label("Date of the report").fill(report)
    form.get_by_role("button", name="Say so").click()
    page.locator("#voices ~ ol.history").get_by_text(authority).first.wait_for()


def second(page: Page) -> None:
    """Say the same as the first person, after looking."""
    page.get_by_text("It counts only once a second person says the same.").wait_for()
    page.get_by_label("I have looked at both records").check()
    page.get_by_role("button", name="I say the same").click()
    page.get_by_text("Confirmed: the same person.").first.wait_for()


def take_back_the_voice(page: Page) -> None:
    """Take one's own voice back, and say why."""
    page.get_by_text("Take my voice back").click()
    page.locator("#voices ~ ol.history [name=reason]").fill("The chart was of somebody else")
    page.get_by_role("button", name="Take it back").click()
    page.locator("#voices ~ ol.history").get_by_text("taken back on").wait_for()


def record_that_the_family_was_told(site: Site, page: Page, case: str) -> None:
    """Go through what belongs to telling a family, and record it afterwards."""
    page.goto(f"{site.address}/cases/{case}/notification")
    page.fill("#who", "Dolores and Alma (invented)")
    page.fill("#support", SUPPORT)
    for box in page.locator("main [name=checked]").all():
        box.check()
    page.get_by_role("button", name="The family was told").click()
    page.get_by_text("The family was told on").wait_for()


def take_back_that_it_was_told(site: Site, page: Page, case: str) -> None:
    """Take back what was recorded by mistake."""
    page.goto(f"{site.address}/cases/{case}/notification")
    page.get_by_text("It was recorded by mistake").click()
    page.fill("#reason", "The chart was of somebody else")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("button", name="The family was told").wait_for()
