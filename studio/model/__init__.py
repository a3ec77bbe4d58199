"""What films are made of: frozen values, without files, engines or screens."""
