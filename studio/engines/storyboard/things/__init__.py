"""Animals, vehicles, buildings and single objects, drawn by code or taken from icons."""
