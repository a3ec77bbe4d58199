"""The picture itself: its light and stage, who stands where, cut-outs, and the hands it is finished in."""
