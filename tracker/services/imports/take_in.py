"""Takes a file in: read, compare, stage, publish."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from tracker.db.models import Import
from tracker.db.queries.imports import find_published, last_recorded
from tracker.db.session import Database
from tracker.domain.errors import ImportRefused
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.statuses import ImportState, Reason
from tracker.exchange.mmp import MmpTable, read_mmp
from tracker.services.imports.changes import Changes, changes_of_file, rows_erased
from tracker.services.imports.facts import (
    KNOWLEDGE,
    as_verified,
    facts_of_rows,
    fingerprints,
    with_places,
)
from tracker.services.imports.stage import (
    Progress,
    Recording,
    add_findings,
    add_names,
    publish_import,
    remove_abandoned,
    stage_changes,
)

DATASET = "iom-mmp"
MOST_SHRINKING = 0.05
TRIES = 3


@dataclass(frozen=True)
class ImportRequest:
    """A file, and how it is to be taken in.

    `replaces` says that the file is the whole dataset as of `recorded_on`; `allow_withdrawals`
    how many rows may then go, where they would be more than 5% of the dataset.
    """

    path: Path
    recorded_on: dt.date | None = None
    dataset: str = DATASET
    replaces: bool = False
    allow_withdrawals: int | None = None
    all_regions: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did, or would do in a dry run.

    `counts`: reported, revised, reclassified, withdrawn, unchanged, continued, gone, rows_read,
    rows_out_of_scope. `findings`: one row a finding (see docs/import.md).
    `already_there`: the same file had been imported as of the same day; nothing was done.
    """

    import_id: int | None
    dataset: str
    file_name: str
    layout: str
    recorded_on: dt.date
    counts: dict[str, int]
    findings: pd.DataFrame
    already_there: bool = False
    continued: pd.DataFrame = field(default_factory=pd.DataFrame)


def import_file(
    database: Database,
    actor: Actor,
    request: ImportRequest,
    *,
    progress: Progress = lambda _done, _total: None,
) -> ImportOutcome:
    """Take one file into its dataset: all of it, or nothing.

    Writes in short transactions, so that people who save meanwhile hardly wait, and lets the
    whole be seen in one last short act. Raises `UnreadableFile` for a broken file and
    `ImportRefused` for `import_under_way`, `recorded_before`, `recorded_in_future`,
    `would_shrink` and `changed_meanwhile`.
    """
    require(actor, Action.IMPORT_DATASETS)
    now = dt.datetime.now(dt.UTC)
    recorded_on = request.recorded_on or now.date()
    if recorded_on > now.date():
        raise ImportRefused("recorded_in_future", recorded_on=recorded_on)
    table = read_mmp(request.path, all_regions=request.all_regions)
    with database.import_lock() as held:
        if not held:
            raise ImportRefused("import_under_way")
        with database.reading() as session:
            done = find_published(
                session, dataset=request.dataset, sha256=table.sha256, recorded_on=recorded_on
            )
            if done is not None:
                return _nothing_to_do(request, table, done)
            _check_order(last_recorded(session, request.dataset), recorded_on)
        facts = _facts_of(table)
        for attempt in range(TRIES):
            try:
                return _compare_and_write(
                    database, (actor, request, table), facts=facts, progress=progress
                )
            except ImportRefused as refused:
                if refused.code != "changed_meanwhile" or attempt == TRIES - 1:
                    raise
        raise AssertionError("unreachable")


def _facts_of(table: MmpTable) -> pd.DataFrame:
    facts = as_verified(with_places(facts_of_rows(table.frame, table.findings)))
    facts["fingerprint"] = fingerprints(facts, KNOWLEDGE)
    facts["identity"] = _one_of_a_kind(table.frame["identity"])
    facts["external_ids"] = table.frame["external_ids"]
    return facts.reset_index(drop=True)


def _one_of_a_kind(identities: "pd.Series[str]") -> "pd.Series[str]":
    """Number the identities that a file uses more than once (`id_conflict` in the findings)."""
    again = identities.groupby(identities).cumcount()
    return identities.where(again == 0, identities + "#" + (again + 1).astype(str))


def _check_order(last: dt.datetime | None, recorded_on: dt.date) -> None:
    if last is not None and last.date() > recorded_on:
        raise ImportRefused("recorded_before", recorded_on=recorded_on, last=last.date())


def _recorded_from(recorded_on: dt.date, last: dt.datetime | None) -> dt.datetime:
    midnight = dt.datetime.combine(recorded_on, dt.time(), dt.UTC)
    return midnight if last is None or last <= midnight else last


