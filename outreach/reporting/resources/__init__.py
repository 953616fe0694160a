"""The forms of the resources sheet: one file a form, one contract."""
