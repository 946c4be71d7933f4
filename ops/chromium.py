"""The Chromium that is on this machine, as the browser tests and the screenshots start it."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

PATH = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    # It would ask for updates and lists, which a closed network refuses one by one.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=PATH, args=ARGUMENTS)
