"""All tables together: for migrations, keys and checks, and for nothing else.

People, matches, families and searches are not among `tracker.db.models`: what the public asks for
must not reach them, and imports show that it does not.
"""

from tracker.db.models import Base, families, matches, people, searches

METADATA = Base.metadata
# Named, so that nobody takes the imports above for idle.
RESTRICTED = (people, matches, families, searches)
