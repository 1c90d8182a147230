// Light and dark: the setting of the system, of the book, or of this page.

const KEY = "ecslint-playground-theme";
const DARK_THEMES_OF_THE_BOOK = ["coal", "navy", "ayu"];

/** Storage can be disabled. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function initial(): "light" | "dark" {
  const own = stored(KEY);
  const book = stored("mdbook-theme")?.replaceAll('"', "");
  if (own === "light" || own === "dark") {
    return own;
  }
  if (book) {
    return DARK_THEMES_OF_THE_BOOK.includes(book) ? "dark" : "light";
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Sets the theme, and lets a button change it. */
export function look(button: HTMLElement): void {
  let theme = initial();
  const show = () => {
    document.documentElement.dataset.theme = theme;
    const other = theme === "dark" ? "light" : "dark";
    button.textContent = theme === "dark" ? "☀" : "☾";
    button.setAttribute("aria-label", `Use the ${other} theme`);
    button.title = `Use the ${other} theme`;
  };
  button.addEventListener("click", () => {
    theme = theme === "dark" ? "light" : "dark";
    show();
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // The theme lasts until the page is closed.
    }
  });
  show();
}
