//! The task sizes that Fargate supports (Amazon ECS Developer Guide, "Task CPU and memory"), and the size of requests.

use crate::value::{Node, NodeKind};
use crate::view::View;

/// The memory sizes that are valid for a CPU size.
#[derive(Clone, Copy, Debug)]
pub struct FargateSize {
    /// CPU units; 1 vCPU is 1024 units.
    pub cpu: i64,
    /// The minimum memory, in MiB.
    pub least: i64,
    /// The maximum memory, in MiB.
    pub most: i64,
    /// The memory increment, in MiB; 0 if only `amounts` are valid.
    step: i64,
    /// Valid amounts outside the increments, in MiB.
    amounts: &'static [i64],
}

/// The minimum number of bytes of a part of a request as JSON, not counting unknown values; `None` if it is too large
/// to count.
pub fn least_size(view: View) -> Option<usize> {
    json(view.node)
}

const GIB: i64 = 1024;

/// All sizes, in ascending order of CPU.
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

    /// The valid CPU sizes.
    pub fn cpus() -> impl Iterator<Item = i64> {
        SIZES.iter().map(|size| size.cpu)
    }

    /// Returns `true` if this memory, in MiB, is valid for the CPU size.
    pub fn sells(self, memory: i64) -> bool {
        let stepped = self.step > 0 && (memory - self.least) % self.step == 0;
        self.amounts.contains(&memory) || (stepped && (self.least..=self.most).contains(&memory))
    }

    /// The smallest valid memory of at least `memory`, in MiB; the maximum if there is none.
    pub fn enough(self, memory: i64) -> i64 {
        let mut candidates = (self.least..=self.most).step_by(512).filter(|amount| self.sells(*amount));
        candidates.find(|amount| *amount >= memory).unwrap_or(self.most)
    }

    /// Describes the valid memory sizes in a message.
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
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    (0.0..1e9).contains(&scaled).then_some(scaled.round() as i64)
}

/// The size limit for counting. A larger value was not written by hand: it is assembled from parts that are reused many
/// times.
const ENOUGH: usize = 1 << 20;

/// The minimum number of bytes of a value as JSON; `None` if there are too many to count. Members that are `null` or
/// unknown are not counted.
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
