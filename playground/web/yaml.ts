// Colors of YAML files.

import { StreamLanguage, type StreamParser } from "@codemirror/language";

interface State {
  /** The indentation of the key whose value is a block of text. */
  block: number | null;
}

const KEY = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#:,[\]{}"'!&*|>%@`-](?:[^:#]|:(?=\S)|\S#)*|-(?=\S)[^:#]*)(?=\s*:(?:\s|$))/;

const parser: StreamParser<State> = {
  name: "yaml",
  startState: () => ({ block: null }),
  token(stream, state) {
    if (stream.sol() && state.block !== null) {
      if (stream.indentation() > state.block) {
        stream.skipToEnd();
        return "string";
      }
      state.block = null;
    }
    if (stream.eatSpace()) {
      return null;
    }
    if (stream.match(/^#.*/)) {
      return "comment";
    }
    if (stream.match(KEY)) {
      return "propertyName";
    }
    if (stream.match(/^[|>][+-]?\d?[+-]?(?=\s*(?:#|$))/)) {
      state.block = stream.indentation();
      return "keyword";
    }
    if (stream.match(/^[!&*][^\s,[\]{}]*/)) {
      return "keyword";
    }
    if (stream.match(/^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/)) {
      return "string";
    }
    if (stream.match(/^-?\d+(?:\.\d+)?(?=\s*(?:[#,\]}]|$))/)) {
      return "number";
    }
    if (stream.match(/^(?:true|false|null|~)(?=\s*(?:[#,\]}]|$))/i)) {
      return "atom";
    }
    if (stream.match(/^(?:---|\.\.\.|[-?:,[\]{}])/)) {
      return null;
    }
    stream.match(/^[^\s#,[\]{}][^#,[\]{}]*/) ?? stream.next();
    return "string";
  },
  languageData: { commentTokens: { line: "#" } },
};

export const yaml = StreamLanguage.define(parser);
