"""What the contacts app brings to the menus."""

from core import navigation

navigation.add("Kontaktpersoner", "contacts:overview", 70, public=True)
navigation.add("Organisationer", "contacts:organisations", 80, shown=lambda viewer: viewer.is_secretariat)
navigation.add("Indstillinger", "contacts:settings", 90, shown=lambda viewer: viewer.is_secretariat)
navigation.add_footer("Kontaktpersoner", "contacts:overview", 10)
