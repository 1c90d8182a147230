// The names of files, which are edited in the place of the tab.

import { make } from "./dom";

/** Why a name cannot be used; `null` if it can. */
export function refusal(name: string, others: string[]): string | null {
  if (name === "") {
    return "Enter a name.";
  }
  if (name.length > 200 || /[\p{Cc}\\]/u.test(name) || name.split("/").some((part) => ["", ".", ".."].includes(part))) {
    return "Use a relative path, such as modules/web/main.tf.";
  }
  return others.includes(name) ? "Another file has this name." : null;
}

/** Lets the user edit a name in the place of `tab`. `done` receives the new name, or `null`. */
export function edit(tab: HTMLElement, name: string, others: string[], done: (name: string | null) => void): void {
  const field = make("input", { class: "name mono", type: "text", value: name, "aria-label": "Name of the file", spellcheck: "false", autocomplete: "off" });
  let isOpen = true;
  const end = (accepted: string | null) => {
    if (isOpen) {
      isOpen = false;
      field.remove();
      tab.hidden = false;
      done(accepted);
    }
  };
  const check = () => {
    field.setCustomValidity(refusal(field.value.trim(), others) ?? "");
    return field.validity.valid;
  };
  field.addEventListener("input", check);
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") {
      event.preventDefault();
      return check() ? end(field.value.trim()) : void field.reportValidity();
    }
    if (event.key === "Escape") {
      end(null);
    }
  });
  field.addEventListener("blur", () => end(check() ? field.value.trim() : null));
  // A list of tabs can contain nothing but tabs.
  tab.parentElement?.after(field);
  tab.hidden = true;
  field.focus();
  field.setSelectionRange(0, name.includes(".") ? name.lastIndexOf(".") : name.length);
}
