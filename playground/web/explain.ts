// The page of a rule, or what an error of AWS means.

import { button, make } from "./dom";
import type { Cause, Explanation, Page } from "./engine";
import { inline, markdown } from "./markdown";

/** The form, and what it found; `explain` explains a rule or an error. */
export function explanation(about: string, found: Explanation | null, explain: (about: string) => void): Node[] {
  const field = make("input", {
    id: "about",
    type: "search",
    value: about,
    placeholder: "invalid-image, or a message of AWS",
    autocomplete: "off",
    spellcheck: "false",
  });
  const form = make(
    "form",
    {
      class: "ask",
      on: {
        submit: (event) => {
          event.preventDefault();
          explain(field.value);
        },
      },
    },
    make("label", { for: "about" }, "Rule or AWS error"),
    make("div", {}, field, make("button", { type: "submit" }, "Explain")),
  );
  if (!found) {
    return [form, make("p", { class: "quiet" }, "Enter the name of a rule, or paste an error of AWS, Terraform, or CloudFormation.")];
  }
  return [form, found.kind === "rule" ? rule(found) : causes(found.causes, explain)];
}

function rule(page: Page): HTMLElement {
  const [title, ...nodes] = markdown(page.text);
  const facts = [page.category, page.level, `since ${page.since}`, ...(page.fix ? [`${page.fix} fix`] : [])];
  return make(
    "article",
    {},
    title,
    make("p", { class: "quiet" }, make("code", {}, page.name), ` · ${facts.join(" · ")} · `, make("a", { href: `../rules/${page.name}.html` }, "open in the book")),
    ...nodes,
  );
}

function causes(all: Cause[], explain: (about: string) => void): HTMLElement {
  if (all.length === 0) {
    return make("p", {}, "No rule has this name, and no known error of AWS is like it. ", make("a", { href: "../rules.html" }, "All rules"));
  }
  return make(
    "article",
    {},
    make("h2", {}, all[0].exact ? "The cause of this error" : "The closest known errors"),
    ...all.map(({ answer, rules, uncovered }) =>
      make(
        "section",
        { class: "cause" },
        answer && make("blockquote", {}, answer),
        uncovered && make("p", {}, ...inline(`AWS returns this error if ${uncovered[0]}. No rule can find it before you deploy: ${uncovered[1]}.`)),
        rules.length > 0 &&
          make(
            "ul",
            {},
            ...rules.map(([name, title]) => make("li", {}, button(name, () => explain(name), { class: "link mono" }), ": ", ...inline(title))),
          ),
      ),
    ),
  );
}
