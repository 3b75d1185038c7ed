"""What the register brings to the menu: everybody who is signed in reads it."""

from core import navigation

navigation.add("Aftaler", "portfolio:register", 40)
