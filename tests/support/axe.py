"""axe-core and a browser: where they are, and how the first is put there.

``python tests/support/axe.py`` installs axe-core with npm, in the folder named by ``FINSAM_AXE`` or
in a cache folder of the user. The browser is a Chromium of the computer's own. Nothing is fetched
while tests run.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

VERSION = "4.14.1"
_CACHE = Path.home() / ".cache" / "finsam-axe"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MARK = "finsam-answer"
HOW = "kör: python tests/support/axe.py"


class Browser(NamedTuple):
    """A Chromium, and the file of axe-core."""

    program: str
    axe: Path

    def judge(self, page: Path, folder: Path, *, width: int) -> Any:
        """What axe says of a page that is as wide as that: each violation, and where first."""
        asked = (
            "axe.run().then(r => answer(r.violations.map(v => "
            "[v.id, v.nodes.length, v.nodes[0].html.slice(0, 200)])))"
        )
        return self.ask(page, asked, folder, width=width, scripts=(self.axe,))

    def ask(
        self,
        page: Path,
        script: str,
        folder: Path,
        *,
        width: int = 1280,
        scripts: Any = (),
        query: str = "",
    ) -> Any:
        """What a script, run in an opened page, hands to ``answer``."""
        text = page.read_text(encoding="utf-8")
        loaded = "".join(f'<script src="{one.as_uri()}"></script>' for one in scripts)
        answering = (
            "<script>function answer(told) { const box = document.createElement('pre');"
            f"box.id = '{_MARK}'; box.textContent = JSON.stringify(told);"
            "document.body.appendChild(box); }"
            f"window.addEventListener('load', () => setTimeout(() => {{ {script} }}, 800));</script>"
        )
        text = text.replace("<head>", f'<head><base href="{page.parent.as_uri()}/">', 1)
        copy = folder / f"{page.stem}.html"
        copy.write_text(text.replace("</body>", f"{loaded}{answering}</body>"), encoding="utf-8")
        command = [
            self.program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--allow-file-access-from-files", "--virtual-time-budget=20000",
            f"--window-size={width},1200", f"--user-data-dir={folder / 'profile'}",
            "--dump-dom", f"{copy.as_uri()}{query}",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        found = re.search(rf'<pre id="{_MARK}">(.*?)</pre>', done.stdout, re.DOTALL)
        assert found, (done.stdout[-500:], done.stderr[-1500:])
        return json.loads(html.unescape(found[1]))


def home() -> Path:
    """The folder that holds axe-core."""
    return Path(os.environ.get("FINSAM_AXE") or _CACHE) / VERSION


def browser() -> Browser | str:
    """The parts, or in Swedish what is missing."""
    program = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    axe = home() / "node_modules/axe-core/axe.min.js"
    if program is None:
        return "Chromium finns inte på datorn"
    if not axe.is_file():
        return f"axe-core {VERSION} finns inte i {home()}; {HOW}"
    return Browser(program, axe)


def install() -> None:
    """Put axe-core in place."""
    home().mkdir(parents=True, exist_ok=True)
    if not (home() / "node_modules/axe-core/axe.min.js").is_file():
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]
        where = ["--prefix", str(home()), f"axe-core@{VERSION}"]
        subprocess.run([*command, *where], check=True, stdout=sys.stderr)


if __name__ == "__main__":
    install()
    print(home())
