"""What is wrong with something that was typed, in words that help: one table for every way in."""

from collections.abc import Callable, Mapping

from tracker.translations import mark

# By code; what a field has to say of its own goes before.
PROBLEMS: dict[str, str] = {
    "required": mark("This is needed."),
    "not_valid": mark("We cannot read this. Write it more simply."),
    "not_a_date": mark("This is not a date. Choose one, or write it as 2026-05-31."),
    "ambiguous_date": mark(
        "Day and month could change places here. Write the date as 2026-05-31, or the month as a"
        " word."
    ),
    "in_the_future": mark("This day has not come yet."),
    "not_primary": mark(
        "Only fingerprints, teeth or DNA confirm who somebody is. Say with another method that it"
        " is probable."
    ),
    "in_the_past": mark("This day has passed already."),
    "unknown_field": mark("There is no such field here, and nothing of it is kept."),
    "year_missing": mark("Write the year too. If you do not know the date, leave all three empty."),
    "month_missing": mark("Write the month too, or leave the day empty."),
    "not_a_number": mark("Write a number in digits, such as 3. Leave it empty if nobody knows."),
    "not_whole": mark("Write a whole number of people."),
    "out_of_range": mark("This number is too large or too small to be right."),
    "negative": mark("A number of people cannot be less than 0. Leave it empty if nobody knows."),
    "below_minimum": mark("The highest number lies below the lowest one."),
    "unknown_code": mark("We do not know this one. Choose one of those that are offered."),
    "too_long": mark("This is too long. Shorten it; what matters most goes first."),
    "too_many": mark("These are too many for one record."),
    "date_order": mark("The last day lies before the first."),
    "precision_mismatch": mark("This contradicts what was said beside it. Choose another one."),
    "not_https": mark(
        "The address begins with https://, so that nobody on the way can read along."
    ),
    "private_address": mark(
        "This address leads into a network of our own, not to another server. Whoever runs this"
        " tracker can enter such a one."
    ),
    "not_a_key": mark(
        "This is no key. Copy it whole, without spaces, as the other server gave it."
    ),
    "followed_already": mark("This server is followed already."),
    "not_an_address": mark("Copy the whole address, with https:// at its beginning."),
    "groups_mismatch": mark(
        "The groups add up to another number than the one for women, men, people of another gender"
        " or children. Correct one of them, or leave one empty."
    ),
    "total_mismatch": mark("The total is not the sum of those who died and those who disappeared."),
    "no_rows": mark("There are no rows in this file, besides the headers and the example."),
    "too_many_rows": mark("At most 2,000 rows at once. Divide the file."),
    "not_the_template": mark(
        "We do not know these headers. Download the template and copy your rows into it."
    ),
    "duplicate_header": mark("Two columns of this file mean the same."),
    "too_large": mark("This file is too large: at most 5 MB."),
    "empty_file": mark("Choose a file that is not empty."),
    "zip_bomb": mark("This file grows beyond all measure when it is unpacked. It was not opened."),
    "doctype_refused": mark(
        "This file holds something that no spreadsheet needs. It was not opened."
    ),
    "not_a_workbook": mark("This is no spreadsheet. Save it as XLSX or CSV."),
    "damaged_workbook": mark("This spreadsheet is damaged. Save it again, as XLSX or CSV."),
    "encrypted_workbook": mark("This spreadsheet is locked with a password. Save it without one."),
    "old_workbook": mark("This is the old XLS kind. Save it as XLSX or CSV."),
    "workbook_beyond_limits": mark("This spreadsheet asks for too much. Save it as CSV."),
    "binary_file": mark("This is no spreadsheet. Save it as XLSX or CSV."),
    "html_not_csv": mark("This is a page of the web, not a table. Save it as XLSX or CSV."),
    "not_json": mark("This file is damaged. Export it again, as XLSX or CSV."),
    "not_records": mark("This is no table with headers. Save it as XLSX or CSV."),
    "not_a_table": mark("This is no table with headers. Save it as XLSX or CSV."),
    "nul_bytes": mark("This file is damaged, or it is no text. Save it again, as XLSX or CSV."),
    "not_pfif": mark("This is no file of the People Finder Interchange Format (PFIF 1.2 to 1.4)."),
    "number_missing": mark(
        "Say which column has the number of each person. It is how the same person is known again."
    ),
    "unit_missing": mark(
        "In which unit? Write it beside the number, or in the header: cm, in, kg or lb."
    ),
    "ambiguous_sex": mark("M can be masculino or mujer here. Write the word."),
    "nothing_told": mark("Tell us how many people, or in your own words what happened."),
    "place_missing": mark("Tell us where: the country, or the place in your own words."),
    "secret_too_short": mark("At least 8 letters. Three or four words make a good one."),
    "secret_easily_guessed": mark(
        "This is easily guessed: no names of your family, no date alone. Take words that do not"
        " belong together."
    ),
    "too_many_words": mark(
        "You have written many times, and nobody has read it yet. Call the organisation instead."
    ),
    "care_not_explained": mark(
        "Not everything on the list is ticked. Write what was done instead, and why."
    ),
    "before_confirmation": mark("This day lies before the match was confirmed."),
    "before_notification": mark("This day lies before the family was told."),
    "position_unreadable": mark(
        "We cannot read these coordinates. Write them as 8.4257, -76.7842 (first latitude, then"
        " longitude), or as 8°25'33\"N 76°47'03\"W."
    ),
    "position_missing_coordinate": mark(
        "One of the two numbers is missing: latitude and longitude are both needed."
    ),
    "position_missing_hemisphere": mark(
        "North or south, east or west? Add the letters, such as N and W (in Spanish O for oeste)."
    ),
    "position_missing_zone": mark("The zone is missing, such as 18P before the two numbers."),
    "position_ambiguous_order": mark(
        "Which of the two is the latitude? Write the letters: 8.42 N, 76.78 W."
    ),
    "position_ambiguous_separator": mark(
        "A comma can be read in two ways here. Write decimals with a point: 8.4257, -76.7842."
    ),
    "position_ambiguous_hemisphere": mark(
        "The letter O can be read as oeste (west) or as Ost (east). Write W for west."
    ),
    "position_hemisphere_conflict": mark(
        "Sign and letter contradict each other. Keep one: -76.78 or 76.78 W."
    ),
    "position_zone_conflict": mark("Zone and letter of the band do not go together."),
    "position_out_of_range": mark(
        "There is no such place: latitude goes to 90, longitude to 180 degrees."
    ),
    "position_unknown_datum": mark(
        "These coordinates belong to an older map (NAD27, PSAD56 ...). Turn them into WGS 84 first,"
        " or choose the place on the map."
    ),
    "area_missing": mark("Draw the area, or write at least three of its corners."),
    "area_too_few_points": mark("An area has at least three corners."),
    "area_crosses_itself": mark(
        "The edge of this area crosses itself. Write the corners in the order in which one would"
        " walk around it."
    ),
    "area_too_large": mark("This area is larger than 5,000 km². Plan it in parts."),
    "area_too_small": mark("This area is smaller than 25 m². Draw it larger."),
    "area_not_readable": mark(
        "We cannot read this GeoJSON. It has to hold one area (or one line) in longitude and"
        " latitude."
    ),
    "too_many_points": mark("These are more than 2,000 points. Leave out some of them."),
    "line_too_short": mark("A way has at least two points."),
    "circle_radius": mark("Write how many kilometres around the point, at most 40."),
    "track_empty": mark("There is no line and no area in this file."),
    "track_too_many_points": mark("This file holds more than 50,000 points. Divide it."),
    "track_not_readable": mark(
        "This is no GPX or GeoJSON, or it is damaged. Export the track from the device again."
    ),
    "track_doctype": mark(
        "This file holds something that no track needs (DOCTYPE). It was not opened."
    ),
}

