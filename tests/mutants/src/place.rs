//! A place in the sources that a mutant changes.

use std::ops::Range;

use crate::sample::SEED;

/// A part of the text that takes the place of the original.
#[derive(Clone, Debug)]
pub enum Piece {
    Text(String),
    /// The expression that is true if the mutant is chosen.
    Switch,
    /// Bytes of the original, with the mutants in them.
    Source(Range<usize>),
}

#[derive(Clone, Debug)]
pub struct Place {
    /// Relative to the root of the repository.
    pub file: String,
    pub function: String,
    pub line: usize,
    /// The bytes that are replaced. It is empty if text is only inserted.
    pub range: Range<usize>,
    /// The original on one line.
    pub text: String,
    /// The change, such as `< to <=`.
    pub change: String,
    pub pieces: Vec<Piece>,
    /// The number of earlier places of the file with the same function, text, and change.
    pub repeat: usize,
}

impl Place {
    /// The name of the mutant, which does not depend on its line.
    pub fn key(&self) -> String {
        let key = [&self.file, &self.function, &self.text, &self.change].map(String::as_str).join("\t");
        if self.repeat == 0 { key } else { format!("{key} #{}", self.repeat + 1) }
    }

    /// The number of the mutant, and its rank in the sample. It depends only on the seed and the key.
    pub fn number(&self) -> u64 {
        hash(&self.key())
    }
}

/// FNV-1a, and the last step of SplitMix64, because similar texts have similar FNV hashes.
fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325 ^ SEED, step);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Puts the mutants of a file into its text. `places` are in the order of [`order`].
pub struct Writer<'a> {
    pub text: &'a str,
    pub places: &'a [&'a Place],
    pub out: String,
    /// The bytes of the output that each mutant wrote.
    pub written: Vec<(u64, Range<usize>)>,
}

/// Outer places before those in them, and insertions before what they precede.
pub fn order(place: &Place) -> (usize, bool, std::cmp::Reverse<usize>) {
    (place.range.start, !place.range.is_empty(), std::cmp::Reverse(place.range.end))
}

fn switch(number: u64) -> String {
    let flag = "std::sync::atomic::AtomicBool";
    format!("crate::mutant({number}, {{ static REACHED: {flag} = {flag}::new(false); &REACHED }})")
}

impl Writer<'_> {
    /// Writes bytes of the original with the places in them, of those from `first`.
    pub fn write(&mut self, range: Range<usize>, first: usize) {
        let mut at = range.start;
        for index in first..self.places.len() {
            let place = self.places[index];
            if place.range.start < at || place.range.end > range.end {
                continue;
            }
            self.out += &self.text[at..place.range.start];
            let start = self.out.len();
            for piece in &place.pieces {
                match piece {
                    Piece::Text(text) => self.out += text,
                    Piece::Switch => self.out += &switch(place.number()),
                    Piece::Source(inner) => self.write(inner.clone(), index + 1),
                }
            }
            self.written.push((place.number(), start..self.out.len()));
            at = place.range.end;
        }
        self.out += &self.text[at..range.end];
    }
}
