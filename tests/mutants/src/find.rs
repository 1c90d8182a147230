//! Finds the places of a source file that can be mutated.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Stmt};

use crate::place::{Piece, Place};
use crate::result;

/// Methods that are replaced by each other.
const PAIRS: &[(&str, &str)] =
    &[("any", "all"), ("is_some", "is_none"), ("is_ok", "is_err"), ("min", "max"), ("first", "last")];

/// All places of a file, in the order of the file.
pub fn places(file: &str, text: &str) -> Vec<Place> {
    let tree = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut finder = Finder { file, text, function: String::new(), places: Vec::new() };
    finder.visit_file(&tree);
    finder.places
}

struct Finder<'a> {
    file: &'a str,
    text: &'a str,
    /// The innermost function.
    function: String,
    places: Vec<Place>,
}

fn range(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

fn text(text: &str) -> Piece {
    Piece::Text(text.to_owned())
}

impl Finder<'_> {
    fn add(&mut self, range: Range<usize>, shown: Range<usize>, change: String, pieces: Vec<Piece>) {
        let original = self.text[shown.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let original: String = original.chars().take(120).collect();
        let (file, function) = (self.file.to_owned(), self.function.clone());
        let is_same =
            |place: &&Place| (&place.function, &place.text, &place.change) == (&function, &original, &change);
        let repeat = self.places.iter().filter(is_same).count();
        let line = self.text[..shown.start].matches('\n').count() + 1;
        self.places.push(Place { file, function, line, range, text: original, change, pieces, repeat });
    }

    /// Replaces a token of an expression.
    fn swap(&mut self, whole: Range<usize>, token: Range<usize>, new: &str) {
        let change = format!("{} to {new}", &self.text[token.clone()]);
        let pieces = vec![
            text("(if "),
            Piece::Switch,
            text(" { "),
            Piece::Source(whole.start..token.start),
            text(new),
            Piece::Source(token.end..whole.end),
            text(" } else { "),
            Piece::Source(whole.clone()),
            text(" })"),
        ];
        self.add(whole.clone(), whole, change, pieces);
    }

    /// Replaces a condition by `true` or `false`.
    fn fix(&mut self, condition: &Expr, value: bool) {
        let whole = range(condition);
        let (start, operator) = if value { ("(", " || (") } else { ("(!", " && (") };
        let pieces =
            vec![text(start), Piece::Switch, text(operator), Piece::Source(whole.clone()), text("))")];
        self.add(whole.clone(), whole, format!("to {value}"), pieces);
    }

    fn negate(&mut self, whole: Range<usize>, change: &str) {
        let pieces = vec![text("("), Piece::Switch, text(" ^ ("), Piece::Source(whole.clone()), text("))")];
        self.add(whole.clone(), whole, change.to_owned(), pieces);
    }

    /// The operands of a condition that bind no names.
    fn conditions(&mut self, condition: &Expr, values: &[bool]) {
        match condition {
            Expr::Binary(binary) if binds(condition) => {
                self.conditions(&binary.left, values);
                self.conditions(&binary.right, values);
            }
            Expr::Let(_) => {}
            _ => values.iter().for_each(|value| self.fix(condition, *value)),
        }
    }

    /// Returns a value at the start of a function.
    fn body(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let at = block.brace_token.span.open().byte_range().end;
        if block.stmts.is_empty() || signature.ident == "main" {
            return;
        }
        let last = block.stmts.last().map(|last| self.text[range(last)].to_owned());
        for value in result::values(&signature.output) {
            let is_same = last.as_ref() == Some(&value) && block.stmts.len() <= 2;
            if is_same {
                continue;
            }
            let pieces = vec![text(" if "), Piece::Switch, text(&format!(" {{ return {value}; }} "))];
            let change = format!("return {value}");
            self.add(at..at, range(&signature.ident), change.trim_end().to_owned(), pieces);
        }
    }

    fn within(&mut self, signature: &syn::Signature, block: &syn::Block) {
        if signature.constness.is_some() {
            return;
        }
        let outer = std::mem::replace(&mut self.function, signature.ident.to_string());
        self.body(signature, block);
        self.visit_block(block);
        self.function = outer;
    }
}

/// Whether a condition contains `let`.
fn binds(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => {
            binds(&binary.left) || binds(&binary.right)
        }
        _ => false,
    }
}

