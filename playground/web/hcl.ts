// Colors of Terraform files.

import { StreamLanguage, type StreamParser, type StringStream } from "@codemirror/language";

interface State {
  /** The end of the heredoc that the line is in. */
  heredoc: string | null;
  inComment: boolean;
}

const KEYWORDS = new Set(["for", "in", "if", "else", "endif", "endfor"]);
const ATOMS = new Set(["true", "false", "null"]);
const ROOTS = new Set(["var", "local", "module", "data", "each", "count", "path", "self", "terraform"]);

function comment(stream: StringStream, state: State): string {
  state.inComment = !stream.skipTo("*/");
  if (state.inComment) {
    stream.skipToEnd();
  } else {
    stream.match("*/");
  }
  return "comment";
}

function word(stream: StringStream): string {
  const text = stream.current();
  const starts = stream.string.slice(0, stream.start).trim() === "";
  if (ATOMS.has(text)) {
    return "atom";
  }
  if (KEYWORDS.has(text)) {
    return "keyword";
  }
  if (stream.match(/^\s*=(?![=>])/, false)) {
    return "propertyName";
  }
  if (starts && stream.match(/^\s*("[^"]*"\s*)*\{/, false)) {
    return "keyword";
  }
  if (stream.match(/^\s*\(/, false)) {
    return "variableName.function";
  }
  return ROOTS.has(text) ? "variableName.special" : "variableName";
}

const parser: StreamParser<State> = {
  name: "hcl",
  startState: () => ({ heredoc: null, inComment: false }),
  token(stream, state) {
    if (state.heredoc !== null) {
      if (stream.string.trim() === state.heredoc) {
        state.heredoc = null;
      }
      stream.skipToEnd();
      return "string";
    }
    if (state.inComment) {
      return comment(stream, state);
    }
    if (stream.eatSpace()) {
      return null;
    }
    if (stream.match("/*")) {
      return comment(stream, state);
    }
    if (stream.match(/^(#|\/\/).*/)) {
      return "comment";
    }
    const heredoc = stream.match(/^<<-?\s*(\w+)\s*$/);
    if (heredoc && heredoc !== true) {
      state.heredoc = heredoc[1];
      return "string";
    }
    if (stream.match(/^"(?:[^"\\$%]|\\.|[$%](?!\{)|[$%]\{(?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*\})*"/)) {
      return stream.match(/^\s*[=:](?![=>])/, false) ? "propertyName" : "string";
    }
    if (stream.match(/^\d+(\.\d+)?/)) {
      return "number";
    }
    if (stream.match(/^[\p{L}_][\p{L}\p{N}_-]*/u)) {
      return word(stream);
    }
    stream.next();
    return "operator";
  },
  languageData: { commentTokens: { line: "#", block: { open: "/*", close: "*/" } } },
};

export const hcl = StreamLanguage.define(parser);
