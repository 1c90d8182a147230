//! The values that a template inserted into a text.

use std::ops::Range;

use crate::source::Span;
use crate::value::mapped::{Mapped, Origin, Segment, more};

/// The maximum number of parts of an inserted value.
const MAX_PARTS: usize = 256;

impl Mapped<'_> {
    /// The values that a template inserted into the text around them, in order: their bytes, and the place of each insertion.
    /// A value can have several parts, such as its escapes.
    pub fn insertions(&self) -> impl Iterator<Item = (Range<usize>, Span)> {
        let mut index = 0;
        std::iter::from_fn(move || {
            while index < self.segments.len() {
                let found = self.insertion_after(index);
                index += 1;
                if let Some((range, place)) = found {
                    index = self.segments.partition_point(|segment| segment.start < range.end);
                    return Some((range, place));
                }
            }
            None
        })
    }

    fn insertion_after(&self, index: usize) -> Option<(Range<usize>, Span)> {
        let rest = &self.segments[index..];
        let Origin::Verbatim(before) = rest.first()?.origin else { return None };
        let continues = |at: Span| at.file == before.file && at.start >= before.end;
        let is_next = |segment: &Segment| matches!(segment.origin, Origin::Verbatim(at) if continues(at));
        let count = rest.iter().skip(1).take(MAX_PARTS).position(is_next).filter(|count| *count > 0)?;
        let (inner, after) = (&rest[1..=count], &rest[count + 1]);
        let gap = Span { start: before.end, end: after.origin.at().start, ..before };
        let is_foreign = |segment: &Segment| {
            !matches!(segment.origin, Origin::Hole(..)) && !gap.contains(segment.origin.at())
        };
        inner.iter().all(is_foreign).then_some((inner[0].start..after.start, gap))
    }

    /// The same text with unknown parts in place of these ranges, each of which consists of whole parts.
    pub fn without(&self, ranges: &[Range<usize>]) -> Mapped<'static> {
        let mut other = Mapped { cut: self.cut, ..Mapped::empty() };
        let ends = self.segments.iter().skip(1).map(|next| next.start).chain([self.text.len()]);
        for (segment, end) in self.segments.iter().zip(ends) {
            let removed = ranges.iter().find(|range| range.contains(&segment.start));
            match (&segment.origin, removed) {
                (Origin::Hole(why, at), _) => other.push_hole(why.clone(), *at),
                (origin, Some(range)) if range.start == segment.start => other.push_hole(more(), origin.at()),
                (_, Some(_)) => {}
                (origin, None) => other.push(&self.text[segment.start..end], origin.at()),
            }
        }
        other
    }
}
