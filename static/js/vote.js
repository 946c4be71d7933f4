// Voting by keyboard on an entry's page: Y, N and the arrows. Single letters can be switched off
// (WCAG 2.1.4), and what a person chose is remembered in this browser. Sending in place is htmx's.

const STORED = "auditorium-keys";

function remembered() {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    localStorage.setItem(STORED, on ? "on" : "off");
  } catch {
    // Storage is closed to us: the choice holds for this page.
  }
}

function isTyping(target) {
  return target.closest("input, textarea, select, video, [contenteditable]") !== null;
}

const stage = document.querySelector("[data-entry-page]");
const keys = stage?.querySelector("[data-keys]");
if (keys) {
  const box = keys.querySelector("input");
  box.checked = remembered();
  box.addEventListener("change", () => remember(box.checked));
  keys.hidden = false;

  const actions = {
    y: () => stage.querySelector(".thumb-yes"),
    n: () => stage.querySelector(".thumb-no"),
    ArrowRight: () => stage.querySelector("[data-next]"),
    ArrowLeft: () => stage.querySelector("[data-previous]"),
  };
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const target = Object.hasOwn(actions, name) ? actions[name]() : null;
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.click();
  });
}

// A vote that did not arrive is said where it was cast; it is never shown as saved.
const lost = document.querySelector("#vote-lost");
function sayLost(event) {
  const form = event.target.closest(".vote-form");
  if (!form || form.querySelector("[data-lost]")) return;
  form.prepend(lost.content.cloneNode(true));
}
document.body.addEventListener("htmx:sendError", sayLost);
document.body.addEventListener("htmx:responseError", sayLost);

// htmx keeps the focus where it was; a choice that is pending after signing in takes it first.
document.querySelector("[data-intended]")?.focus();
