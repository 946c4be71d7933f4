// Suggestions while typing: a combobox over the search box (WAI-ARIA's list autocomplete with
// manual selection). The server answers with the list's HTML; without this module, typing and
// pressing Enter searches all the same.

const WAIT_MS = 120;
const MIN_LETTERS = 2;

export function attachSuggestions(form) {
  const input = form.querySelector('input[type="search"]');
  const list = document.createElement("div");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  const announcer = document.createElement("p");
  announcer.className = "visually-hidden";
  announcer.setAttribute("role", "status");
  form.append(list, announcer);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let timer = 0;
  let request = null;
  let chosen = -1;

  const options = () => [...list.querySelectorAll('[role="option"]')];

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    chosen = -1;
    announcer.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const all = options();
    chosen = all.length ? (index + all.length) % all.length : -1;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    if (chosen < 0) return;
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  function show(html) {
    list.innerHTML = html;
    const said = list.querySelector("[data-said]");
    said?.remove();
    options().forEach((option, i) => (option.id = `${list.id}-${i}`));
    list.hidden = options().length === 0;
    chosen = -1;
    announcer.textContent = said?.textContent ?? "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    clearTimeout(timer);
    request?.abort();
    const text = input.value.trim();
    if (text.length < MIN_LETTERS) return close();
    const mine = new AbortController();
    request = mine;
    try {
      const url = `${form.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const response = await fetch(url, { signal: mine.signal });
      const html = await response.text();
      // An answer to what has been typed on since, or after the box was left, is no answer.
      if (mine.signal.aborted) return;
      if (response.ok) show(html);
      else close();
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      if (list.hidden) ask();
      else choose(chosen + 1);
    } else if (list.hidden) {
      return;
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      options()[chosen].click();
    }
  });

  // pointerdown comes before the blur that closes the list, and would take the focus.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("submit", close);
  input.addEventListener("blur", close);
}
