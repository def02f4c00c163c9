"""Words for codes of people: who is sought, what was found, and what families agree to."""

from tracker.translations import mark

PEOPLE_WORDS: dict[str, dict[str, str]] = {
    "person_kind": {
        "case": mark("Case of a person who is sought"),
        "remains": mark("Remains that were found"),
    },
    "case_status": {
        "reported": mark("Reported"),
        "missing_unlocated": mark("Missing, not located"),
        "disappeared": mark("Disappeared: a crime is presumed"),
        "located_alive": mark("Located alive"),
        "located_deceased": mark("Died, identified"),
        "closed_by_family": mark("Closed by the family"),
        "withdrawn": mark("Withdrawn"),
    },
    "case_status_meaning": {
        "reported": mark("The family has told us. The search begins; we presume life."),
        "missing_unlocated": mark(
            "We have looked and not found this person yet. The search goes on; we presume life."
        ),
        "disappeared": mark(
            "There are signs of a crime: kidnapping, forced disappearance. The search goes on; we"
            " presume life."
        ),
        "located_alive": mark("This person lives, and knows that the family asked."),
        "located_deceased": mark(
            "A primary method has confirmed it, with an authority and a date. A confirmed match"
            " alone says so."
        ),
        "closed_by_family": mark(
            "The family wishes to search no more. They may change their mind."
        ),
        "withdrawn": mark("It should not have been opened. Nobody is sought by it."),
    },
    "remains_status": {
        "unidentified": mark("Not identified"),
        "preliminary": mark("Perhaps identified"),
        "confirmed": mark("Identified"),
        "withdrawn": mark("Withdrawn"),
    },
    "remains_status_meaning": {
        "unidentified": mark("Nobody knows yet who this person was."),
        "preliminary": mark(
            "There are signs of who this person was. No primary method has confirmed it."
        ),
        "confirmed": mark(
            "A primary method has confirmed who this person was, with an authority and a date. A"
            " confirmed match alone says so."
        ),
        "withdrawn": mark("It should not have been recorded. No person was found here."),
    },
    "person_basis": {
        "family": mark("as the family says"),
        "person": mark("as the person said"),
        "third_party": mark("as somebody else says"),
        "examiner": mark("as an examiner says"),
        "document": mark("as a document says"),
    },
    "person_sex": {
        "female": mark("female"),
        "male": mark("male"),
        "intersex": mark("intersex"),
    },
    "person_gender": {
        "woman": mark("woman"),
        "man": mark("man"),
        "trans_woman": mark("trans woman"),
        "trans_man": mark("trans man"),
        "non_binary": mark("non-binary"),
        "other": mark("another gender"),
    },
    "condition": {
        "fresh": mark("died not long before"),
        "decomposed": mark("decomposed"),
        "mummified": mark("mummified"),
        "skeletal": mark("bones"),
    },
    "hair": {
        "black": mark("black"),
        "brown": mark("brown"),
        "fair": mark("fair"),
        "grey": mark("grey"),
        "red": mark("red"),
        "bald": mark("bald"),
    },
    "eyes": {
        "brown": mark("brown"),
        "black": mark("black"),
        "green": mark("green"),
        "blue": mark("blue"),
        "hazel": mark("hazel"),
    },
    "colour": {
        "black": mark("black"),
        "white": mark("white"),
        "grey": mark("grey"),
        "blue": mark("blue"),
        "red": mark("red"),
        "green": mark("green"),
        "yellow": mark("yellow"),
        "brown": mark("brown"),
        "pink": mark("pink"),
        "orange": mark("orange"),
        "purple": mark("purple"),
        "beige": mark("beige"),
    },
    "side": {"left": mark("left"), "right": mark("right"), "middle": mark("in the middle")},
    "body_part": {
        "head": mark("head"),
        "face": mark("face"),
        "neck": mark("neck"),
        "chest": mark("chest"),
        "back": mark("back"),
        "abdomen": mark("belly"),
        "shoulder": mark("shoulder"),
        "upper_arm": mark("upper arm"),
        "forearm": mark("forearm"),
        "hand": mark("hand"),
        "hip": mark("hip"),
        "thigh": mark("thigh"),
        "calf": mark("lower leg"),
        "foot": mark("foot"),
        "skull": mark("skull"),
        "jaw": mark("jaw"),
        "spine": mark("spine"),
        "rib": mark("rib"),
        "humerus": mark("humerus (upper arm)"),
        "radius": mark("radius (forearm)"),
        "ulna": mark("ulna (forearm)"),
        "pelvis": mark("pelvis"),
        "femur": mark("femur (thigh)"),
        "tibia": mark("tibia (lower leg)"),
    },
    "mark_kind": {
        "tattoo": mark("Tattoo"),
        "scar": mark("Scar"),
        "mole": mark("Mole"),
        "birthmark": mark("Birthmark"),
        "piercing": mark("Piercing"),
    },
    "dental_kind": {
        "missing": mark("Missing tooth"),
        "filled": mark("Filling"),
        "caries": mark("Decayed tooth"),
        "crown": mark("Crown"),
        "gold": mark("Gold tooth"),
        "prosthesis": mark("Denture"),
        "braces": mark("Braces"),
        "impacted": mark("Tooth that did not come through"),
    },
    "medical_kind": {
        "fracture": mark("Broken bone, healed or not"),
        "implant": mark("Implant (plate, screw, pacemaker)"),
        "prosthesis": mark("Artificial limb or joint"),
        "surgery": mark("Operation"),
        "amputation": mark("Amputation"),
        "disease": mark("Illness"),
    },
    "belonging_kind": {
        "telephone": mark("Telephone"),
        "paper": mark("Paper with something written on it"),
        "document": mark("Document"),
        "religious": mark("Religious object"),
        "jewellery": mark("Jewellery"),
        "photo": mark("Photo"),
        "money": mark("Money"),
        "bag": mark("Bag or backpack"),
        "other": mark("Something else"),
    },
    "clothing_kind": {
        "shirt": mark("Shirt, blouse, T-shirt"),
        "trousers": mark("Trousers, shorts"),
        "jacket": mark("Jacket, sweater"),
        "shoes": mark("Shoes"),
        "cap": mark("Cap, hat"),
        "belt": mark("Belt"),
        "dress": mark("Dress, skirt"),
        "underwear": mark("Underwear"),
        "other": mark("Something else"),
    },
    "relation": {
        "mother": mark("mother"),
        "father": mark("father"),
        "partner": mark("wife, husband or partner"),
        "child": mark("daughter or son"),
        "sibling": mark("sister or brother"),
        "grandparent": mark("grandmother or grandfather"),
        "other_relative": mark("another relative"),
        "friend": mark("friend"),
        "organisation": mark("an organisation"),
    },
    "holder": {
        "morgue": mark("Morgue"),
        "cemetery": mark("Cemetery"),
        "laboratory": mark("Laboratory"),
        "authority": mark("Authority"),
        "funeral_home": mark("Funeral home"),
        "family": mark("Family"),
        "other": mark("Somebody else"),
    },
    "reference_kind": {
        "dna": mark("DNA sample"),
        "fingerprints": mark("Fingerprints"),
        "dental": mark("Dental record"),
    },
    "purpose": {
        "match": mark("Compare with remains and with other cases"),
        "share": mark("Share with one organisation"),
        "publish": mark("Make public"),
    },
    "share_kind": {
        "identification": mark("What helps to identify: the person and the journey, not who asks"),
        "whole": mark("The whole record, with who asks and how to reach them"),
    },
    "task_kind": {
        "follow_up": mark("Step of the search"),
        "psychosocial": mark("Referral: psychosocial care"),
        "legal": mark("Referral: legal help"),
        "identification": mark("Look at the identification again: the other record was erased"),
    },
    "desk_reason": {
        "review": mark("to be looked at again"),
        "task": mark("to be done"),
    },
}
