"""What the demonstration brings: the accounts of the sign-in page; nothing of it answers when DEMO is off."""

from core import demo
from portfolio.demo.accounts import provide

demo.register(provide)
