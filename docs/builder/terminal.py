"""The output of a terminal as HTML: the picture of a run that can be searched, copied, and read aloud."""

import html as markup
import re

# The styles that ecslint uses, by their number in an escape sequence.
STYLES = {"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "yellow", "34": "blue", "36": "cyan"}


def html(output):
    """A `pre` element. Lines that begin with `$ ` are commands."""
    lines, styles = [], []
    for line in output.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            lines += [*([""] if lines else []), f'<span class="command">{markup.escape(line)}</span>']
        else:
            shown, styles = styled(line, styles)
            lines.append(shown)
    # Markdown ends some HTML blocks at an empty line, and mdBook highlights `code` elements; a `pre` alone has neither.
    return '<pre class="terminal">' + "\n".join(lines) + "</pre>\n"


def styled(line, styles):
    """A line with spans instead of escape sequences, and the styles at its end. Each sequence that is not a reset adds one."""
    out = ""
    for part in re.split(r"(\x1b\[[\d;]*m)", line):
        if part.startswith("\x1b["):
            for number in part[2:-1].split(";"):
                styles = [*styles, STYLES[number]] if number in STYLES else []
        elif part:
            text = markup.escape(part, quote=False)
            out += f'<span class="{" ".join(styles)}">{text}</span>' if styles else text
    return out, styles
