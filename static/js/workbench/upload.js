// Resumable uploads (tus): several files, chosen, dropped or recorded. A few go at a time; a lost
// connection is waited for; after a reload each goes on where it stopped.

import * as kept from "./kept_files.js";
import { UploadRow, proof } from "./upload_row.js";

const AT_ONCE = 3; // files; more would only share the same line

const form = document.getElementById("upload-form");
const list = document.getElementById("uploads");
const unfinished = document.getElementById("unfinished");
const chosen = form.querySelector("input[name=file]");
const recorded = document.getElementById("record");
const drop = document.getElementById("drop");
const rows = [];

function take(file, handle) {
  const row = new UploadRow(file, { handle, onChange: next, onResumed: forget });
  rows.push(row);
  list.append(row.element);
  row.enqueue();
}

/** Gives the next file its turn. */
function next() {
  const running = rows.filter((row) => row.state === "running").length;
  const waiting = rows.filter((row) => row.state === "queued");
  for (const row of waiting.slice(0, Math.max(0, AT_ONCE - running))) row.start();
}

/** Takes an earlier upload off the list of those that aren't finished. */
function forget(url) {
  if (!url || !unfinished) return;
  const path = new URL(url, window.location.href).pathname;
  unfinished.querySelector(`[data-unfinished="${CSS.escape(path)}"]`)?.remove();
  if (!unfinished.querySelector("[data-unfinished]")) unfinished.hidden = true;
}

/** Offers to go on with an earlier upload, or to forget it. */
async function revive(item) {
  const path = item.dataset.unfinished;
  const discard = item.querySelector("[data-discard]");
  discard.hidden = false;
  discard.addEventListener("click", async () => {
    const headers = { "Tus-Resumable": "1.0.0", ...proof() };
    const answer = await fetch(path, { method: "DELETE", headers }).catch(() => null);
    if (!answer || (!answer.ok && answer.status !== 404)) return;
    kept.drop(path);
    forget(path);
  });
  const handle = await kept.find(path);
  if (!handle) return;
  const resume = item.querySelector("[data-go-on]");
  resume.hidden = false;
  resume.addEventListener("click", async () => {
    const file = await kept.open(handle);
    if (file) take(file, handle);
    else resume.hidden = true; // moved, or not allowed: it can still be chosen again
  });
}

/** Files from a picker that also says where they lie; where there is none, the form's own opens. */
async function choose(event) {
  if (!window.showOpenFilePicker || !window.matchMedia("(pointer: fine)").matches) return;
  event.preventDefault();
  const handles = await window.showOpenFilePicker({ multiple: true }).catch(() => []);
  for (const handle of handles) take(await handle.getFile(), handle);
}

/** What was dropped: files, or folders' icons, which are left out. */
function dropped(transfer) {
  // All at once: the list is empty after the first thing that is waited for.
  const items = [...transfer.items].filter((item) => item.kind === "file");
  return items.map((item) => ({
    file: item.getAsFile(),
    handle: item.getAsFileSystemHandle?.().catch(() => null),
  }));
}

chosen.multiple = true;
for (const element of form.querySelectorAll("[data-with-script]")) element.hidden = false;
for (const element of form.querySelectorAll("[data-without-script]")) element.hidden = true;
for (const input of [chosen, recorded]) {
  input.addEventListener("change", () => {
    for (const file of input.files) take(file);
    input.value = "";
  });
}
chosen.addEventListener("click", choose);
form.addEventListener("submit", (event) => event.preventDefault());

for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("drop-over");
  });
}
for (const name of ["dragleave", "drop"]) {
  drop.addEventListener(name, () => drop.classList.remove("drop-over"));
}
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  for (const { file, handle } of dropped(event.dataTransfer)) {
    const found = await handle;
    if (file && found?.kind !== "directory") take(file, found ?? undefined);
  }
});

for (const item of document.querySelectorAll("[data-unfinished]")) revive(item);

window.addEventListener("online", () => {
  for (const row of rows) row.wake();
});
window.addEventListener("beforeunload", (event) => {
  if (rows.some((row) => row.state === "running")) event.preventDefault();
});
