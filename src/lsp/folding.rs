//! Folding and selection ranges: lists, objects, blocks, and values.

use rustc_hash::FxHashSet;
use tower_lsp::ls_types::{
    FoldingRange, Range, SelectionRange, SelectionRangeParams, TextDocumentIdentifier,
    TextDocumentPositionParams,
};

use crate::inspect::Point;
use crate::inspect::tree;
use crate::lsp::run::Run;
use crate::source::{FileId, Span};
use crate::syntax::hcl::{self, Body};

/// The folding ranges: every multi-line region, whose last line stays visible.
pub(super) fn folds(run: &Run, document: &TextDocumentIdentifier) -> Option<Vec<FoldingRange>> {
    let regions = regions(run, run.file(&document.uri)?);
    let mut folded = FxHashSet::default();
    let folds = regions.into_iter().map(|region| run.range(region)).filter_map(|range| {
        let (start_line, end_line) = (range.start.line, range.end.line.saturating_sub(1));
        // Of several regions that begin on one line, keep the outermost, which comes first.
        (start_line < end_line && folded.insert(start_line)).then(|| FoldingRange {
            start_line,
            end_line,
            ..FoldingRange::default()
        })
    });
    Some(folds.collect())
}

/// The selection ranges at each position.
pub(super) fn selections(run: &Run, params: SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    let document = params.text_document;
    let regions = regions(run, run.file(&document.uri)?);
    let selections = params.positions.into_iter().map(|position| {
        let at = TextDocumentPositionParams { text_document: document.clone(), position };
        let here = SelectionRange { range: Range::new(position, position), parent: None };
        run.point(&at).and_then(|point| selection_range(run, &regions, point)).unwrap_or(here)
    });
    Some(selections.collect())
}

/// The regions at a position, as nested selection ranges.
fn selection_range(run: &Run, regions: &[Span], point: Point) -> Option<SelectionRange> {
    let mut outer: Option<SelectionRange> = None;
    let mut last: Option<Span> = None;
    for region in regions.iter().filter(|region| point.touches(**region)) {
        // Regions that only touch at the position do not contain one another.
        if last.is_none_or(|last| last.contains(*region)) {
            outer = Some(SelectionRange { range: run.range(*region), parent: outer.map(Box::new) });
            last = Some(*region);
        }
    }
    outer
}

/// All regions of a file, outermost first.
fn regions(run: &Run, file: FileId) -> Vec<Span> {
    let source = run.sources.get(file);
    let mut regions: Vec<Span> = Vec::new();
    if run.is_hcl(file) {
        of_body(&hcl::parse(file, &source.text).body, &mut regions);
    }
    for resource in run.reading.workspace.resources() {
        regions.extend(tree::places(&resource.request).into_iter().filter(|place| place.file == file));
    }
    regions.sort_unstable_by_key(|region| (region.start, std::cmp::Reverse(region.end)));
    regions.dedup();
    regions
}

fn of_body(body: &Body, regions: &mut Vec<Span>) {
    for attribute in &body.attributes {
        regions.push(attribute.name_at.to(attribute.value.at));
        attribute.value.visit(&mut |expr| regions.push(expr.at));
    }
    for block in &body.blocks {
        regions.push(block.at);
        of_body(&block.body, regions);
    }
}
