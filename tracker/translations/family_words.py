"""What families read of their own case: states, steps and facts in plain words, by code.

Short sentences, no words of the trade. `%(name)s` is the relative as the family writes the name.
"""

from collections.abc import Mapping

from tracker.translations import mark

RELATIVE = mark("your relative")

# How the search stands, and what that means.
STANDING: Mapping[str, tuple[str, str]] = {
    "reported": (
        mark("The search for %(name)s has begun."),
        mark(
            "%(organisation)s has the case and gathers what others need in order to help. Whoever"
            " searches takes it that %(name)s is alive."
        ),
    ),
    "missing_unlocated": (
        mark("We are looking for %(name)s. We do not know yet where %(name)s is."),
        mark("The search goes on. It does not end because time passes."),
    ),
    "disappeared": (
        mark("We are looking for %(name)s. Others may have made %(name)s disappear."),
        mark(
            "Then authorities have a duty to search and to find out what happened. The search goes"
            " on. %(organisation)s can tell you about your rights."
        ),
    ),
    "located_alive": (
        mark("%(name)s was found alive."),
        mark("%(organisation)s speaks with you about it. %(name)s decides what is told to whom."),
    ),
    "located_deceased": (
        mark("%(name)s died. %(organisation)s told you about it on %(day)s."),
        mark(
            "We are sorry for your loss. You need not read on today. Whatever you want to know, or"
            " do not want to know yet: ask at your own pace."
        ),
    ),
    "word_to_come": (
        mark("Somebody of %(organisation)s will get in touch with you."),
        mark("They want to speak with you about the search. You can also call them first."),
    ),
    "closed_by_family": (
        mark("The case is closed, because your family asked for it."),
        mark("If you want to search again, tell %(organisation)s. Nobody asks you why."),
    ),
    "withdrawn": (
        mark("The case is not being worked on now."),
        mark("%(organisation)s can tell you why. If you do not agree, write it below."),
    ),
}

# What was done.
STEPS: Mapping[str, str] = {
    "opened": mark("The case was opened."),
    "agreed_match": mark("You agreed that we compare what is known of %(name)s."),
    "agreed_share": mark("You agreed that we share the case with %(organisation)s."),
    "agreed_publish": mark("You agreed that something is published."),
    "took_back_match": mark("You took back that we compare."),
    "took_back_share": mark("You took back that we share with %(organisation)s."),
    "took_back_publish": mark("You took back that something is published."),
    "shared": mark("The case was shared with %(organisation)s."),
    "share_ended": mark("The case is no longer shared with %(organisation)s."),
    "compared": mark(
        "A comparison was asked for. That happens often in a search, and says nothing yet."
    ),
    "referred_psychosocial": mark("You were told of people who listen and give support."),
    "referred_legal": mark("You were told of people who help with the law."),
    "step_done": mark("A step of the search was done."),
    "brought_up_to_date": mark("Something in the case was brought up to date."),
    "you_wrote": mark("You wrote to us."),
    "word_taken_up": mark("Somebody read what you wrote and dealt with it."),
    "notified": mark("We told you in person what happened."),
}

# What comes next.
TO_COME: Mapping[str, str] = {
    "to_do_follow_up": mark("A step of the search"),
    "to_do_psychosocial": mark("To put you in touch with people who listen"),
    "to_do_legal": mark("To put you in touch with people who help with the law"),
    "review": mark("We go through the whole case again"),
}

PURPOSES: Mapping[str, str] = {
    "match": mark("To compare what is known of %(name)s with people who were found"),
    "share": mark("To share the case with %(organisation)s"),
    "publish": mark("To publish something about %(name)s"),
}
PURPOSES_TOWARDS: Mapping[str, str] = {
    "match": mark("To compare what is known of %(name)s with what %(organisation)s has"),
    "publish": mark("To let %(organisation)s publish something about %(name)s"),
}
ENDS: Mapping[str, str] = {
    "match": mark("If you take it back, nobody compares any more, from this moment on."),
    "share": mark("If you take it back, they see nothing of it any more, from this moment on."),
    "publish": mark("If you take it back, nothing more is published."),
}
SHARED: Mapping[str, str] = {
    "identification": mark("what helps to recognise %(name)s, and the way taken. Not who you are"),
    "whole": mark("the whole case, with how you can be reached"),
}

WORD_KINDS: Mapping[str, str] = {
    "addition": mark("Something more to know"),
    "correction": mark("Something is not right"),
    "not_missing": mark("“This is me. I am not missing.”"),
    "not_right": mark("“This case is wrong. Nobody may use it like this.”"),
    "leave": mark("Wants no more search: close and erase the case"),
}

CARE: Mapping[str, str] = {
    "in_person": mark("Told in person, not by telephone or message"),
    "own_language": mark("In the family's own language, with an interpreter of its trust"),
    "private_place": mark("In a private, quiet place, without haste"),
    "two_people": mark("By two people, one of whom the family knows"),
    "support_present": mark("With a psychosocial professional there, or on call"),
    "known_and_not_known": mark("Said what is known, how it is known, and what is not known"),
    "viewing_and_return": mark("Spoke about seeing the person, the return, and who pays for it"),
    "documents": mark("Explained the documents, and gave them in writing"),
    "rights": mark("Explained the rights: a second opinion, the truth, justice, help"),
    "children": mark("Asked whether there are children, and how and by whom they are told"),
}
