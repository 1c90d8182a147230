//! Finds the end of an attribute or block by its brackets, quotes, heredocs, and comments alone. It is used where the parser
//! gave up, so it works on broken text, in linear time.

/// How far an item reaches.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Extent {
    /// Offset past its last byte; the line break is not part of it.
    pub end: usize,
    /// The first bracket that nothing closes.
    pub unclosed: Option<usize>,
    /// A quote whose string nothing closes on its line.
    pub unclosed_quote: Option<usize>,
}

/// The maximum number of open brackets. Beyond it, the rest of the text belongs to one item.
const MAX_OPEN: usize = 10_000;

/// What is open at a place.
enum Open<'t> {
    Bracket(usize),
    Quote(usize),
    Heredoc(&'t str),
}

/// The items between two offsets: where each begins, and how far it reaches.
pub(super) fn items(text: &str, start: usize, end: usize) -> Vec<(usize, Extent)> {
    let mut items = Vec::new();
    let mut at = skip_space(text, start, end);
    while at < end {
        let extent = Scan { text: &text[..end], at, open: Vec::new(), quote: None }.extent(at);
        let next = skip_space(text, extent.end.max(at + 1), end);
        items.push((at, extent));
        at = next;
    }
    items
}

/// The comments of a text.
pub fn comments(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut scan = Scan { text, at: 0, open: Vec::new(), quote: None };
    let mut comments = Vec::new();
    while scan.at < text.len() {
        let in_code = matches!(scan.open.last(), Some(Open::Bracket(_)) | None);
        if let Some(length) = comment(scan.rest()).filter(|_| in_code) {
            comments.push(scan.at..scan.at + length);
        }
        scan.at += scan.step();
    }
    comments
}

/// The offset of the end of the argument, item, or block that starts at `start`.
pub fn extent(text: &str, start: usize) -> usize {
    Scan { text, at: start, open: Vec::new(), quote: None }.extent(start).end
}

/// The next offset that is neither white space nor part of a comment.
pub fn next(text: &str, at: usize) -> usize {
    skip_space(text, at, text.len())
}

/// Skips white space and comments.
fn skip_space(text: &str, mut at: usize, end: usize) -> usize {
    while at < end {
        match comment(&text[at..end]) {
            Some(length) => at += length,
            None if text.as_bytes()[at].is_ascii_whitespace() => at += 1,
            None => break,
        }
    }
    text.ceil_char_boundary(at.min(end))
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    open: Vec<Open<'t>>,
    /// The first quote that was not closed on its line.
    quote: Option<usize>,
}

impl<'t> Scan<'t> {
    /// How far the item at `start` reaches: to the end of the line on which all its brackets are closed.
    fn extent(mut self, start: usize) -> Extent {
        while self.at < self.text.len() && !self.is_over() {
            self.at += self.step();
        }
        let is_cut = self.open.len() > MAX_OPEN;
        let unclosed = self.open.iter().filter(|_| !is_cut).find_map(|open| match open {
            Open::Bracket(at) | Open::Quote(at) => Some(*at),
            Open::Heredoc(_) => None,
        });
        Extent { end: self.at.max(start).min(self.text.len()), unclosed, unclosed_quote: self.quote }
    }

