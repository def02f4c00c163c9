"""Pages of people and organisations: signing in, invitations, own account, own organisation."""

from tracker.web.accounts import invitations, organisation, own_account, passkeys, sign_in
from tracker.web.accounts.blueprint import blueprint

__all__ = ["blueprint", "invitations", "organisation", "own_account", "passkeys", "sign_in"]
