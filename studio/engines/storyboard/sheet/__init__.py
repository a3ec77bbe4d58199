"""What everything is drawn on and with: the understood prompt, light, stage, canvas, vector shapes and cut-outs."""
