//! Shared code of the XML formats. Only `report` modules that write XML use quick-xml.

use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute;
use quick_xml::name::QName;

use crate::report::obeyed::{self, is_mark, replaced};

/// Escapes the text of an element or an attribute. A CI command keeps its value, as character references; characters that
/// XML cannot represent, such as most control characters, do not.
pub(super) fn escaped(text: &str) -> String {
    let legal = text.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}");
    let legal =
        replaced(&legal, |c, shown| if is_mark(c) { shown.push(c) } else { obeyed::escape(c, shown) });
    replaced(&escape(&legal), |c, shown| shown.push_str(&format!("&#{};", u32::from(c))))
}

/// An attribute with any text as its value.
pub(super) fn attribute<'a>(name: &'a str, text: &str) -> Attribute<'a> {
    Attribute { key: QName(name), value: escaped(text).into() }
}
