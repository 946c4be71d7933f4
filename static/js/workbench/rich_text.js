// Turns each textarea of rich text into an editor. The textarea stays, and is what is posted.
import Trix from "../../vendor/trix-2.1.19/trix.esm.min.js";

// Paragraphs as paragraphs, not as lines of one <div>.
Trix.config.blockAttributes.default.tagName = "p";
Trix.config.blockAttributes.default.breakOnReturn = true;

export function enhanceRichText(root) {
  const template = document.getElementById("rich-text-toolbar");
  for (const textarea of root.querySelectorAll("textarea[data-rich-text]")) {
    if (textarea.hidden) continue;
    const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
    const toolbar = document.createElement("trix-toolbar");
    toolbar.id = `${textarea.id}_toolbar`;
    toolbar.append(template.content.cloneNode(true));
    const editor = document.createElement("trix-editor");
    editor.setAttribute("input", textarea.id);
    editor.setAttribute("toolbar", toolbar.id);
    if (label) {
      label.id = `${textarea.id}_label`;
      editor.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", () => editor.focus());
    }
    textarea.hidden = true;
    textarea.after(toolbar, editor);
  }
}

// Pictures have a block of their own.
document.addEventListener("trix-file-accept", (event) => event.preventDefault());
