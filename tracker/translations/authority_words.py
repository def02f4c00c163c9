"""Words of what goes out about people: forms for authorities, and files of several cases."""

from collections.abc import Mapping

from tracker.translations import mark

FORM_SECTIONS: Mapping[str, str] = {
    "person": mark("Who the person is, or may be"),
    "last_contact": mark("The last contact"),
    "find": mark("The find"),
    "effects": mark("Clothing and belongings"),
    "body": mark("Body"),
    "marks": mark("Marks on the skin"),
    "medical": mark("Medical findings"),
    "teeth": mark("Teeth (FDI numbers)"),
    "references": mark("References: that they exist, and who holds them"),
}
EXPORT_FORMS: Mapping[str, str] = {
    "sheet": mark("A sheet to print, in the order of the forms of identification"),
    "json": mark("The same as a file for a program (JSON)"),
    "pfif": mark("A file for another registry (PFIF)"),
}
EXPORT_PURPOSES: Mapping[str, str] = {
    "search": mark("To search for these people"),
    "identification": mark("To identify people who were found"),
}
EXPORT_STATES: Mapping[str, str] = {
    "asked": mark("Waits for a second person"),
    "agreed": mark("Agreed: to be opened"),
    "opened": mark("The password was shown"),
    "given": mark("Given"),
    "ended": mark("Called off"),
    "lapsed": mark("Too late: ask anew"),
}