def _compare_and_write(
    database: Database,
    what: tuple[Actor, ImportRequest, MmpTable],
    *,
    facts: pd.DataFrame,
    progress: Progress,
) -> ImportOutcome:
    actor, request, table = what
    with database.reading() as session:
        erased = rows_erased(session, facts, dataset=request.dataset)
        identities, facts = facts.loc[erased, "identity"], facts[~erased]
        changes = changes_of_file(
            session, facts, dataset=request.dataset, replaces=request.replaces
        )
        last = last_recorded(session, request.dataset)
    counts = _counts(changes, table)
    findings = _with_import_findings(table.findings, changes, erased=identities)
    now = dt.datetime.now(dt.UTC)
    recorded_on = request.recorded_on or now.date()
    _check_shrinking(changes, counts, request)
    outcome = ImportOutcome(
        import_id=None,
        dataset=request.dataset,
        file_name=request.path.name,
        layout=table.layout,
        recorded_on=recorded_on,
        counts=counts,
        findings=findings,
        continued=changes.continued,
    )
    if request.dry_run:
        return outcome
    remove_abandoned(database)
    recording = Recording(
        dataset=request.dataset,
        import_id=_begin_import(database, actor, (outcome, table.sha256, request.replaces)),
        actor=actor,
        recorded_from=_recorded_from(recorded_on, last),
        entered_at=now,
    )
    ends, incident_ids = stage_changes(database, changes, recording, progress=progress)
    add_names(database, _names(facts[changes.unnamed], incident_ids), recording)
    add_findings(database, findings, recording.import_id)
    with database.writing() as session:
        publish_import(session, recording, ends=ends, counts=counts)
    return replace(outcome, import_id=recording.import_id)


def _nothing_to_do(request: ImportRequest, table: MmpTable, done: Import) -> ImportOutcome:
    counts = _no_counts() | {"unchanged": len(table.frame)}
    return ImportOutcome(
        import_id=done.id,
        dataset=request.dataset,
        file_name=request.path.name,
        layout=table.layout,
        recorded_on=done.recorded_on,
        counts=counts | _read_counts(table),
        findings=table.findings,
        already_there=True,
    )


def _no_counts() -> dict[str, int]:
    names = ("reported", "revised", "reclassified", "withdrawn", "unchanged", "continued", "gone")
    return dict.fromkeys(names, 0)


def _read_counts(table: MmpTable) -> dict[str, int]:
    return {"rows_read": table.rows_read, "rows_out_of_scope": table.out_of_scope}


def _counts(changes: Changes, table: MmpTable) -> dict[str, int]:
    reasons = Counter(changes.versions["reason"].tolist())
    return {
        **_no_counts(),
        **{str(reason): reasons[reason] for reason in Reason if reasons[reason]},
        "withdrawn": len(changes.withdrawn),
        "unchanged": changes.unchanged,
        "continued": len(changes.continued),
        "gone": len(changes.gone),
        **_read_counts(table),
    }


def _with_import_findings(
    findings: pd.DataFrame, changes: Changes, *, erased: "pd.Series[str]"
) -> pd.DataFrame:
    """Add what only the comparison shows: rows gone, continued, revised or erased here.

    Of a row that was erased here nothing else is told, and nothing is kept.
    """
    findings = findings[~findings["identity"].isin(erased)]
    parts = [
        pd.DataFrame({"identity": erased, "code": "erased_here", "action": "left_out"}),
        pd.DataFrame({"identity": changes.gone, "code": "gone", "action": "kept"}),
        pd.DataFrame({"identity": changes.edited, "code": "edited_here", "action": "review"}),
        pd.DataFrame(
            {
                "identity": changes.continued["identity"],
                "code": "continues",
                "column": "identity",
                "original": changes.continued["continues"],
                "value": changes.continued["reasons"],
                "action": "linked",
            }
        ),
    ]
    parts = [part.reindex(columns=findings.columns) for part in parts if len(part)]
    return pd.concat([findings, *parts], ignore_index=True) if parts else findings


def _check_shrinking(changes: Changes, counts: dict[str, int], request: ImportRequest) -> None:
    if request.allow_withdrawals is not None:
        refused = len(changes.withdrawn) > request.allow_withdrawals
    else:
        shrinks = len(changes.withdrawn) - counts["reported"]
        refused = shrinks > MOST_SHRINKING * changes.standing_before
    if refused:
        raise ImportRefused(
            "would_shrink",
            withdrawn=len(changes.withdrawn),
            before=changes.standing_before,
            after=changes.standing_before - len(changes.withdrawn) + counts["reported"],
        )


def _begin_import(
    database: Database, actor: Actor, planned: tuple[ImportOutcome, str, bool]
) -> int:
    outcome, sha256, replaces = planned
    with database.writing() as session:
        record = Import(
            dataset=outcome.dataset,
            file_name=outcome.file_name,
            sha256=sha256,
            layout=outcome.layout,
            recorded_on=outcome.recorded_on,
            replaces=replaces,
            state=ImportState.STAGED,
            imported_by=actor.handle,
            started_at=dt.datetime.now(dt.UTC),
            **outcome.counts,
        )
        session.add(record)
        session.flush()
        return record.id


def _names(facts: pd.DataFrame, incident_ids: "pd.Series[float]") -> pd.DataFrame:
    """List the names of rows, each once, and say which one leads back to them."""
    rows: list[tuple[int, str, str, bool]] = []
    ids = incident_ids[facts.index].astype("int64")
    all_others = facts["external_ids"].fillna("").astype(object)
    for number, identity, others in zip(ids, facts["identity"], all_others, strict=True):
        kinds: dict[str, str] = {}
        for name in others.split("|"):
            kind, _, value = name.partition(":")
            kinds.setdefault(value, kind)
        kinds.setdefault(identity, "identity")
        rows += [(number, kind, name, name == identity) for name, kind in kinds.items() if name]
    return pd.DataFrame(rows, columns=["incident_id", "kind", "value", "leads"])
