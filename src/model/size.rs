//! The sizes that Fargate sells (Amazon ECS Developer Guide, "Task CPU and memory"), and how large a request is.

use crate::value::{Node, NodeKind};
use crate::view::View;

/// The memory that goes with an amount of CPU.
#[derive(Clone, Copy, Debug)]
pub struct FargateSize {
    /// CPU units; 1024 are one vCPU.
    pub cpu: i64,
    /// The least memory, in MiB.
    pub least: i64,
    /// The most memory, in MiB.
    pub most: i64,
    /// The step between two amounts of memory, in MiB; 0 where only `amounts` are sold.
    step: i64,
    /// Amounts that are sold apart from the steps, in MiB.
    amounts: &'static [i64],
}

/// The number of bytes that a part of a request has as JSON, at least: what is not known counts for nothing. None where
/// they are beyond counting.
pub fn least_size(view: View) -> Option<usize> {
    json(view.node)
}

const GIB: i64 = 1024;

/// Every size; in ascending order of CPU.
const SIZES: &[FargateSize] = &[
    FargateSize { cpu: 256, least: 512, most: 2 * GIB, step: 0, amounts: &[512, GIB, 2 * GIB] },
    FargateSize { cpu: 512, least: GIB, most: 4 * GIB, step: GIB, amounts: &[] },
    FargateSize { cpu: 1024, least: 2 * GIB, most: 8 * GIB, step: GIB, amounts: &[] },
    FargateSize { cpu: 2048, least: 4 * GIB, most: 16 * GIB, step: GIB, amounts: &[] },
    FargateSize { cpu: 4096, least: 8 * GIB, most: 30 * GIB, step: GIB, amounts: &[] },
    FargateSize { cpu: 8192, least: 16 * GIB, most: 60 * GIB, step: 4 * GIB, amounts: &[] },
    FargateSize { cpu: 16384, least: 32 * GIB, most: 120 * GIB, step: 8 * GIB, amounts: &[] },
    FargateSize {
        cpu: 32768,
        least: 60 * GIB,
        most: 244 * GIB,
        step: 0,
        amounts: &[60 * GIB, 120 * GIB, 244 * GIB],
    },
];

impl FargateSize {
    /// The size with this many CPU units.
    pub fn of(cpu: i64) -> Option<FargateSize> {
        SIZES.iter().find(|size| size.cpu == cpu).copied()
    }

    /// The amounts of CPU that are sold.
    pub fn cpus() -> impl Iterator<Item = i64> {
        SIZES.iter().map(|size| size.cpu)
    }

    /// Whether this memory, in MiB, is sold with it.
    pub fn sells(self, memory: i64) -> bool {
        let stepped = self.step > 0 && (memory - self.least) % self.step == 0;
        self.amounts.contains(&memory) || (stepped && (self.least..=self.most).contains(&memory))
    }

    /// The memory sold with it that is nearest above what is asked for; the most if none is.
    pub fn enough(self, memory: i64) -> i64 {
        let mut candidates = (self.least..=self.most).step_by(512).filter(|amount| self.sells(*amount));
        candidates.find(|amount| *amount >= memory).unwrap_or(self.most)
    }

    /// What memory it is sold with, in words.
    pub fn memory(self) -> String {
        match self.amounts {
            [] => format!("{} to {} MiB in increments of {} MiB", self.least, self.most, self.step),
            [first @ .., last] => {
                let first: Vec<String> = first.iter().map(ToString::to_string).collect();
                format!("{}, or {last} MiB", first.join(", "))
            }
        }
    }
}

/// Task CPU in CPU units: `1024`, `1 vCPU`, `.5 vcpu`.
pub fn cpu_units(text: &str) -> Option<i64> {
    amount(text, "vcpu", 1024.0)
}

/// Task memory in MiB: `2048`, `2GB`, `0.5 GB`.
pub fn memory_mib(text: &str) -> Option<i64> {
    amount(text, "gb", 1024.0)
}

fn amount(text: &str, unit: &str, factor: f64) -> Option<i64> {
    let text = text.trim().to_ascii_lowercase();
    let Some(number) = text.strip_suffix(unit) else { return text.parse().ok() };
    let scaled = number.trim().parse::<f64>().ok()? * factor;
    let sane = scaled.is_finite() && (0.0..1e9).contains(&scaled);
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    sane.then_some(scaled.round() as i64)
}

/// A value larger than this is not written by anyone: it grew out of parts that are used again and again.
const ENOUGH: usize = 1 << 20;

/// The least number of bytes of a value as JSON; none where they are beyond counting. Members that are `null` or not
/// known count for nothing.
fn json(node: &Node) -> Option<usize> {
    let mut size = 0;
    add(node, &mut size);
    (size <= ENOUGH).then_some(size)
}

fn add(node: &Node, size: &mut usize) {
    *size += match &node.kind {
        NodeKind::Number(text) => text.len(),
        NodeKind::String(text) => text.len() + 2,
        NodeKind::Text(text) => text.known_texts().map(str::len).sum::<usize>() + 2,
        NodeKind::Null
        | NodeKind::Unknown(_)
        | NodeKind::Bool(_)
        | NodeKind::Array(_)
        | NodeKind::Object(_) => 1,
    };
    let unset = |node: &Node| matches!(node.kind, NodeKind::Null | NodeKind::Unknown(_));
    if let NodeKind::Array(array) = &node.kind {
        for item in &array.items {
            if *size > ENOUGH {
                return;
            }
            *size += 1;
            add(item, size);
        }
    }
    if let NodeKind::Object(object) = &node.kind {
        for entry in object.entries.iter().filter(|entry| !unset(&entry.value)) {
            if *size > ENOUGH {
                return;
            }
            *size += entry.key.len() + 4;
            add(&entry.value, size);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_may_be_spelled_out() {
        assert_eq!(cpu_units("1024"), Some(1024));
        assert_eq!(cpu_units(".25 vCPU"), Some(256));
        assert_eq!(cpu_units("1vcpu"), Some(1024));
        assert_eq!(memory_mib("0.5 GB"), Some(512));
        assert_eq!(memory_mib("2GB"), Some(2048));
        assert_eq!(memory_mib("lots"), None);
    }

    #[test]
    fn memory_goes_in_the_steps_of_its_cpu() {
        let sells = |cpu, memory| FargateSize::of(cpu).is_some_and(|size| size.sells(memory));
        assert!(sells(256, 512) && sells(256, 2048) && !sells(256, 1536) && !sells(256, 4096));
        assert!(sells(8192, 20480) && !sells(8192, 18432));
        assert!(sells(32768, 249_856) && !sells(32768, 65536));
    }

    #[test]
    fn the_nearest_size_has_at_least_the_memory_asked_for() {
        assert_eq!(FargateSize::of(256).map(|size| size.enough(600)), Some(1024));
        assert_eq!(FargateSize::of(256).map(|size| size.enough(9000)), Some(2048));
    }
}
