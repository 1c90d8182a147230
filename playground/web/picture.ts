// The picture of the services. The engine draws it as SVG, in which it escapes all names.

import { make } from "./dom";

/** The smallest scale of a picture. */
const SMALLEST = 0.75;

const STYLES = new CSSStyleSheet();
document.adoptedStyleSheets.push(STYLES);

/** The nodes of a picture; `go` opens a line of a file. */
export function picture(svg: string | null, go: (path: string, line: number) => void): Node[] {
  if (svg === null) {
    return [make("p", { class: "quiet" }, "These files have no service and no task definition that could be drawn.")];
  }
  // The policy of the page refuses style elements.
  const [, style = ""] = /<style>([^<]*)<\/style>/.exec(svg) ?? [];
  STYLES.replaceSync(style);
  const drawn = new DOMParser().parseFromString(svg.replace(`<style>${style}</style>`, ""), "image/svg+xml").documentElement;
  const host = make("div", { class: "picture" });
  if (drawn instanceof SVGSVGElement) {
    // As wide as the panel, unless that makes the text too small.
    drawn.style.minWidth = `${SMALLEST * drawn.width.baseVal.value}px`;
    drawn.setAttribute("width", "100%");
    drawn.removeAttribute("height");
    host.append(document.adoptNode(drawn));
  }
  host.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a");
    if (!link) {
      return;
    }
    event.preventDefault();
    const { path, line } = link.dataset;
    const target = link.getAttribute("href") ?? "";
    if (path !== undefined) {
      go(path, Number(line));
    } else if (target.startsWith("#")) {
      document.getElementById(target.slice(1))?.scrollIntoView({ block: "center" });
    }
  });
  return [host];
}
