// Filters, kinds, orders and pages of a list of results, without loading the page anew: what is
// open stays open, what has the focus keeps it, and the number of results is said. The server
// answers with the whole page, as it does without this module; only the list is taken from it.

let request = null;
let shown = here();

function here() {
  return window.location.pathname + window.location.search;
}

const listing = () => document.querySelector("[data-listing]");

function openOnes() {
  return new Map([...listing().querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
}

// Filters above may have become fewer: what was chosen stays below the finger that chose it, by
// scrolling, or where there is nothing to scroll, by room that is left above.
function hold(element, place) {
  const off = () => element.getBoundingClientRect().top - place;
  window.scrollBy({ top: off(), behavior: "instant" });
  const filters = element.closest(".filters");
  if (filters && off() < -1) filters.style.paddingBlockStart = `${-off()}px`;
}

function exchange(fresh) {
  const open = openOnes();
  const hadFocus = listing().contains(document.activeElement);
  const left = document.activeElement?.closest("[data-listing] [data-keep]");
  const kept = left?.dataset.keep;
  const place = left?.getBoundingClientRect().top;
  const status = listing().querySelector("[data-listing-status]");
  listing().replaceWith(fresh);
  for (const [id, isOpen] of open) {
    const one = document.getElementById(id);
    if (one) one.open = isOpen;
  }
  const again = kept && fresh.querySelector(`[data-keep="${CSS.escape(kept)}"]`);
  if (again?.checkVisibility()) {
    again.focus({ preventScroll: true });
    hold(again, place);
  } else if (hadFocus) {
    // What is folded away or gone can't take the focus; what it was folded into, or what came of
    // it, can.
    const folded = again?.closest("details:not([open])")?.querySelector("summary");
    (folded ?? fresh.querySelector("#results"))?.focus({ preventScroll: true });
  }
  // Only what changes inside an element that was there before is read out.
  const said = fresh.querySelector("[data-listing-status]");
  if (status && said) {
    const words = said.innerHTML;
    said.replaceWith(status);
    status.innerHTML = words;
  }
}

async function turnTo(url, { remember, toTop }) {
  request?.abort();
  const mine = new AbortController();
  request = mine;
  listing().setAttribute("aria-busy", "true");
  let page;
  try {
    const response = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(String(response.status));
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") window.location.assign(url);
    return;
  }
  const fresh = page.querySelector("[data-listing]");
  if (mine.signal.aborted) return;
  if (!fresh) return window.location.assign(url);
  if (remember) history.pushState(null, "", url);
  shown = here();
  document.title = page.title;
  const head = document.querySelector(".page-head");
  const freshHead = page.querySelector(".page-head");
  if (head && freshHead) head.replaceWith(freshHead);
  exchange(fresh);
  if (!toTop) return;
  const results = fresh.querySelector("#results") ?? fresh;
  results.focus({ preventScroll: true });
  results.scrollIntoView({ block: "start" });
}

function isPlain(event) {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-listing] a[href]");
  if (!link || !isPlain(event)) return;
  if ("filtersDone" in link.dataset) {
    link.closest("details").open = false;
    return;
  }
  if (!link.getAttribute("href").startsWith("?")) return;
  event.preventDefault();
  turnTo(link.href, { remember: true, toTop: Boolean(link.closest(".pager")) });
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-listing] form.filter-range");
  if (!form) return;
  event.preventDefault();
  const url = new URL(window.location.href);
  url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString();
  turnTo(url.href, { remember: true, toTop: false });
});

// A link inside the page is a step in the history too, and nothing new.
window.addEventListener("popstate", () => {
  if (listing() && here() !== shown) turnTo(window.location.href, { remember: false, toTop: false });
});
