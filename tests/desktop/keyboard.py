"""A screen worked by keys alone, and a record of it: each key with its time, a picture a step, a film.

Nothing here presses through the accessibility bus or with a pointer: the bus is only asked where the focus is and what
stands there. The pointer is put in a corner once, so that it hovers over nothing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

from tests.desktop.desktop import NotSeen, Screen, call, until

FRAMES = 5  # pictures a second: enough to follow the focus, little to keep
CAPTION = 44  # pixels below the film in which the keys stand
ITEMS = ("table cell", "list item", "tree item", "column header", "row header")
SPOKEN = {"Return": "Enter", "space": "Space", "comma": ",", "BackSpace": "Backspace"}


def hidden(line: str) -> bool:
    """Whether a line of the tree is a part that is not shown."""
    return line.endswith("@0,0 0x0")


def focused(tree: str) -> str:
    """The line of the tree that has the focus, or nothing.

    Lists and tables give their current item as focused even while the focus is elsewhere: an item counts only where
    its list has the focus too, and then it is the more telling line.
    """
    found: list[str] = []
    shut: int | None = None
    for line in tree.splitlines():
        depth = len(line) - len(line.lstrip())
        if shut is not None and depth > shut:
            continue
        shut = depth if hidden(line) and "menu" not in line else None
        if "[focused]" in line and not line.endswith("0x0"):
            found.append(line.strip())
    parts = [line for line in found if not line.startswith(ITEMS)]
    if not parts:
        return ""
    after = found[found.index(parts[-1]) + 1 :]
    return " in ".join([*after[:1], parts[-1]]) if parts[-1].startswith(("table", "list", "tree")) else parts[-1]


class Keyboard(Screen):
    """Hands that have keys only. ``film``: a file that shows the whole run; None makes none."""

    def __init__(self, pictures: Path | None, film: Path | None = None) -> None:
        super().__init__(pictures)
        self.film = film
        self.began = time.monotonic()
        self.pressed: list[tuple[float, str, str]] = []  # when, step, key or text
        self.step = ""
        self._number = 0
        self._camera: subprocess.Popen[bytes] | None = None

    # The record
    def begin(self) -> None:
        """Put the pointer away and start the film."""
        call("xdotool", "mousemove", "1279", "799")
        self.began = time.monotonic()
        if self.film is None:
            return
        if shutil.which("ffmpeg") is None:
            raise NotSeen("a film needs ffmpeg (Debian: apt-get install ffmpeg)")
        self._raw.unlink(missing_ok=True)
        size = "x".join(call("xdotool", "getdisplaygeometry").split())
        self._camera = subprocess.Popen(
            ["ffmpeg", "-y", "-loglevel", "error", "-f", "x11grab", "-framerate", str(FRAMES), "-draw_mouse", "0",
             "-video_size", size, "-i", ":" + call("sh", "-c", "echo $DISPLAY").strip().lstrip(":"),
             "-c:v", "libx264", "-preset", "ultrafast", "-qp", "12", str(self._raw)],
            stdin=subprocess.PIPE,
        )  # fmt: skip
        until("the film does not start", self._raw.exists)
        self.began = time.monotonic()

    def end(self) -> None:
        """Stop the film, and write the keys below it."""
        if self._camera is None or self.film is None:
            return
        self._camera.communicate(b"q", timeout=30)
        if not self.pressed:
            return
        words = self.film.with_suffix(".srt")
        words.write_text(self.captions(), encoding="utf-8")
        style = "FontName=DejaVu Sans,FontSize=7,Alignment=2,MarginV=3,Outline=0,Shadow=0,PrimaryColour=&HFFFFFF"
        subprocess.run(
            ["ffmpeg", "-y", "-loglevel", "error", "-i", str(self._raw), "-vf",
             f"pad=iw:ih+{CAPTION}:0:0:color=#20242c,subtitles={words}:force_style='{style}'",
             "-c:v", "libvpx-vp9", "-crf", "44", "-b:v", "0", "-g", "200", "-deadline", "realtime", "-cpu-used", "7",
             "-row-mt", "1", str(self.film)],
            check=True,
        )  # fmt: skip
        self._raw.unlink()
        words.unlink()

    @property
    def _raw(self) -> Path:
        assert self.film is not None
        return self.film.with_suffix(".mkv")

    def captions(self) -> str:
        """The keys as subtitles: step, and the last keys of it."""

        def clock(seconds: float) -> str:
            whole = int(seconds * 1000)
            return f"{whole // 3600000:02}:{whole // 60000 % 60:02}:{whole // 1000 % 60:02},{whole % 1000:03}"

        blocks = []
        for index, (when, step, _) in enumerate(self.pressed):
            until_next = self.pressed[index + 1][0] if index + 1 < len(self.pressed) else when + 4
            same = [key for _, other, key in self.pressed[max(0, index - 8) : index + 1] if other == step]
            blocks.append(f"{index + 1}\n{clock(when)} --> {clock(until_next)}\n{step}:  {'   '.join(same)}\n")
        return "\n".join(blocks)

    def log(self) -> str:
        """The keys with their times, one line a key."""
        lines, last = [], ""
        for when, step, key in self.pressed:
            if step != last:
                lines.append(f"\n{step}")
                last = step
            lines.append(f"{when:7.1f} s  {key}")
        count = sum(1 for _, _, key in self.pressed if not key.startswith("types"))
        texts = len(self.pressed) - count
        return f"{count} keys and {texts} texts typed, no pointer.\n" + "\n".join(lines) + "\n"

    def part(self, words: str) -> None:
        """Begin a step: keys and captions carry its name."""
        self.step = words
        self.say(words)

    # Hands
    def keys(self, *names: str) -> None:
        """Press keys, one after the other, each in the log."""
        for name in names:
            call("xdotool", "key", "--clearmodifiers", name)
            shown = "+".join(SPOKEN.get(part, part.capitalize()) for part in name.split("+"))
            self.pressed.append((time.monotonic() - self.began, self.step, shown))
            time.sleep(0.12)

    def type(self, words: str, *, secret: bool = False) -> None:
        """Type into what has the focus. ``secret``: the log says only that something was typed."""
        self.pressed.append((time.monotonic() - self.began, self.step, "types " + ("●●●●" if secret else words)))
        call("xdotool", "type", "--delay", "15", words)
        time.sleep(0.1)

    def press(self, name: str, *, title: str | None = None, patience: float = 0) -> None:
        """Pressing through the accessibility bus is no key."""
        raise NotImplementedError(name)

    def click(self, pattern: str, *, button: int = 1, title: str | None = None) -> None:
        """There is no pointer."""
        raise NotImplementedError(pattern)

    def front(self, title: str = "zbdesk") -> None:
        """Come to the window with the window manager's own key."""
        for _ in range(4):
            if re.search(f"{title}$", call("xdotool", "getactivewindow", "getwindowname").strip()):
                return
            self.keys("alt+Tab")
            time.sleep(0.5)
        raise NotSeen(f"no Alt+Tab leads to {title}")

    # Eyes
    def focus(self, title: str | None = None) -> str:
        """Where the focus is, as a screen reader is told."""
        return focused(call("names", title or self.title))

    def focus_is(self, pattern: str, *, title: str | None = None, patience: float = 10.0) -> str:
        """Wait until the focus is on what fits; returns its line."""
        seen = ""

        def there() -> bool:
            nonlocal seen
            seen = self.focus(title)
            return re.search(pattern, seen) is not None

        try:
            until(pattern, there, patience)
        except NotSeen:
            raise NotSeen(f"the focus is not on {pattern}, but on {seen or 'nothing'}") from None
        return seen

    def to(self, pattern: str, *, key: str = "Tab", title: str | None = None, most: int = 30) -> str:
        """Press a key until the focus is on what fits. What cannot be reached so fails, with the way that was gone."""
        way = [self.focus(title)]
        for _ in range(most):
            if re.search(pattern, way[-1]):
                return way[-1]
            self.keys(key)
            way.append(self.focus(title))
        raise NotSeen(f"{key} does not lead to {pattern}; the way: " + " > ".join(way))

    def tree_of_menus(self) -> set[str]:
        """The words of all entries in the menu bar."""
        found = re.findall(r"menu item '([^']*)'", call("names", self.title))
        return {words.split("\\t")[0] for words in found}

    def picture(self, name: str, title: str | None = None) -> None:
        """Keep a picture of the whole screen, numbered."""
        del title
        if self.pictures is None:
            return
        self._number += 1
        time.sleep(0.35)
        self.pictures.mkdir(parents=True, exist_ok=True)
        file = self.pictures / f"keys-{self._number:02}-{name}.png"
        call("shot", str(file))
        if shutil.which("convert"):
            call("convert", str(file), "-strip", "+dither", "-colors", "200", f"PNG8:{file}")
