"""People and organisations: signing in, invitations, second factors, keys of the API."""
