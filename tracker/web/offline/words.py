"""What the scripts of the page say, in the reader's language."""

from tracker.http.language import gettext
from tracker.translations import mark

# What is wrong with a field, by the codes of the shape of an incident.
PROBLEMS = {
    "required": mark("Please fill this in."),
    "not_valid": mark("This cannot be read. Please write it anew."),
    "not_a_date": mark("Please choose a date."),
    "not_a_number": mark("Please write a number in digits, or leave it empty."),
    "not_whole": mark("Please write a whole number."),
    "negative": mark("A number of people is not below zero."),
    "out_of_range": mark("This number lies outside of what is possible."),
    "below_minimum": mark("The highest number lies below the lowest one."),
    "unknown_code": mark("Please choose one from the list."),
    "too_long": mark("This text is too long."),
    "too_many": mark("These are too many."),
    "date_order": mark("The last day lies before the first one."),
    "precision_mismatch": mark("This does not go together with how well it is known."),
    "total_mismatch": mark("The total is not the sum of those who died and those who disappeared."),
    "not_an_address": mark("An address of the web begins with https:// or http://."),
    "groups_mismatch": mark("The numbers of the groups do not agree with the numbers above."),
}
# Why a typed position is refused.
POSITIONS = {
    "unreadable": mark("This position cannot be read. Write it as 8.45, -76.93."),
    "grid": mark(
        "A position in metres (UTM, MGRS) can be read only with network. Write degrees, or put it"
        " into the description."
    ),
    "missing_coordinate": mark("One of the two numbers is missing."),
    "missing_hemisphere": mark("Write N or S, and E or W: or a minus sign for west and south."),
    "ambiguous_order": mark("Write the latitude first, then the longitude."),
    "ambiguous_separator": mark(
        "It is not clear which comma parts the two numbers. Write them as 8.45; -76.93."
    ),
    "hemisphere_conflict": mark("The letters and signs contradict one another."),
    "out_of_range": mark("There is no such place on the globe."),
    "unknown_datum": mark(
        "This position comes from an older map (another datum). Put it into the description."
    ),
}
TEXTS = {
    "wait": mark("One moment ..."),
    "unlocked": mark("Open. It closes by itself after ten minutes without use."),
    "locked": mark("Closed. What you wrote is kept, and nobody can read it without the phrase."),
    "wrong_phrase": mark("This is not the phrase of this phone. Look at it calmly and try again."),
    "phrase_short": mark("Please take at least {least} characters: four or five words."),
    "phrases_differ": mark("The two are not the same. Please write them again."),
    "ready": mark("This phone is ready. You can now write without network, also after closing."),
    "not_ready": mark(
        "This phone could not keep the page. It works now, but it may not open without network."
        " Try again where the network is good."
    ),
    "wiped": mark("Everything was removed from this phone. Nothing of it can be brought back."),
    "wiped_partly": mark(
        "What you wrote was removed. Close all other windows of this page, then wipe once more."
    ),
    "no_room": mark("This phone could not keep the entry. Free some room and try again."),
    "kept": mark("Kept on this phone. It is sent when the network is back."),
    "mend": mark("Some of it is not right yet. Nothing is lost: look at the marked fields."),
    "not_accepted": mark("It was not accepted:"),
    "waiting": mark("waiting"),
    "sending": mark("being sent"),
    "sent": mark("sent"),
    "refused": mark("not accepted"),
    "draft": mark("begun, not finished"),
    "tried": mark("tried {number} times"),
    "tried_once": mark("tried once"),
    "other_account": mark(
        "begun to be sent with another account: sign in with that one to send it"
    ),
    "no_network": mark("No network. Your entries wait here and are tried again by themselves."),
    "server_busy": mark("The server could not take it just now. It is tried again by itself."),
    "sign_in": mark(
        "Your session has ended, or you are not signed in. Nothing is lost: sign in, then come back"
        " here."
    ),
    "may_not_log": mark("This account may not log incidents. Your entries stay on this phone."),
    "all_sent": mark("Everything has been sent."),
    "none": mark("Nothing is waiting on this phone."),
    "some_wait": mark("{number} waiting"),
    "again_in": mark("The next try is in {seconds} seconds."),
    "entry_sent": mark("Sent: {id}"),
    "entry_refused": mark("One entry was not accepted. Open it to see why."),
    "open": mark("Open"),
    "delete": mark("Delete"),
    "delete_sure": mark("Delete it for good"),
    "keep_it": mark("Keep it"),
    "deleted": mark("Deleted from this phone."),
    "number_died": mark("died: {number}"),
    "number_missing": mark("disappeared: {number}"),
    "unknown_day": mark("day not known"),
    "place_none": mark("No place chosen yet."),
    "place_here": mark("Position of this phone, to about {metres} m"),
    "place_typed": mark("Position as typed"),
    "place_town": mark("{name}, {country}"),
    "place_near": mark("about {km} km from {name}, {country}"),
    "place_corridor": mark("Corridor: {name}"),
    "place_segment": mark("Stretch: {name}"),
    "place_no_corridor": mark("In no corridor of this record."),
    "looking": mark("Asking this phone where it is ..."),
    "not_found_here": mark(
        "This phone does not say where it is. Choose a place by name or type it."
    ),
    "towns_none": mark("No place of this name. Try its beginning, or a larger place nearby."),
    "towns_found": mark("{number} places. Choose one."),
    "damaged": mark("{number} entries could not be read and were left alone."),
    "other_form": mark(
        "It had already arrived in another form. Look at the record before you send it again."
    ),
    "remove": mark("Remove {name}"),
}


def words_of_scripts() -> dict[str, dict[str, str]]:
    """Give every text of the scripts, by kind and name."""
    kinds = {"texts": TEXTS, "problems": PROBLEMS, "positions": POSITIONS}
    return {
        kind: {name: gettext(text) for name, text in texts.items()} for kind, texts in kinds.items()
    }
