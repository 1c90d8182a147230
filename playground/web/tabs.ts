// A list of tabs, as the ARIA practices describe it: one tab is in the order of the Tab key, and the arrow keys change it.

import { make } from "./dom";

export interface Tab {
  label: string;
  /** A number or word next to the label, with its level. */
  badge?: { text: string; level: string; meaning: string };
}

export interface Tabs {
  show(tabs: Tab[], selected: number): void;
}

/** Fills `host` with tabs of the panel `panel`. `key` receives other keys than those that change the tab. */
export function tabs(
  host: HTMLElement,
  panel: HTMLElement,
  select: (index: number) => void,
  key: (event: KeyboardEvent, index: number) => void = () => {},
): Tabs {
  host.addEventListener("keydown", (event) => {
    const all = Array.from(host.children) as HTMLElement[];
    const at = all.indexOf(event.target as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0) {
      return;
    }
    if (to === undefined) {
      key(event, at);
      return;
    }
    event.preventDefault();
    const index = (to + all.length) % all.length;
    select(index);
    (host.children[index] as HTMLElement).focus();
  });
  return {
    show(tabs, selected) {
      const focused = Array.from(host.children).indexOf(document.activeElement as Element);
      host.replaceChildren(
        ...tabs.map(({ label, badge }, index) =>
          make(
            "button",
            {
              type: "button",
              role: "tab",
              id: `${host.id}-${index}`,
              "aria-selected": index === selected ? "true" : "false",
              "aria-controls": panel.id,
              tabindex: index === selected ? "0" : "-1",
              on: { click: () => select(index) },
            },
            label,
            badge && make("span", { class: `badge ${badge.level}`, title: badge.meaning, "aria-hidden": "true" }, badge.text),
            badge && make("span", { class: "hidden" }, ` ${badge.meaning}`),
          ),
        ),
      );
      panel.setAttribute("aria-labelledby", `${host.id}-${selected}`);
      if (focused >= 0) {
        (host.children[Math.min(focused, tabs.length - 1)] as HTMLElement).focus();
      }
    },
  };
}
