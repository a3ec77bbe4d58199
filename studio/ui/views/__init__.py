"""Values as HTML. Pure functions; every text of the user is escaped."""
