"""Second factors: an app with one-time codes (RFC 6238), and codes for when it is lost."""

import base64
import hmac
import secrets

import pyotp
import segno
from sqlalchemy.orm import Session

from tracker.db.models import Account, RecoveryCode, SecondFactor, SignIn
from tracker.db.queries.sign_ins import (
    factors_of,
    forget_recovery_codes,
    unused_recovery_codes,
)
from tracker.db.session import keys_of_session, moment
from tracker.domain.accounts import (
    NEEDS_SECOND_FACTOR,
    FactorKind,
    OwnFactor,
    SignedIn,
)
from tracker.domain.errors import DomainError, NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.services.accounts.throttles import (
    forget_failures,
    must_wait,
    note_failure,
    throttle_key,
)
from tracker.services.acts import note_act

ISSUER = "Migrant tracker"
_STEP_S = 30
_CODES = 10
_MOST_WRONG = 5


def begin_app(session: Session, session_id: int) -> None:
    """Make the secret for an app that is about to be set up, and keep it with the session."""
    row = session.get_one(SignIn, session_id)
    row.pending_secret = pyotp.random_base32().encode()


def pending_app(session: Session, signed_in: SignedIn) -> tuple[str, str] | None:
    """Give the secret of the app that is being set up, and the same as a QR code in SVG."""
    row = session.get_one(SignIn, signed_in.session_id)
    if row.pending_secret is None:
        return None
    secret = row.pending_secret.decode()
    email = session.get_one(Account, row.account_id).email
    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    drawing = segno.make(address, error="m").svg_inline(
        scale=4, border=4, omitsize=True, dark="#000", light="#fff"
    )
    return secret, drawing


def confirm_app(session: Session, signed_in: SignedIn, *, code: str, name: str) -> None:
    """Take an app as second factor once it has shown a right code; raises `wrong_code`."""
    row = session.get_one(SignIn, signed_in.session_id)
    if row.pending_secret is None:
        raise NotFound("second factor")
    step = _step_of_code(session, row.pending_secret.decode(), code, after=0)
    if step is None:
        raise DomainError("wrong_code", field="code")
    factor = SecondFactor(
        account_id=row.account_id,
        kind=FactorKind.TOTP,
        name=name.strip()[:80],
        secret=row.pending_secret,
        counter=step,
        created_at=moment(session),
    )
    session.add(factor)
    row.pending_secret = None
    session.flush()
    note_act(session, signed_in.actor, action="add_factor", thing=f"factor {factor.id}")


def new_recovery_codes(session: Session, actor: Actor) -> tuple[str, ...]:
    """Make a new set of recovery codes in place of the old; they are given here and never again."""
    require(actor, Action.USE_OWN_ACCOUNT)
    account_id = actor.account_id or 0
    forget_recovery_codes(session, account_id)
    codes = tuple(_new_code() for _ in range(_CODES))
    session.add_all(
        RecoveryCode(account_id=account_id, code_digest=_digest(session, code)) for code in codes
    )
    note_act(session, actor, action="new_recovery_codes", thing=f"account {account_id}")
    return codes


def count_recovery_codes(session: Session, actor: Actor) -> int:
    """Say how many recovery codes of the actor's own account still work."""
    require(actor, Action.USE_OWN_ACCOUNT)
    return len(unused_recovery_codes(session, actor.account_id or 0))


def code_is_right(session: Session, signed_in: SignedIn, code: str) -> bool:
    """Take a code of an app or a recovery code, once; a wrong one is counted.

    Raises `DomainError` `must_wait` after too many. After five wrong codes the session ends, and
    the password has to be given again.
    """
    account_id = signed_in.actor.account_id or 0
    key = throttle_key(session, "second factor", str(account_id))
    wait = must_wait(session, key)
    if wait:
        raise DomainError("must_wait", seconds=int(wait.total_seconds()) + 1)
    typed = code.replace(" ", "").replace("-", "").upper()
    if _use_app_code(session, account_id, typed) or _use_recovery_code(session, account_id, typed):
        forget_failures(session, key)
        return True
    note_failure(session, key)
    row = session.get_one(SignIn, signed_in.session_id)
    row.wrong_codes += 1
    if row.wrong_codes >= _MOST_WRONG:
        row.ended_at = moment(session)
    note_act(session, signed_in.actor, action="wrong_code", thing=f"account {account_id}")
    return False


def list_factors(session: Session, actor: Actor) -> tuple[OwnFactor, ...]:
    """List the second factors of the actor's own account."""
    require(actor, Action.USE_OWN_ACCOUNT)
    return tuple(
        OwnFactor(row.id, FactorKind(row.kind), row.name, row.created_at, row.last_used_at)
        for row in factors_of(session, actor.account_id or 0)
    )


def remove_factor(session: Session, actor: Actor, factor_id: int) -> None:
    """Take a second factor away; raises `last_factor` where the role needs one and no other is."""
    require(actor, Action.USE_OWN_ACCOUNT)
    factors = factors_of(session, actor.account_id or 0)
    row = next((factor for factor in factors if factor.id == factor_id), None)
    if row is None:
        raise NotFound("second factor")
    if len(factors) == 1 and actor.role in NEEDS_SECOND_FACTOR:
        raise DomainError("last_factor")
    session.delete(row)
    note_act(session, actor, action="remove_factor", thing=f"factor {factor_id}")


def _use_app_code(session: Session, account_id: int, code: str) -> bool:
    for factor in factors_of(session, account_id):
        if factor.kind != FactorKind.TOTP:
            continue
        step = _step_of_code(session, factor.secret.decode(), code, after=factor.counter)
        if step is not None:
            factor.counter, factor.last_used_at = step, moment(session)
            return True
    return False


def _step_of_code(session: Session, secret: str, code: str, *, after: int) -> int | None:
    """Give the step of time whose code this is, one before or after now; none comes twice."""
    now = int(moment(session).timestamp()) // _STEP_S
    app = pyotp.TOTP(secret, interval=_STEP_S)
    typed = code.replace(" ", "").encode()
    right = [
        step
        for step in (now - 1, now, now + 1)
        if hmac.compare_digest(app.generate_otp(step).encode(), typed)
    ]
    return next((step for step in right if step > after), None)


def _use_recovery_code(session: Session, account_id: int, code: str) -> bool:
    digest = _digest(session, code)
    for row in unused_recovery_codes(session, account_id):
        if hmac.compare_digest(row.code_digest, digest):
            row.used_at = moment(session)
            return True
    return False


def _new_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(10)).decode()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def _digest(session: Session, code: str) -> str:
    return keys_of_session(session).digest("recovery code", code.replace("-", ""))
