"use strict";
const host = typeof acquireVsCodeApi === "function" ? acquireVsCodeApi() : null;
const form = document.querySelector("form");
const { search, service, show, theme } = form.elements;
let sections, texts, nothing;

/** Finds the parts of the page. */
function read() {
  sections = [...document.querySelectorAll("section.service-page")];
  texts = sections.map((section) => section.textContent.toLowerCase());
  nothing = document.querySelector(".nothing");
}

/** Replaces the content with that of a newer page, and keeps the filter and the position. */
function update(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const chosen = service.value;
  for (const selector of ["main", ".counts"]) {
    document.querySelector(selector).replaceWith(page.querySelector(selector));
  }
  service.replaceChildren(...page.querySelector("select[name=service]").children);
  service.value = chosen;
  if (service.selectedIndex < 0) service.value = "";
  read();
  filter();
}

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const shows = {
    "": () => true,
    findings: (section) => section.dataset.severity !== "",
    error: (section) => section.dataset.severity === "error",
    changed: (section) => section.dataset.change !== "same",
  };
  let count = 0;
  sections.forEach((section, index) => {
    const isShown =
      (service.value === "" || service.value === String(index)) &&
      shows[show.value](section) &&
      words.every((word) => texts[index].includes(word));
    section.hidden = !isShown;
    count += isShown;
  });
  nothing.hidden = count > 0 || sections.length === 0;
  host?.setState({ search: search.value, service: service.value, show: show.value });
}

function restore(state) {
  if (!state) return;
  search.value = state.search;
  service.value = state.service;
  show.value = state.show;
  filter();
}

/** Moves the focus to the next or the previous of some elements that are shown. */
function step(elements, by) {
  const shown = elements.filter((element) => !element.closest("section").hidden);
  const now = shown.findIndex((element) => element.contains(document.activeElement) || element.classList.contains("current"));
  const next = shown[now < 0 ? (by > 0 ? 0 : shown.length - 1) : (now + by + shown.length) % shown.length];
  if (next) go(next);
}

function go(element) {
  document.querySelector(".current")?.classList.remove("current");
  element.classList.add("current");
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
theme.addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = getComputedStyle(root).getPropertyValue("--page").trim() !== "#ffffff";
  root.dataset.theme = isDark ? "light" : "dark";
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.matches("input, select");
  const findings = () => [...document.querySelectorAll("section:not([hidden]) li")];
  const keys = {
    "/": () => search.focus(),
    j: () => step(sections, 1),
    k: () => step(sections, -1),
    n: () => step(findings(), 1),
    p: () => step(findings(), -1),
    Escape: () => {
      form.reset();
      filter();
      document.activeElement.blur();
    },
  };
  const action = isTyping && event.key !== "Escape" ? undefined : keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const href = link?.getAttribute("href") ?? "";
  if (href.startsWith("#")) {
    event.preventDefault();
    const target = document.getElementById(href.slice(1));
    if (target) go(target);
  } else if (host && link?.dataset.path) {
    event.preventDefault();
    host.postMessage({ path: link.dataset.path, line: Number(link.dataset.line) });
  }
});
window.addEventListener("message", ({ data }) => {
  if (typeof data?.html === "string") update(data.html);
  if (sections[data?.service]) {
    service.value = String(data.service);
    filter();
  }
});
if (host) {
  document.documentElement.classList.add("in-editor");
  // The editor marks its theme on the body.
  const follow = () => {
    const isLight = /vscode-(high-contrast-)?light/.test(document.body.className);
    document.documentElement.dataset.theme = isLight ? "light" : "dark";
  };
  new MutationObserver(follow).observe(document.body, { attributeFilter: ["class"] });
  follow();
}
read();
restore(host?.getState());
