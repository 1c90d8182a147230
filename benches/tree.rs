//! Trees of ECS files that look like those of real repositories (forms of container definitions, layouts and sizes in the
//! shares that were counted in public ones), the same for the same seed. Benches and tests make them in memory, the
//! example `tree` writes them to a disk.

#[path = "tree/json.rs"]
mod json;
#[path = "tree/module.rs"]
mod module;
#[path = "tree/root.rs"]
mod root;

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Amounts {
    /// Terraform roots, of 4.4 `.tf` files each on average.
    pub roots: usize,
    /// Modules that roots share.
    pub modules: usize,
    /// How many of a hundred roots call three of them.
    pub callers: usize,
    /// Directories with the JSON of a task definition and of a service.
    pub pairs: usize,
    /// The like, as templates of CloudFormation.
    pub templates: usize,
    /// Services of one more root, which makes them by `for_each`.
    pub services: usize,
    /// Bytes of one more task definition.
    pub bytes: usize,
}

/// Paths with their texts.
pub type Files = Vec<(String, String)>;

/// A tree.
pub fn files(amounts: Amounts, seed: u64) -> Files {
    let mut dice = Dice::new(seed);
    let mut files = Files::new();
    for number in 0..amounts.modules {
        module::write(number, &mut files);
    }
    for number in 0..amounts.roots {
        root::write(number, amounts, &mut dice, &mut files);
    }
    for number in 0..amounts.pairs {
        json::write_pair(number, &mut dice, &mut files);
    }
    for number in 0..amounts.templates {
        json::write_template(number, &mut dice, &mut files);
    }
    if amounts.services > 0 {
        module::write_services(amounts.services, &mut files);
    }
    if amounts.bytes > 0 {
        json::write_large(amounts.bytes, &mut dice, &mut files);
    }
    files
}

/// Numbers that look random and are the same in each run.
pub struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `most`.
    pub fn throw(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % most
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, share: usize) -> bool {
        self.throw(100) < share
    }

    /// One of some words.
    pub fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.throw(words.len())]
    }
}
