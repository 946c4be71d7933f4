// The product's form: its lists of pictures and videos change without a reload.
import { attachChoosers, showChooserButtons } from "./chooser.js";
import { attachSeries } from "./series.js";

const form = document.getElementById("product-form");

showChooserButtons(form);
attachChoosers(form);
attachSeries(form, { onChange: () => {}, onAdded: showChooserButtons });
