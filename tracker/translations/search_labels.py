"""Words for the codes of searches on the ground."""

from tracker.translations import mark

SEARCH_WORDS: dict[str, dict[str, str]] = {
    "search_status": {
        "planned": mark("Planned"),
        "under_way": mark("Under way"),
        "done": mark("Done"),
        "called_off": mark("Called off"),
    },
    "search_method": {
        "foot_line": mark("On foot, in a line"),
        "grid": mark("On foot, square by square"),
        "dogs": mark("With dogs"),
        "drone": mark("With a drone"),
        "boat": mark("By boat"),
        "vehicle": mark("From a vehicle"),
        "water": mark("In the water"),
        "other": mark("In another way"),
    },
    "search_report": {
        "effort": mark("Something was found"),
        "nothing_found": mark("Nothing was found"),
        "track": mark("A track, nothing else said"),
        "finding": mark("Finding"),
    },
    "search_thoroughness": {
        "1": mark("1: passed through and looked around"),
        "2": mark("2: searched, some places not seen"),
        "3": mark("3: searched closely, every place seen"),
    },
    "search_view": {
        "good": mark("Good"),
        "fair": mark("Middling"),
        "poor": mark("Poor"),
    },
    "search_finding": {
        "clothing": mark("Clothing or shoes"),
        "belongings": mark("Belongings"),
        "remains": mark("Human remains, or what may be"),
        "grave": mark("A grave, or what may be one"),
        "camp": mark("A camp or resting place"),
        "water": mark("Water, or bottles"),
        "other": mark("Something else"),
    },
    "search_handling": {
        "left_untouched": mark("Left as it was"),
        "marked": mark("The place was marked"),
        "photographed": mark("Photographed from a distance"),
        "authority_informed": mark("An authority was told"),
        "forensic_service_informed": mark("A forensic service was told"),
        "taken_by_authority": mark("An authority took it along"),
        "moved_by_us": mark("We moved it or took it along"),
    },
    "search_ground": {
        "whole": mark("All of the planned area"),
        "area": mark("A part of it, drawn on the map"),
        "line": mark("Along a way, drawn on the map"),
        "file": mark("As the file of our device shows"),
        "not_drawn": mark("Not drawn"),
    },
}
