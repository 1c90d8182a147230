// The look of the editor. The colors are variables of style.css, so they follow the theme of the page.

import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colors = HighlightStyle.define([
  { tag: [tags.keyword, tags.special(tags.variableName)], color: "var(--keyword)" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--property)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--number)" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.variableName)], color: "var(--function)" },
  { tag: [tags.typeName, tags.tagName, tags.meta], color: "var(--keyword)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

export const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--paper)", fontSize: "13.5px" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--text)", paddingBlock: "8px" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--quiet)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--line)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--selection)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)", outline: "none" },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--error) 1.2px", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--warning) 1.2px", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-lintRange-active": { backgroundColor: "var(--selection)" },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--error)" },
  ".cm-lintPoint-warning:after": { borderBottomColor: "var(--warning)" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0", display: "grid", placeItems: "center" },
  ".cm-lint-marker": { width: "8px", height: "8px", borderRadius: "50%" },
  ".cm-lint-marker-error": { content: "''", backgroundColor: "var(--error)" },
  ".cm-lint-marker-warning": { content: "''", backgroundColor: "var(--warning)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--text)",
    border: "1px solid var(--border)",
    borderRadius: "6px",
    boxShadow: "0 6px 24px var(--shadow)",
    maxWidth: "min(560px, 90vw)",
    fontFamily: "var(--sans)",
    fontSize: "13.5px",
    lineHeight: "1.5",
    overflow: "hidden",
  },
  ".cm-tooltip-section:not(:first-child)": { borderTop: "1px solid var(--border)" },
  ".cm-tooltip code": { fontFamily: "var(--mono)", fontSize: "0.92em", backgroundColor: "var(--code)", padding: "1px 4px", borderRadius: "4px" },
  ".cm-tooltip pre": { margin: "4px 0", padding: "8px", backgroundColor: "var(--code)", borderRadius: "4px", overflow: "auto", maxHeight: "200px" },
  ".cm-tooltip pre code": { padding: "0", backgroundColor: "transparent" },
  ".cm-tooltip .hover": { padding: "8px 12px" },
  ".cm-tooltip .hover p": { margin: "0 0 4px" },
  ".cm-diagnostic": { padding: "8px 12px", borderLeft: "4px solid" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
  ".cm-diagnostic p": { margin: "4px 0 0" },
  ".cm-diagnosticAction": {
    margin: "6px 0 0",
    padding: "3px 10px",
    borderRadius: "5px",
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
    font: "inherit",
  },
  ".cm-diagnosticSource": { color: "var(--quiet)", opacity: "1", fontFamily: "var(--mono)", fontSize: "12px", marginTop: "4px" },
});