OF_FIELDS: dict[tuple[str, str], str] = {
    ("causes", "required"): mark("Choose what happened. If nobody knows, choose that."),
    ("date_from", "required"): mark("The first day is missing."),
    ("date_to", "required"): mark("The last day is missing."),
    ("date_precision", "precision_mismatch"): mark(
        "Day and precision contradict each other: choose a day, or say that the date is not known."
    ),
    ("location_precision", "precision_mismatch"): mark(
        "You gave a point and said that the place is not known. Choose how well it is known."
    ),
    ("country_of_incident", "unknown_code"): mark("We know no country of this name."),
    ("origins", "unknown_code"): mark("We know no country of this name."),
    ("groups.group", "required"): mark("Choose what these people have in common."),
    ("groups.group", "unknown_code"): mark("Choose what these people have in common."),
    ("groups.code", "required"): mark("Write which country."),
    ("groups.code", "unknown_code"): mark("We know no country of this name."),
    ("groups.number_from", "required"): mark("Write how many people, at least the lowest number."),
    ("sources.publisher", "required"): mark("Write who says so, or the address of the page."),
    ("sources.quality", "out_of_range"): mark("Choose one of the five."),
}


def sentence_of(code: str, field: str = "") -> str:
    """Give the sentence for a code; the same code can ask something else of one field."""
    return OF_FIELDS.get((field, code)) or PROBLEMS.get(code, PROBLEMS["not_valid"])


def problems_in_words(
    wrong: Mapping[str, tuple[str, ...]], translate: Callable[[str], str]
) -> dict[str, str]:
    """Say what is wrong with each field."""
    return {name: translate(sentence_of(codes[0], name)) for name, codes in wrong.items()}
