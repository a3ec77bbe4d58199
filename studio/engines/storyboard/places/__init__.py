"""Where a picture plays: kinds of places, and the land, water, sky and rooms that they are made of."""
