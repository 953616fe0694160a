"""The address book of whoever decides what a place publishes: how far we are with each, and what was agreed."""
