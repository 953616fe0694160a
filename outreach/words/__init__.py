"""The languages of our users: how a text is compared, and which words mean what."""
