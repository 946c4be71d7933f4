// Saves the form by itself a few seconds after a change, and says so. Nothing typed is given
// up: not while there is no connection, not when somebody else has saved the same guide.

const PAUSE = 2500; // milliseconds without typing before it saves
const LONGEST = 15000; // milliseconds of typing without a pause before it saves all the same
const RETRY = 5000;

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

function contentOf(form) {
  const data = new FormData(form);
  data.delete("version");
  data.delete("csrfmiddlewaretoken");
  return new URLSearchParams(data).toString();
}

// `onSaved` is told what the server answered to each save.
export function attachAutosave(form, { onSaved } = {}) {
  const state = document.getElementById("save-state");
  const conflict = document.getElementById("conflict");
  const settled = new WeakSet();
  let savedContent = contentOf(form);
  let timer = 0;
  let waitingSince = 0;
  let running = null;
  let stopped = !conflict.hidden;
  let leaving = false;

  // A rich text editor writes its text in its own way when it starts; nobody has typed that.
  function settle(event) {
    const { inputElement } = event.target;
    const saved = new URLSearchParams(savedContent);
    if (saved.has(inputElement.name)) saved.set(inputElement.name, inputElement.value);
    savedContent = saved.toString();
    settled.add(event.target);
  }

  function show(word, values = {}) {
    state.dataset.state = word;
    state.textContent = state.dataset[word].replace("{time}", values.time ?? "");
  }

  function isDirty() {
    return contentOf(form) !== savedContent;
  }

  function changed() {
    if (stopped || !isDirty()) return;
    show("unsaved");
    const now = Date.now();
    waitingSince ||= now;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, Math.max(0, Math.min(PAUSE, waitingSince + LONGEST - now)));
  }

  async function save() {
    while (running) await running;
    if (stopped || !isDirty()) return !stopped;
    window.clearTimeout(timer);
    waitingSince = 0;
    running = send();
    try {
      return await running;
    } finally {
      running = null;
      if (!stopped && isDirty() && state.dataset.state !== "offline") changed();
    }
  }

  async function send() {
    show("saving");
    const content = contentOf(form);
    const data = new URLSearchParams(new FormData(form));
    // Signing in again in another tab has changed the token.
    data.set("csrfmiddlewaretoken", cookie("csrftoken") || data.get("csrfmiddlewaretoken"));
    let response;
    try {
      response = await fetch(form.dataset.autosave, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        keepalive: content.length < 60000,
      });
    } catch {
      show("offline");
      timer = window.setTimeout(save, RETRY);
      return false;
    }
    const isJson = (response.headers.get("Content-Type") || "").includes("json");
    if (response.redirected || !isJson) {
      const gone = response.redirected || response.status === 403;
      show(gone ? "signedOut" : "offline");
      timer = window.setTimeout(save, RETRY * 2);
      return false;
    }
    const answer = await response.json();
    if (!response.ok) {
      stop(answer);
      return false;
    }
    savedContent = content;
    form.elements.version.value = answer.version;
    mark(form, answer.problems);
    onSaved?.(answer);
    const time = new Date(answer.saved_at).toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
    show(Object.keys(answer.problems).length ? "marked" : "saved", { time });
    return true;
  }

  function stop(answer) {
    stopped = true;
    show("unsaved");
    if (answer.conflict) {
      conflict.querySelector("[data-message]").textContent = answer.message;
      conflict.hidden = false;
      conflict.scrollIntoView({ block: "center" });
    } else {
      state.textContent = answer.message;
    }
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("trix-initialize", settle);
  form.addEventListener("trix-change", (event) => {
    if (settled.has(event.target)) changed();
  });
  window.addEventListener("online", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && isDirty()) event.preventDefault();
  });
  conflict.querySelector("[data-take-theirs]").addEventListener("click", () => {
    leaving = true;
  });
  form.addEventListener("submit", async (event) => {
    leaving = true;
    window.clearTimeout(timer);
    if (!running) return;
    // What is on its way arrives first, or the two would look like two people's.
    event.preventDefault();
    await running;
    form.requestSubmit(event.submitter);
  });

  return { changed, flush: save };
}

// What wasn't taken is said at its field.
function mark(form, problems) {
  for (const old of form.querySelectorAll("[data-live-error]")) old.remove();
  for (const [name, messages] of Object.entries(problems)) {
    const control = form.elements[name];
    const field = control?.closest?.(".field");
    if (!field) continue;
    const note = document.createElement("p");
    note.className = "field-error";
    note.dataset.liveError = "";
    note.textContent = messages.join(" ");
    field.append(note);
  }
}
