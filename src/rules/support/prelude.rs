//! The types that nearly all rules use: views and values to read, and findings to report.

pub use super::report::Report;
pub use crate::diagnostic::{Change, Finding, Place, Safety};
pub use crate::model::Project;
pub use crate::model::{
    Balancer, Cluster, Compute, Container, Efs, LoadBalancer, Log, NetworkMode, PortMapping, Service,
    Strategy, TargetGroup, Task, Volume,
};
pub use crate::view::Value::{self, Known, Missing, Unknown};
pub use crate::view::{Field, List, View};
