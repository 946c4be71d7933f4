"""`make screenshots`: the main pages of a running demo site at 390 and 1440 px, light and dark,
into `var/screenshots/`, to be looked at by a person."""

import argparse
import json
import os
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from ops import chromium

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("AUDITORIUM_VAR", ROOT / "var"))
README = ROOT / "docs" / "screenshots"
README_SHOTS = ("home", "audition", "workbench")
WIDTHS = (390, 1440)
HEIGHT = 900
# Pictures further down are loaded when they come into view.
SCROLL_THROUGH = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
  scrollTo(0, 0);
}"""


@dataclass(frozen=True)
class Shot:
    """A page to be seen: by its path, or by the first link on that page that matches `follow`."""

    name: str
    path: str
    role: str = ""
    follow: str = ""


SHOTS = (
    Shot("home", "/"),
    Shot("category", "/", follow='a[href^="/c/"]'),
    Shot("guides", "/guides/"),
    Shot("guide", "/guides/", follow='main a[href^="/guides/"]:not([href="/guides/"])'),
    Shot("product", "/", follow='main a[href^="/p/"]'),
    Shot("watch", "/", follow='main a[href^="/watch/"]'),
    Shot("search", "/search/?q=rice+cooker"),
    Shot("search-nothing", "/search/?q=zzzzqqqq"),
    Shot("auditions", "/auditions/"),
    Shot("audition", "/auditions/", role="shopper", follow='main a[href^="/auditions/"]'),
    Shot("selected", "/selected/"),
    Shot("sign-in", "/accounts/login/"),
    Shot("sign-up", "/accounts/signup/"),
    Shot("not-found", "/no-such-page/"),
    Shot("my-page", "/my/", role="shopper"),
    Shot("apply", "/merchant/apply/", role="shopper"),
    Shot("workbench", "/merchant/", role="merchant"),
    Shot("workbench-products", "/merchant/", role="merchant", follow='a[href$="/products/"]'),
    Shot("workbench-guides", "/merchant/", role="merchant", follow='a[href$="/guides/"]'),
    Shot("workbench-videos", "/merchant/", role="merchant", follow='a[href$="/videos/"]'),
    Shot("workbench-auditions", "/merchant/", role="merchant", follow='a[href$="/auditions/"]'),
    Shot("admin", "/admin/", role="editor"),
)


def sign_in(page: Page, base: str, login: dict[str, str]) -> None:
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", login["email"])
    page.fill("input[name=password]", login["password"])
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def take(browser: Browser, base: str, folder: Path, logins: dict[str, dict[str, str]]) -> None:
    for scheme in ("light", "dark"):
        for role in ("", "shopper", "merchant", "editor"):
            context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
            page = context.new_page()
            if role:
                sign_in(page, base, logins[role])
            for shot in (shot for shot in SHOTS if shot.role == role):
                take_one(page, base, shot, folder, scheme)
            context.close()


def take_one(page: Page, base: str, shot: Shot, folder: Path, scheme: str) -> None:
    page.goto(base + shot.path)
    if shot.follow:
        link = page.locator(shot.follow).first
        if not link.count():
            print(f"{shot.name}: nothing on {shot.path} leads there yet")
            return
        page.goto(base + str(link.get_attribute("href")))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.reload()
        page.evaluate(SCROLL_THROUGH)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{shot.name}-{width}-{scheme}.png", full_page=True)
    print(f"{shot.name} {scheme}")


def crop_for_readme(folder: Path) -> None:
    """What one sees of a page at first, small enough to be kept in the repository."""
    README.mkdir(exist_ok=True)
    for name in README_SHOTS:
        with Image.open(folder / f"{name}-{WIDTHS[-1]}-light.png") as image:
            visible = image.crop((0, 0, image.width, HEIGHT))
            visible.convert("RGB").save(README / f"{name}.webp", quality=82)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://localhost:8000", help="address of the site")
    parser.add_argument("--out", type=Path, default=VAR / "screenshots")
    parser.add_argument("--readme", action="store_true", help="also renew the README's pictures")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    logins = json.loads((VAR / "demo-logins.json").read_text())
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        take(browser, options.base, options.out, logins)
        browser.close()
    if options.readme:
        crop_for_readme(options.out)


if __name__ == "__main__":
    main()