fn is_for_others(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string();
            ["test", "windows", "not"].iter().any(|word| condition.contains(word))
        }
        _ => false,
    })
}

fn other(operator: &BinOp) -> Option<&'static str> {
    Some(match operator {
        BinOp::Lt(_) => "<=",
        BinOp::Le(_) => "<",
        BinOp::Gt(_) => ">=",
        BinOp::Ge(_) => ">",
        BinOp::Eq(_) => "!=",
        BinOp::Ne(_) => "==",
        BinOp::And(_) => "||",
        BinOp::Or(_) => "&&",
        BinOp::Add(_) | BinOp::Mul(_) | BinOp::Rem(_) => "-",
        BinOp::Sub(_) => "+",
        BinOp::Div(_) => "*",
        BinOp::AddAssign(_) => "-=",
        BinOp::SubAssign(_) => "+=",
        BinOp::BitAndAssign(_) => "|=",
        BinOp::BitOrAssign(_) => "&=",
        _ => return None,
    })
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes: &[_] = match item {
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Const(_) | syn::Item::Static(_) | syn::Item::Macro(_) => return,
            _ => &[],
        };
        if !is_for_others(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.within(&item.sig, &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_for_others(&item.attrs) {
            self.within(&item.sig, &item.block);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.within(&item.sig, block);
        }
    }

    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_trait_item_const(&mut self, _: &'ast syn::TraitItemConst) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if let Stmt::Expr(expression, Some(_)) = statement {
            let called = if let Expr::Try(tried) = expression { &*tried.expr } else { expression };
            if matches!(called, Expr::MethodCall(_) | Expr::Call(_) | Expr::Assign(_)) {
                let whole = range(statement);
                let source = Piece::Source(whole.clone());
                let pieces = vec![text("if !"), Piece::Switch, text(" { "), source, text(" }")];
                self.add(whole.clone(), whole, "delete".to_owned(), pieces);
            }
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let binds = binds(&binary.left) || binds(&binary.right);
        if let (false, Some(new)) = (binds, other(&binary.op)) {
            self.swap(range(binary), range(&binary.op), new);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        if matches!(unary.op, syn::UnOp::Not(_)) {
            self.negate(range(unary), "without !");
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_macro(&mut self, call: &'ast syn::ExprMacro) {
        if call.mac.path.is_ident("matches") {
            self.negate(range(call), "with !");
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let name = call.method.to_string();
        for (one, other) in PAIRS.iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
            if name == *one {
                self.swap(range(call), range(&call.method), other);
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_if(&mut self, item: &'ast syn::ExprIf) {
        self.conditions(&item.cond, &[true, false]);
        visit::visit_expr_if(self, item);
    }

    fn visit_expr_while(&mut self, item: &'ast syn::ExprWhile) {
        self.conditions(&item.cond, &[false]);
        visit::visit_expr_while(self, item);
    }

    fn visit_expr_match(&mut self, item: &'ast syn::ExprMatch) {
        let is_rest = |arm: &syn::Arm| matches!(arm.pat, syn::Pat::Wild(_)) && arm.guard.is_none();
        let has_rest = item.arms.iter().any(is_rest);
        for arm in &item.arms {
            match &arm.guard {
                Some((_, guard)) => self.conditions(guard, &[true, false]),
                None if has_rest && !is_rest(arm) => {
                    let at = range(&arm.pat).end;
                    let pieces = vec![text(" if !"), Piece::Switch, text(" ")];
                    self.add(at..at, range(&arm.pat), "delete arm".to_owned(), pieces);
                }
                None => {}
            }
        }
        visit::visit_expr_match(self, item);
    }
}
