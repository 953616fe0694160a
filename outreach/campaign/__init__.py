"""The campaign folder: its file ``outreach.toml``, which remembers what nobody wants to type twice, and its ledger."""
