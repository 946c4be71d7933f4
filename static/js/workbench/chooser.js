// A dialog that searches all of the merchant's pictures, products or videos; the select beside
// it offers the newest. A new picture can be uploaded in it.

const dialog = document.getElementById("chooser-dialog");
const content = document.getElementById("chooser-content");
let current = null;

export function showChooserButtons(root) {
  for (const button of root.querySelectorAll("[data-open-chooser]")) button.hidden = false;
}

export function attachChoosers(form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-open-chooser]");
    if (!button) return;
    current = button.closest("[data-chooser]");
    document.getElementById("chooser-title").textContent = button.textContent.trim();
    content.replaceChildren();
    dialog.showModal();
    load(current.dataset.chooser);
  });
  form.addEventListener("change", (event) => {
    const box = event.target.closest?.("[data-chooser]");
    if (box && event.target.matches("select")) showPicture(box, event.target.value);
  });
  dialog.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]");
    const page = event.target.closest("a[href]");
    if (event.target.closest("[data-close]") || event.target === dialog) dialog.close();
    else if (pick) choose(pick.dataset.pick, pick.dataset.label);
    else if (page && content.contains(page)) {
      event.preventDefault();
      load(page.href);
    }
  });
  content.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = event.target;
    const data = new FormData(asked);
    if (asked.method === "post") load(asked.action, { method: "POST", body: data });
    else load(`${current.dataset.chooser}?${new URLSearchParams(data)}`);
  });
}

async function load(address, options = {}) {
  content.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { ...options, headers: { "HX-Request": "true" } });
    content.innerHTML = await response.text();
    const fresh = content.querySelector("[data-fresh]");
    if (fresh) choose(fresh.dataset.pick, fresh.dataset.label);
    else content.querySelector("input[type=search]")?.focus();
  } catch {
    content.textContent = dialog.dataset.offline;
  } finally {
    content.removeAttribute("aria-busy");
  }
}

function choose(pk, label) {
  const select = current.querySelector("select");
  if (![...select.options].some((option) => option.value === pk)) select.add(new Option(label, pk));
  select.value = pk;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  dialog.close();
  select.focus();
}

function showPicture(box, pk) {
  const picture = box.querySelector("[data-chosen]");
  if (!picture) return;
  picture.hidden = !pk;
  if (pk) picture.src = picture.dataset.address.replace("/0/", `/${pk}/`);
}
