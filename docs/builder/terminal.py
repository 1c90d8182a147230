"""The output of a terminal, as HTML and as an SVG: pictures of a run that can be searched, copied, and read aloud."""

import html as markup
import re

# The styles that ecslint uses, by their number in an escape sequence.
STYLES = {"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "yellow", "34": "blue", "36": "cyan"}

# The colors of each style in a light and in a dark theme.
COLORS = {
    "back": ("#f6f8fa", "#0d1117"), "text": ("#24292f", "#e6edf3"), "dim": ("#6a737d", "#8b949e"),
    "red": ("#b3261e", "#ff7b72"), "green": ("#1a7f37", "#7ee787"), "yellow": ("#8a5a00", "#e3b341"),
    "blue": ("#0550ae", "#79c0ff"), "cyan": ("#0b6e7f", "#76e3ea"),
}
LINE, LETTER, MARGIN = 18, 7.83, 16


def css():
    """The colors as a style sheet for the themes of mdBook."""
    themes = (" ".join(f"--{name}: {colors[theme]};" for name, colors in COLORS.items()) for theme in (0, 1))
    return "\n".join(f"{selector} {{ {theme} }}" for selector, theme in zip((":root", ".coal, .navy, .ayu"), themes))


def html(output):
    """A `pre` element."""
    lines = [
        "".join(f'<span class="{" ".join(styles)}">{text}</span>' if styles else text for styles, text in line)
        for line in parts(output)
    ]
    # Markdown ends some HTML blocks at an empty line, and mdBook highlights `code` elements; a `pre` alone has neither.
    return '<pre class="terminal">' + "\n".join(lines) + "</pre>\n"


def svg(output):
    """A picture whose colors follow the theme of the reader."""
    lines = list(parts(output))
    width = round(max(sum(len(markup.unescape(text)) for _, text in line) for line in lines) * LETTER) + 2 * MARGIN
    height = len(lines) * LINE + 2 * MARGIN
    texts = [
        f'<text x="{MARGIN}" y="{MARGIN + LINE * (number + 0.75):g}">'
        + "".join(f'<tspan class="{" ".join(styles or ["text"])}">{text}</tspan>' for styles, text in line)
        + "</text>"
        for number, line in enumerate(lines)
        if line
    ]
    light, dark = (" ".join(f".{name} {{ fill: {colors[theme]}; }}" for name, colors in COLORS.items()) for theme in (0, 1))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
            "<style>",
            "text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre; }",
            f".bold, .command {{ fill: {COLORS['text'][0]}; font-weight: 700; }}",
            light,
            f"@media (prefers-color-scheme: dark) {{ .bold, .command {{ fill: {COLORS['text'][1]}; }} {dark} }}",
            "</style>",
            f'<rect class="back" width="{width}" height="{height}" rx="8"/>',
            *texts,
            "</svg>\n",
        ]
    )


def parts(output):
    """The lines of an output, each with its texts and their styles. Lines that begin with `$ ` are commands; an empty line comes
    before each but the first."""
    styles = []
    for number, line in enumerate(output.rstrip("\n").split("\n")):
        if line.startswith("$ "):
            yield from [[]] if number else []
            yield [(["command"], markup.escape(line, quote=False))]
        else:
            shown, styles = styled(line, styles)
            yield shown


def styled(line, styles):
    """The texts of a line, and the styles at its end. Each escape sequence that is not a reset adds a style."""
    shown = []
    for part in re.split(r"(\x1b\[[\d;]*m)", line):
        if part.startswith("\x1b["):
            for number in part[2:-1].split(";"):
                styles = [*styles, STYLES[number]] if number in STYLES else []
        elif part:
            shown.append((styles, markup.escape(part, quote=False)))
    return shown, styles
