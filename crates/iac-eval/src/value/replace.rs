//! Values in which the unknown parts have other reasons.

use crate::value::{Node, NodeKind, Part, Text, Unknown};

impl Node {
    /// The same value with each reason for an unknown part replaced.
    #[must_use]
    pub fn with_unknowns(&self, change: &dyn Fn(&Unknown) -> Unknown) -> Node {
        let kind = match &self.kind {
            NodeKind::Unknown(why) => NodeKind::Unknown(change(why)),
            NodeKind::Text(text) => {
                let part = |part: &Part| match part {
                    Part::Unknown(why, at) => Part::Unknown(change(why), *at),
                    Part::Json(value) => Part::Json(value.with_unknowns(change)),
                    Part::Base64(value) => Part::Base64(value.with_unknowns(change)),
                    known @ Part::Known { .. } => known.clone(),
                };
                NodeKind::Text(Text::new(text.parts.iter().map(part).collect()).into())
            }
            _ => return self.clone().with_each(|item| item.with_unknowns(change)),
        };
        Node { kind, ..self.clone() }
    }
}
