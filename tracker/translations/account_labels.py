"""Words for codes of accounts and organisations."""

from tracker.translations import mark

ACCOUNT_WORDS: dict[str, dict[str, str]] = {
    "role": {
        "public": mark("Anyone"),
        "family": mark("Family"),
        "reporter": mark("Reporter"),
        "verifier": mark("Verifier"),
        "case_worker": mark("Case worker"),
        "searcher": mark("Member of a search group"),
        "monitor": mark("Monitor"),
        "administrator": mark("Administrator"),
        "operator": mark("Operator"),
    },
    "role_meaning": {
        "public": mark("Sees what is public."),
        "family": mark("Follows the case of a relative."),
        "reporter": mark("Logs incidents and sees those that they logged."),
        "verifier": mark("Checks what others have logged, and brings double records together."),
        "case_worker": mark("Works on cases of people who are missing, with their families."),
        "searcher": mark("Plans searches on the ground and records what was found."),
        "monitor": mark("Sees all verified incidents at full precision, counts and exports them."),
        "administrator": mark("Looks after the people of the organisation and their roles."),
        "operator": mark("Runs the installation."),
    },
    "organisation_kind": {
        "shelter": mark("Shelter"),
        "family_group": mark("Group of families"),
        "search_group": mark("Search group"),
        "humanitarian": mark("Humanitarian organisation"),
        "human_rights": mark("Human rights organisation"),
        "legal_aid": mark("Legal aid"),
        "monitoring_network": mark("Monitoring network"),
        "research": mark("Research"),
        "forensic": mark("Forensic service"),
        "ombudsperson": mark("Ombudsperson"),
        "search_commission": mark("Search commission"),
    },
    "factor_kind": {
        "totp": mark("app with codes"),
        "passkey": mark("passkey"),
    },
    "token_scope": {
        "read": mark("read only"),
        "write": mark("read and write"),
    },
}
