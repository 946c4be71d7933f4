// The guide's editor. Without this file every button posts the form, and works as well.
import { attachAutosave } from "./autosave.js";
import { attachChoosers, showChooserButtons } from "./chooser.js";
import { enhanceRichText } from "./rich_text.js";
import { attachSeries } from "./series.js";

const form = document.getElementById("guide-form");
const autosave = attachAutosave(form);

enhanceRichText(form);
showChooserButtons(form);
attachChoosers(form);
attachSeries(form, {
  onChange: autosave.changed,
  onAdded: (element) => {
    enhanceRichText(element);
    showChooserButtons(element);
  },
});

form.querySelector('[data-op="preview"]').addEventListener("click", async (event) => {
  event.preventDefault();
  // Opened before waiting: browsers allow a new window only as the answer to a click.
  const preview = window.open("", "auditorium-preview");
  const saved = await autosave.flush();
  if (saved && preview) preview.location = form.dataset.preview;
  else preview?.close();
});
