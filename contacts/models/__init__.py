"""Organisations, people's memberships, contact persons and forums."""

from contacts.models.forum import Forum, ForumQuorum
from contacts.models.membership import ContactPerson, Membership
from contacts.models.organisation import Organisation

__all__ = ["ContactPerson", "Forum", "ForumQuorum", "Membership", "Organisation"]
