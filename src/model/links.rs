//! The links between resources and the conclusions from them. Rules use these functions instead of searching
//! themselves.

mod balancer;
mod capacity;
mod endpoint;
mod iam;
mod network;
mod resolve;
mod root;
mod routing;
mod security;
mod vpc;

pub use balancer::{Forward, are_certainly_two};
pub(crate) use endpoint::Endpoints;
pub use network::{Egress, SubnetExposure};
pub use security::{BlockedBy, Direction, SecurityGroupSet};
pub use vpc::{Vpc, VpcMembership, Zone, is_listed_zone};
