"""Stories from language models: one way of asking (``ladder``), one way of telling (``storyteller``), many services."""
