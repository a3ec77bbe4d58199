"""Opens the studio's window: ``python app.py`` is ``studio serve``."""

from studio.cli.serve import serve

if __name__ == "__main__":
    serve()
