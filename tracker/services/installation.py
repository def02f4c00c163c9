"""Checks that what an installation stores agrees with itself."""

import numpy as np

from tracker.db.ledger_cache import entries_of_import_by_row
from tracker.db.migrations import differences_from_models
from tracker.db.packing import unpack_columns
from tracker.db.queries.imports import abandoned_imports
from tracker.db.queries.installation import (
    blocks_of_imports,
    incidents_with_many_current_versions,
    integrity_faults,
    verified_without_entry,
)
from tracker.db.sealed_columns import seal_all_anew
from tracker.db.session import Database
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import faults_of_log, note_act


def change_keys(database: Database, actor: Actor) -> int:
    """Seal everything with the newest key of the ring; gives how many values were sealed."""
    require(actor, Action.MANAGE_INSTALLATION)
    with database.writing() as session:
        note_act(session, actor, action="change_keys", thing="installation")
        return seal_all_anew(session)


def check_database(database: Database, actor: Actor, *, noted: str = "") -> list[str]:
    """Compare what is stored more than once; gives a sentence for each fault, none when well.

    `noted` is an end of the log that was noted before (`end_of_log`).
    """
    require(actor, Action.CHECK_DATABASE)
    faults = [
        f"The tables differ from the models: {found}" for found in differences_from_models(database)
    ]
    with database.reading() as session:
        faults += faults_of_log(session, actor, noted=noted)
        faults += [f"The database reports: {found}" for found in integrity_faults(session)]
        faults += [
            f"Import {number} was cut off; nothing of it is seen, and the next import removes it."
            for number in abandoned_imports(session)
        ]
        faults += [
            f"Incident {number} has more than one current version."
            for number in incidents_with_many_current_versions(session)
        ]
        faults += [
            f"Version {number} is verified and current, but the ledger does not count it once."
            for number in verified_without_entry(session)
        ]
        for import_id, packed in blocks_of_imports(session):
            block = unpack_columns(packed)
            entries = entries_of_import_by_row(session, import_id)
            if any(not np.array_equal(block[name], entries[name]) for name in entries):
                faults.append(f"The block of import {import_id} differs from its entries.")
    return faults
