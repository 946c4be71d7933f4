// Add, remove and move what a series holds, by button and by drag. The order of the items in
// the page is their order in the form, and names hang on ids that never change.

const IDS = "0123456789abcdef";

function newId() {
  // crypto.randomUUID is missing on plain http; getRandomValues isn't.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => IDS[byte >> 4] + IDS[byte & 15]).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function itemsOf(series) {
  return [...series.children].filter((child) => child.hasAttribute("data-item"));
}

function labelOf(item) {
  const label = item.getAttribute("aria-label");
  return label || item.closest("fieldset")?.querySelector("legend")?.textContent.trim() || "";
}

function fill(sentence, values) {
  return sentence.replace(/{(\w+)}/g, (_, key) => values[key]);
}

function makeItem(series, type) {
  const blank = series
    .closest("form")
    .querySelector(
      `template[data-blank-of="${CSS.escape(series.dataset.series)}"][data-type="${CSS.escape(type)}"]`,
    );
  const holder = document.createElement("template");
  holder.innerHTML = blank.innerHTML.trim().replaceAll(blank.dataset.placeholder, newId());
  return holder.content.firstElementChild;
}

export function attachSeries(form, { onChange, onAdded }) {
  const news = document.getElementById("editor-news");
  const undo = document.getElementById("undo");
  let removed = null;

  function say(what, values) {
    news.textContent = fill(news.dataset[what], values);
  }

  function palette() {
    return form.querySelector("[data-palette]");
  }

  function titlePalette(place) {
    const title = palette().querySelector("[data-here]");
    title.textContent = title.dataset[place];
    palette().classList.toggle("palette-here", place === "here");
  }

  function putPaletteLast() {
    form.querySelector("[data-stream]").append(palette());
    titlePalette("end");
  }

  function add(button) {
    const inPalette = button.closest("[data-palette]");
    const series = inPalette
      ? inPalette.closest("[data-series]")
      : button.closest("fieldset").querySelector("[data-series]");
    const item = makeItem(series, button.dataset.add);
    if (inPalette) {
      inPalette.before(item);
      putPaletteLast();
    } else {
      series.append(item);
    }
    onAdded(item);
    const first = item.querySelector(
      "input:not([type=hidden], [disabled]), select, textarea:not([hidden]), trix-editor",
    );
    (first || item).focus();
    item.scrollIntoView({ block: "nearest", behavior: "smooth" });
    say("added", { what: labelOf(item) });
    onChange();
  }

  function remove(item) {
    removed = { item, series: item.parentElement, next: item.nextElementSibling };
    const neighbour = item.previousElementSibling || item.nextElementSibling;
    item.remove();
    undo.querySelector("[data-message]").textContent = fill(news.dataset.removed, {
      what: labelOf(item) || labelOf(removed.series),
    });
    undo.hidden = false;
    say("removed", { what: labelOf(item) });
    neighbour?.focus?.();
    onChange();
  }

  function putBack() {
    if (!removed) return;
    const next = removed.next?.parentElement === removed.series ? removed.next : null;
    removed.series.insertBefore(removed.item, next);
    removed.item.focus();
    undo.hidden = true;
    removed = null;
    onChange();
  }

  function moved(item) {
    const items = itemsOf(item.parentElement);
    say("moved", { what: labelOf(item), place: items.indexOf(item) + 1, count: items.length });
    onChange();
  }

  function step(item, button) {
    const items = itemsOf(item.parentElement);
    const index = items.indexOf(item);
    if (button.dataset.do === "up" && index > 0) items[index - 1].before(item);
    if (button.dataset.do === "down" && index < items.length - 1) items[index + 1].after(item);
    button.focus();
    item.scrollIntoView({ block: "nearest" });
    moved(item);
  }

  function insertBelow(item) {
    item.after(palette());
    titlePalette("here");
    palette().querySelector("button").focus();
    palette().scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do], [data-add]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("[data-item]");
    if ("add" in button.dataset) add(button);
    else if (button.dataset.do === "remove") remove(item);
    else if (button.dataset.do === "insert") insertBelow(item);
    else step(item, button);
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("[data-palette]")) putPaletteLast();
  });

  undo.querySelector("button").addEventListener("click", putBack);

  form.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    startDrag(grip, event, moved);
  });
}

// While something is dragged, the blocks of a guide show their headings only, so that a long
// one is a short way.
function startDrag(grip, start, onDone) {
  const item = grip.closest("[data-item]");
  const series = item.parentElement;
  const before = itemsOf(series).indexOf(item);
  grip.setPointerCapture(start.pointerId);
  series.classList.add("is-sorting");
  item.classList.add("is-dragged");
  window.scrollBy(0, item.getBoundingClientRect().top - start.clientY + grip.offsetHeight / 2);

  // The others move around the dragged one: an element that leaves the page, even for a moment,
  // loses the pointer.
  function move(event) {
    const edge = 60;
    if (event.clientY < edge) window.scrollBy(0, -12);
    if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 12);
    const middle = (other) => {
      const box = other.getBoundingClientRect();
      return box.top + box.height / 2;
    };
    const items = itemsOf(series);
    const above = items.slice(0, items.indexOf(item)).filter((one) => event.clientY < middle(one));
    const below = items.slice(items.indexOf(item) + 1).filter((one) => event.clientY > middle(one));
    if (above.length) item.after(...above);
    if (below.length) item.before(...below);
  }

  function end() {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", end);
    window.removeEventListener("pointercancel", end);
    series.classList.remove("is-sorting");
    item.classList.remove("is-dragged");
    item.scrollIntoView({ block: "nearest" });
    if (itemsOf(series).indexOf(item) !== before) onDone(item);
  }

  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", end);
}
