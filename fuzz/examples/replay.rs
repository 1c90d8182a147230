//! Runs targets without libFuzzer: on the inputs that once failed, on the seeds, and on reproducible mutations of
//! both; or on the given inputs: `replay json FILE`.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Instant;

use ecslint_fuzz::mutate::{Dice, mutate};
use ecslint_fuzz::{TARGETS, Target, dictionary, seeds};

/// Default number of mutated inputs for each target.
const CHANGES: usize = 300;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let changes = arguments.iter().find_map(|word| word.parse().ok()).unwrap_or(CHANGES);
    let files: Vec<&String> = arguments.iter().filter(|word| Path::new(word).is_file()).collect();
    let named = |name: &str| arguments.iter().any(|word| word == name);
    let any = TARGETS.iter().any(|(name, ..)| named(name));
    TARGETS.iter().filter(|(name, ..)| !any || named(name)).try_for_each(|target| match files.as_slice() {
        [] => replay(target, changes),
        files => files.iter().try_for_each(|file| fs::read(file).map(|input| target.1(&input))),
    })
}

/// A failure ends the program, and the input that causes it stays in the file that was named.
fn replay((name, run, begin): &Target, changes: usize) -> io::Result<()> {
    let begun = Instant::now();
    let mut inputs = seeds::finds(name)?;
    let found = inputs.len();
    inputs.extend(begin());
    let last = std::env::temp_dir().join(format!("ecslint-fuzz-{name}-{}", std::process::id()));
    let run = |input: &[u8]| -> io::Result<()> {
        fs::write(&last, input)?;
        run(input);
        Ok(())
    };
    eprintln!("{name}: the input is in {}", last.display());
    inputs.iter().try_for_each(|input| run(input))?;
    let words: Vec<String> = dictionary::words().into_iter().collect();
    let mut dice = Dice::new(changes as u64);
    for _ in 0..changes {
        let [input, other] = [(); 2].map(|()| dice.throw(inputs.len()));
        run(&mutate(&inputs[input], &inputs[other], &words, &mut dice))?;
    }
    fs::remove_file(&last)?;
    let all = inputs.len() + changes;
    println!(
        "{name}: {found} finds, {} seeds, {changes} changes: {all} runs in {:.1} s",
        inputs.len() - found,
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}
