"""What reading access logs takes: lines for the engine, their formats, who is a person, visits and goals."""
