//! EC2 instance types and their capacity.

/// An EC2 instance type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceType {
    /// Its name, `t3.micro`.
    pub name: String,
    /// CPU units: 1024 for each vCPU.
    pub cpu: i64,
    /// Memory in MiB, including the memory that the system itself uses.
    pub memory: i64,
    /// The network interfaces, for types that cannot have more for their tasks (`awsvpcTrunking`).
    pub interfaces: Option<i64>,
}

/// GiB of memory for each vCPU, with the families that have this ratio in all sizes.
const FAMILIES: [(i64, &[&str]); 3] = [
    (
        2,
        &[
            "c5", "c5a", "c5d", "c5ad", "c6i", "c6id", "c6in", "c6a", "c6g", "c6gd", "c6gn", "c7g", "c7gd",
            "c7gn", "c7i", "c7a", "c8g",
        ],
    ),
    (
        4,
        &[
            "m4", "m5", "m5a", "m5d", "m5ad", "m5n", "m5dn", "m6i", "m6id", "m6in", "m6a", "m6g", "m6gd",
            "m7g", "m7gd", "m7i", "m7a", "m8g",
        ],
    ),
    (
        8,
        &[
            "r5", "r5a", "r5d", "r5ad", "r5n", "r5dn", "r5b", "r6i", "r6id", "r6in", "r6a", "r6g", "r6gd",
            "r7g", "r7gd", "r7i", "r7a", "r8g",
        ],
    ),
];

/// Burstable sizes: MiB of memory, the vCPUs of t2, t3, t3a, and t4g, and the network interfaces of each.
const BURSTABLE: [(&str, i64, [i64; 4], [i64; 4]); 7] = [
    ("nano", 512, [1, 2, 2, 2], [2, 2, 2, 2]),
    ("micro", 1024, [1, 2, 2, 2], [2, 2, 2, 2]),
    ("small", 2048, [1, 2, 2, 2], [3, 3, 2, 3]),
    ("medium", 4096, [2, 2, 2, 2], [3, 3, 3, 3]),
    ("large", 8192, [2, 2, 2, 2], [3, 3, 3, 3]),
    ("xlarge", 16_384, [4, 4, 4, 4], [3, 4, 4, 4]),
    ("2xlarge", 32_768, [8, 8, 8, 8], [3, 4, 4, 4]),
];

impl InstanceType {
    /// The architecture of a type, as `runtimePlatform.cpuArchitecture` names it. Families with AWS Graviton processors have a
    /// `g` after their generation; `g` before it is a GPU (`g5g` has both).
    pub fn architecture(name: &str) -> Option<&'static str> {
        let (family, _) = name.split_once('.')?;
        let after = family.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
        let options = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
        if family == "a1" {
            return Some("ARM64");
        }
        let is_known = family.starts_with(|letter: char| letter.is_ascii_lowercase())
            && after.len() != family.len()
            && after != options;
        is_known.then_some(if options.starts_with('g') { "ARM64" } else { "X86_64" })
    }

    /// Whether a type has GPUs of NVIDIA: those of the families `g` and `p`. `None` if the name is not that of a type.
    pub fn has_gpu(name: &str) -> Option<bool> {
        let (family, _) = name.split_once('.')?;
        let letters: String = family.chars().take_while(char::is_ascii_lowercase).collect();
        let is_known = !letters.is_empty() && letters.len() < family.len();
        is_known.then(|| letters.starts_with('g') || letters.starts_with('p'))
    }

    /// The type with that name; `None` if its size is unknown.
    pub fn of(name: &str) -> Option<InstanceType> {
        let (family, size) = name.split_once('.')?;
        let generation = ["t2", "t3", "t3a", "t4g"].iter().position(|known| *known == family);
        if let Some(generation) = generation {
            let (_, memory, vcpus, interfaces) = BURSTABLE.iter().find(|(known, ..)| *known == size)?;
            return Some(InstanceType {
                name: name.to_owned(),
                cpu: vcpus[generation] * 1024,
                memory: *memory,
                interfaces: Some(interfaces[generation]),
            });
        }
        let (ratio, _) = FAMILIES.iter().find(|(_, families)| families.contains(&family))?;
        let vcpus = vcpus(size)?;
        Some(InstanceType {
            name: name.to_owned(),
            cpu: vcpus * 1024,
            memory: vcpus * ratio * 1024,
            interfaces: None,
        })
    }
}

fn vcpus(size: &str) -> Option<i64> {
    match size {
        "medium" => Some(1),
        "large" => Some(2),
        "xlarge" => Some(4),
        _ => size
            .strip_suffix("xlarge")?
            .parse::<i64>()
            .ok()
            .filter(|times| *times <= 48)
            .map(|times| times * 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_with_graviton_processors_are_arm() {
        let arm = [
            "t4g.small",
            "m6g.large",
            "c7gn.xlarge",
            "g5g.xlarge",
            "a1.large",
            "x2gd.medium",
            "im4gn.large",
            "r8gd.large",
        ];
        assert!(arm.iter().all(|name| InstanceType::architecture(name) == Some("ARM64")));
        let intel = [
            "t3.small",
            "m5.large",
            "g4dn.xlarge",
            "p3.2xlarge",
            "c6in.large",
            "u-6tb1.metal",
            "inf2.xlarge",
            "t3a.small",
        ];
        assert!(intel.iter().all(|name| matches!(InstanceType::architecture(name), Some("X86_64") | None)));
    }

    #[test]
    fn families_of_accelerated_instances_have_gpus() {
        assert_eq!(InstanceType::has_gpu("g4dn.xlarge"), Some(true));
        assert_eq!(InstanceType::has_gpu("p5.48xlarge"), Some(true));
        assert_eq!(InstanceType::has_gpu("m6g.large"), Some(false));
        assert_eq!(InstanceType::has_gpu("t3.micro"), Some(false));
    }

    #[test]
    fn sizes_are_what_is_sold() {
        let size = |name: &str| InstanceType::of(name).map(|kind| (kind.cpu / 1024, kind.memory / 1024));
        assert_eq!(size("t3.small"), Some((2, 2)));
        assert_eq!(size("t2.small"), Some((1, 2)));
        assert_eq!(size("c5.18xlarge"), Some((72, 144)));
        assert_eq!(size("m5.large"), Some((2, 8)));
        assert_eq!(size("r6g.medium"), Some((1, 8)));
        assert_eq!(size("c5n.large"), None);
        assert_eq!(size("m5.metal"), None);
    }
}