    /// Goes on by one comment, bracket or run of plain text; gives back how many bytes.
    fn step(&mut self) -> usize {
        match self.open.last() {
            Some(Open::Quote(_)) => self.quoted(),
            Some(Open::Heredoc(delimiter)) => self.heredoc(delimiter),
            Some(Open::Bracket(_)) | None => self.code(),
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Whether the item ends here: at a line break with nothing open, or where another block of the top level begins.
    fn is_over(&self) -> bool {
        match self.text.as_bytes()[self.at] {
            b'\n' => self.open.is_empty(),
            _ => {
                let begins_line = self.at > 0 && self.text.as_bytes()[self.at - 1] == b'\n';
                let in_brackets = matches!(self.open.last(), Some(Open::Bracket(_)));
                begins_line && in_brackets && begins_block(self.rest()) && self.only_brackets()
            }
        }
    }

    fn only_brackets(&self) -> bool {
        self.open.iter().all(|open| matches!(open, Open::Bracket(_)))
    }

    /// The length of the first character, and of what follows it on its line, up to a byte that may mean something.
    fn plain(&self, has_meaning: impl Fn(u8) -> bool) -> usize {
        let bytes = self.rest().as_bytes();
        if bytes[0] == b'\n' {
            return 1;
        }
        let is_end = |byte: &u8| *byte == b'\n' || has_meaning(*byte);
        1 + bytes[1..].iter().position(is_end).unwrap_or(bytes.len() - 1)
    }

    /// Goes on within a string; gives back how many bytes.
    fn quoted(&mut self) -> usize {
        if let Some(length) = self.interpolation() {
            return length;
        }
        match self.rest().as_bytes()[0] {
            b'\\' => {
                1 + self.rest()[1..].chars().next().filter(|next| *next != '\n').map_or(0, char::len_utf8)
            }
            b'"' => {
                self.open.pop();
                1
            }
            b'\n' => {
                if let Some(Open::Quote(quote)) = self.open.pop() {
                    self.quote.get_or_insert(quote);
                }
                0
            }
            _ => self.plain(|byte| matches!(byte, b'\\' | b'"' | b'$' | b'%')),
        }
    }

    /// Goes on within a heredoc, whose last line holds the delimiter alone.
    fn heredoc(&mut self, delimiter: &str) -> usize {
        // A line is looked at once, where it begins: it may be as long as the file.
        if self.text.as_bytes()[self.at - 1] == b'\n' {
            let line = self.rest().split('\n').next().unwrap_or_default();
            if line.trim() == delimiter {
                self.open.pop();
                return line.len();
            }
        }
        self.interpolation().unwrap_or_else(|| self.plain(|byte| matches!(byte, b'$' | b'%')))
    }

    /// `${` and `%{` open a bracket within text; `$${` and `%%{` do not.
    fn interpolation(&mut self) -> Option<usize> {
        let rest = self.rest();
        if !rest.starts_with(['$', '%']) {
            return None;
        }
        if rest.starts_with("$${") || rest.starts_with("%%{") {
            return Some(3);
        }
        (rest.starts_with("${") || rest.starts_with("%{")).then(|| {
            self.open.push(Open::Bracket(self.at + 1));
            2
        })
    }

    /// Goes on outside of strings.
    fn code(&mut self) -> usize {
        if self.open.len() > MAX_OPEN {
            return self.rest().len();
        }
        if let Some(length) = comment(self.rest()) {
            return length;
        }
        if let Some((delimiter, length)) = heredoc_start(self.rest()) {
            self.open.push(Open::Heredoc(delimiter));
            return length;
        }
        match self.rest().as_bytes()[0] {
            b'"' => self.open.push(Open::Quote(self.at)),
            b'{' | b'[' | b'(' => self.open.push(Open::Bracket(self.at)),
            b'}' | b']' | b')' => {
                self.open.pop();
            }
            _ => {
                return self.plain(|byte| {
                    matches!(byte, b'#' | b'/' | b'<' | b'"' | b'{' | b'[' | b'(' | b'}' | b']' | b')')
                });
            }
        }
        1
    }
}

/// The length of the comment that the text begins with; the line break is not part of it.
fn comment(text: &str) -> Option<usize> {
    if !text.starts_with(['#', '/']) {
        return None;
    }
    if text.starts_with('#') || text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let inside = text.strip_prefix("/*")?;
    Some(inside.find("*/").map_or(text.len(), |end| end + 4))
}

/// The delimiter of the heredoc that the text begins, and the length of its first line.
fn heredoc_start(text: &str) -> Option<(&str, usize)> {
    let word = text.strip_prefix("<<")?;
    let word = word.strip_prefix('-').unwrap_or(word);
    let line = word.split_inclusive('\n').next()?;
    let delimiter = line.strip_suffix('\n')?.trim_end();
    let is_name =
        delimiter.starts_with(|c: char| c.is_alphabetic() || c == '_') && delimiter.chars().all(is_of_name);
    is_name.then_some((delimiter, text.len() - word.len() + line.len()))
}

/// Returns `true` for the characters of names after the first, which may be combining marks.
pub(super) fn is_of_name(letter: char) -> bool {
    letter == '-' || letter.is_alphanumeric() || unicode_ident::is_xid_continue(letter)
}

/// Whether a line begins a block of the top level, so that the block before it was never closed.
fn begins_block(line: &str) -> bool {
    let after = |word: &&str| line.strip_prefix(*word).map(str::trim_start);
    let labelled = ["resource", "data", "module", "variable", "output", "provider"];
    let bare = ["locals", "terraform"];
    labelled.iter().filter_map(after).any(|rest| rest.starts_with('"'))
        || bare.iter().filter_map(after).any(|rest| rest.starts_with('{'))
}
