//! What to add so that packets leave a VPC.

use std::collections::BTreeSet;

use crate::model::Need;
use crate::suggest::join_and;

/// The help for needs that nothing leads to: a route, or the VPC endpoints that are enough. No endpoint leads to the internet.
pub fn route_or_endpoints(route: &str, needs: &[Need]) -> String {
    if needs.iter().any(|need| need.services.is_empty()) {
        return route.to_owned();
    }
    let services: BTreeSet<&str> = needs.iter().flat_map(|need| need.services.iter().copied()).collect();
    match services.len() {
        1 => format!("{route}, or a VPC endpoint for {}", join_and(services)),
        _ => format!("{route}, or VPC endpoints for {}", join_and(services)),
    }
}
