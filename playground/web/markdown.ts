// Shows the Markdown of rule pages and hovers: headings, paragraphs, quotations, lists, tables, and code.

import { make } from "./dom";

/** The elements of a Markdown text. */
export function markdown(text: string): Node[] {
  return blocks(text.replaceAll("\r\n", "\n").split("\n"));
}

/** The nodes of a line: code, bold text, and links. */
export function inline(text: string): Node[] {
  const nodes: Node[] = [];
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;
  let rest = 0;
  for (const found of text.matchAll(pattern)) {
    nodes.push(document.createTextNode(text.slice(rest, found.index)));
    const [whole, code, bold, label, target] = found;
    if (code !== undefined) {
      nodes.push(make("code", {}, code));
    } else if (bold !== undefined) {
      nodes.push(make("strong", {}, ...inline(bold)));
    } else {
      nodes.push(link(label, target));
    }
    rest = found.index + whole.length;
  }
  nodes.push(document.createTextNode(text.slice(rest)));
  return nodes;
}

function link(label: string, target: string): Node {
  if (!/^https:\/\//.test(target)) {
    return make("span", {}, ...inline(label));
  }
  return make("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, ...inline(label));
}

/** What a fence of a rule page says about its example. */
const VERDICTS: Record<string, string> = {
  bad: "Reported",
  good: "Not reported",
  unknown: "Unknown, so not reported",
  and: "With",
  text: "ecslint reports",
};

function blocks(lines: string[]): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  const take = (is: (line: string) => boolean): string[] => {
    const start = at;
    while (at < lines.length && is(lines[at])) {
      at += 1;
    }
    return lines.slice(start, at);
  };
  while (at < lines.length) {
    const line = lines[at];
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (line.startsWith("```")) {
      at += 1;
      const code = take((line) => line !== "```");
      at += 1;
      nodes.push(...fence(line.slice(3), code.join("\n")));
    } else if (heading) {
      at += 1;
      nodes.push(make(heading[1].length === 1 ? "h2" : "h3", {}, ...inline(heading[2])));
    } else if (line === "---") {
      at += 1;
      nodes.push(make("hr"));
    } else if (line.startsWith(">")) {
      const quoted = take((line) => line.startsWith(">")).map((line) => line.replace(/^> ?/, ""));
      nodes.push(make("blockquote", {}, ...blocks(quoted)));
    } else if (line.startsWith("|")) {
      nodes.push(table(take((line) => line.startsWith("|"))));
    } else if (/^[-*] /.test(line)) {
      nodes.push(list(take((line) => /^([-*] | +\S)/.test(line))));
    } else if (line.trim() === "") {
      at += 1;
    } else {
      const text = take((line) => line.trim() !== "" && !/^(```|>|\||[-*] |#{1,6} )/.test(line));
      at += text.length ? 0 : 1;
      nodes.push(make("p", {}, ...inline((text.length ? text : [line]).join(" "))));
    }
  }
  return nodes;
}

function fence(info: string, text: string): Node[] {
  const [language, verdict, name] = info.split(" ");
  const label = VERDICTS[verdict ?? language];
  const heading = label && make("p", { class: `verdict ${verdict ?? language}` }, label, name ? ` ${name}` : "");
  return [...(heading ? [heading] : []), make("pre", { tabindex: "0" }, make("code", {}, text))];
}

function list(lines: string[]): Node {
  const items: string[] = [];
  for (const line of lines) {
    if (/^[-*] /.test(line)) {
      items.push(line.slice(2));
    } else {
      items.push(`${items.pop() ?? ""} ${line.trim()}`);
    }
  }
  return make("ul", {}, ...items.map((item) => make("li", {}, ...inline(item))));
}

function table(lines: string[]): Node {
  const rows = lines.filter((line) => !/^[|\s:-]+$/.test(line));
  const cells = (line: string) => line.replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());
  const [head, ...body] = rows.map(cells);
  const row = (tag: "th" | "td", of: string[]) => make("tr", {}, ...of.map((cell) => make(tag, {}, ...inline(cell))));
  return make("table", {}, make("thead", {}, row("th", head ?? [])), make("tbody", {}, ...body.map((of) => row("td", of))));
}
