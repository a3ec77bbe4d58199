"""REST, media and the live socket: thin routes over ``Doors``. Gradio is a neighbour, never imported here."""
