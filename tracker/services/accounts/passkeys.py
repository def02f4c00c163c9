"""Passkeys (WebAuthn): a device or key that signs what we ask, for our address alone."""

import json
import secrets
from dataclasses import dataclass

import webauthn
from sqlalchemy.orm import Session
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tracker.db.models import Account, SecondFactor, SignIn
from tracker.db.queries.sign_ins import factors_of
from tracker.db.session import moment
from tracker.domain.accounts import FactorKind, SignedIn
from tracker.domain.errors import DomainError
from tracker.services.accounts.second_factors import ISSUER
from tracker.services.accounts.throttles import must_wait, note_failure, throttle_key
from tracker.services.acts import note_act


@dataclass(frozen=True)
class Site:
    """Where the browser believes to be: a passkey works for this host and no other."""

    host: str
    origin: str


def ask_for_new_passkey(session: Session, signed_in: SignedIn, site: Site) -> str:
    """Give what a browser needs to make a passkey, as JSON, with a challenge that is used once."""
    row = session.get_one(SignIn, signed_in.session_id)
    row.challenge = secrets.token_bytes(32)
    account = session.get_one(Account, row.account_id)
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=ISSUER,
        user_id=f"account {account.id}".encode(),
        user_name=account.email,
        user_display_name=account.name,
        challenge=row.challenge,
        exclude_credentials=_credentials(session, account.id),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return webauthn.options_to_json(options)


def add_passkey(
    session: Session, signed_in: SignedIn, site: Site, *, answer: str, name: str
) -> None:
    """Take a passkey as second factor; raises `passkey_refused`."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=_challenge(session, signed_in),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise DomainError("passkey_refused") from None
    factor = SecondFactor(
        account_id=signed_in.actor.account_id,
        kind=FactorKind.PASSKEY,
        name=name.strip()[:80],
        secret=made.credential_public_key,
        credential_id=made.credential_id,
        counter=made.sign_count,
        created_at=moment(session),
    )
    session.add(factor)
    session.flush()
    note_act(session, signed_in.actor, action="add_factor", thing=f"factor {factor.id}")


def has_passkey(session: Session, signed_in: SignedIn) -> bool:
    """Say whether somebody can show a passkey as second factor."""
    return bool(_credentials(session, signed_in.actor.account_id or 0))


def ask_for_passkey(session: Session, signed_in: SignedIn, site: Site) -> str:
    """Give what a browser needs to show a passkey, as JSON, with a challenge that is used once."""
    row = session.get_one(SignIn, signed_in.session_id)
    row.challenge = secrets.token_bytes(32)
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=row.challenge,
        allow_credentials=_credentials(session, row.account_id),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return webauthn.options_to_json(options)


def use_passkey(session: Session, signed_in: SignedIn, site: Site, *, answer: str) -> bool:
    """Take what a passkey has signed; a wrong answer is counted like a wrong code."""
    account_id = signed_in.actor.account_id or 0
    key = throttle_key(session, "second factor", str(account_id))
    wait = must_wait(session, key)
    if wait:
        raise DomainError("must_wait", seconds=int(wait.total_seconds()) + 1)
    try:
        _verify(session, signed_in, site, answer=answer)
    except (WebAuthnException, ValueError, KeyError, TypeError):
        note_failure(session, key)
        note_act(session, signed_in.actor, action="wrong_passkey", thing=f"account {account_id}")
        return False
    return True


def _verify(session: Session, signed_in: SignedIn, site: Site, *, answer: str) -> None:
    challenge = _challenge(session, signed_in)
    shown = webauthn.base64url_to_bytes(json.loads(answer)["id"])
    factors = factors_of(session, signed_in.actor.account_id or 0)
    factor = next((each for each in factors if each.credential_id == shown), None)
    if factor is None:
        raise ValueError("a passkey of somebody else")
    verified = webauthn.verify_authentication_response(
        credential=answer,
        expected_challenge=challenge,
        expected_rp_id=site.host,
        expected_origin=site.origin,
        credential_public_key=factor.secret,
        credential_current_sign_count=factor.counter,
    )
    factor.counter, factor.last_used_at = verified.new_sign_count, moment(session)


def _challenge(session: Session, signed_in: SignedIn) -> bytes:
    """Give the challenge of this session once; without one nothing can be right."""
    row = session.get_one(SignIn, signed_in.session_id)
    challenge, row.challenge = row.challenge, None
    if challenge is None:
        raise DomainError("passkey_refused")
    return challenge


def _credentials(session: Session, account_id: int) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=factor.credential_id)
        for factor in factors_of(session, account_id)
        if factor.kind == FactorKind.PASSKEY and factor.credential_id is not None
    ]
