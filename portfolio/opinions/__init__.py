"""Udtalelser: with several hospitals one leads, and the others' samarbejdsfora are asked (who is who)."""
