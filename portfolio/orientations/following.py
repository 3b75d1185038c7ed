"""What has not been taken note of goes on to the forum's successor."""

from contacts.models import Forum
from portfolio.models import Orientation
from transfers.actions.handing_over import also_hand_over


@also_hand_over
def orientations_follow(old: Forum, new: Forum) -> None:
    """Put the old forum's open orientations on the successor's next agenda."""
    Orientation.unscoped.filter(forum=old, noted_at__isnull=True).update(forum=new)
