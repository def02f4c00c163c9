"""What the scripts of the page say, in the reader's language."""

from tracker.http.language import gettext
from tracker.translations import mark
from tracker.translations.problems import sentence_of

# What the page itself can find wrong with a field.
_FOUND = (
    *("required", "not_valid", "not_a_date", "not_a_number", "not_whole", "negative"),
    *("out_of_range", "below_minimum", "unknown_code", "too_long", "too_many", "date_order"),
    *("precision_mismatch", "total_mismatch", "not_an_address", "groups_mismatch"),
)
# Why a typed position is refused.
_UNCLEAR = (
    *("unreadable", "missing_coordinate", "missing_hemisphere", "ambiguous_order"),
    *("ambiguous_separator", "hemisphere_conflict", "out_of_range", "unknown_datum"),
)
_GRID = mark(
    "A position in metres (UTM, MGRS) can be read only with network. Write degrees, or put it"
    " into the description."
)
PROBLEMS = {code: sentence_of(code) for code in _FOUND}
POSITIONS = {code: sentence_of(f"position_{code}") for code in _UNCLEAR} | {"grid": _GRID}
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
