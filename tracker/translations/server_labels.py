"""Words for what can be wrong with a server that is followed."""

from tracker.translations import mark

SERVER_PROBLEMS: dict[str, str] = {
    "no_answer": mark("It does not answer. We go on asking; nothing is lost meanwhile."),
    "not_trusted": mark(
        "Its certificate could not be checked, so nothing was sent. Tell whoever runs it."
    ),
    "address_refused": mark(
        "Its address leads into a private network. Ask whoever runs it for the right one."
    ),
    "key_refused": mark(
        "It does not take the key any more. Ask for a new one, leave this server and add it again."
    ),
    "not_there": mark(
        "It shares nothing at this address, or the key is not of a case worker. Ask whoever"
        " gave you both."
    ),
    "redirected": mark(
        "It sends us to another address. Ask for the new one and add it; the key goes nowhere else."
    ),
    "server_failed": mark("Something is wrong on its side. We go on asking."),
    "answer_too_large": mark("It sent far too much at once, and nothing of it was kept."),
    "not_readable": mark("What it sent cannot be read, and nothing of it was kept."),
    "partly_readable": mark(
        "Some of what it sent is unknown here and was left out. A newer version of the tracker"
        " may know it."
    ),
}
