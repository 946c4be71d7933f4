"""The environment, read through one object; a `.env` file beside manage.py adds to it."""

from pathlib import Path

import environ

env = environ.Env()
environ.Env.read_env(Path(__file__).resolve().parent.parent.parent / ".env", overwrite=False)
