// Creates elements. Texts become text nodes, so no text is ever read as HTML.

type Child = Node | string | null | undefined | false;
type Properties = { class?: string; on?: Record<string, (event: Event) => void> } & Record<string, unknown>;

/** Creates an element with attributes, handlers of events (`on`), and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") {
      for (const [event, handler] of Object.entries(value as Record<string, (event: Event) => void>)) {
        element.addEventListener(event, handler);
      }
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

/** Creates a button. */
export function button(label: Child, act: () => void, properties: Properties = {}): HTMLButtonElement {
  return make("button", { type: "button", on: { click: act }, ...properties }, label);
}

/** The element of the page with an ID. */
export function byId<E extends HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`the page has no element ${id}`);
  }
  return element as E;
}
