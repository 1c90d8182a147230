//! Reproducible random mutations, for use without libFuzzer.

/// Pseudorandom numbers.
pub struct Dice(u64);

impl Dice {
    /// Starts with a seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns a number below `most`.
    pub fn throw(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % most.max(1) as u64).unwrap_or_default()
    }

    /// Returns any byte.
    pub fn byte(&mut self) -> u8 {
        u8::try_from(self.throw(256)).unwrap_or_default()
    }
}

/// Mutates an input in a few places, with words of a dictionary and with parts of another input.
pub fn mutate(input: &[u8], other: &[u8], words: &[String], dice: &mut Dice) -> Vec<u8> {
    let mut data = input.to_vec();
    for _ in 0..=dice.throw(4) {
        let start = dice.throw(data.len() + 1);
        let end = (start + dice.throw(12)).min(data.len());
        let new: Vec<u8> = match dice.throw(6) {
            0 => Vec::new(),
            1 | 2 => words[dice.throw(words.len())].as_bytes().to_vec(),
            3 => vec![b"\"{}[],:\n\\ 0$%<#=("[dice.throw(17)]],
            4 => {
                let from = dice.throw(other.len() + 1);
                other[from..(from + dice.throw(64)).min(other.len())].to_vec()
            }
            _ => data[start..end].repeat(1 + dice.throw(8)),
        };
        let end = if dice.throw(2) == 0 { start } else { end };
        data.splice(start..end, new);
    }
    data
}
