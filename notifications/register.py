"""What notices bring to every page: the inbox in the account menu, and how much of it is new."""

from contacts import viewer
from core import navigation
from notifications.queries import unread

viewer.unread_from(unread)
navigation.inbox_at("notifications:inbox", lambda viewer: viewer.unread)
