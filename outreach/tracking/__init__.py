"""Step 6: from analytics exports to what each resource brought, and where to go next."""
