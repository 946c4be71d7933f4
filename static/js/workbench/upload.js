// Resumable uploads (tus): several files, drag and drop, pause. A lost connection is waited for;
// a file that is chosen again after a reload goes on where it stopped.

const CHUNK = 8 * 2 ** 20; // bytes: what a broken request has to send again at most
const RETRY_DELAYS = [0, 1000, 3000, 5000]; // milliseconds
const WAIT = 5000; // milliseconds between attempts while there is no connection
const NOBODY = "00000000-0000-0000-0000-000000000000";

const form = document.getElementById("upload-form");
const words = form.dataset;
const list = document.getElementById("uploads");
const blank = document.getElementById("upload-row");
const input = form.querySelector("input[type=file]");
const drop = document.getElementById("drop");

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

function fill(sentence, values) {
  return sentence.replace(/{(\w+)}/g, (_, key) => values[key] ?? "");
}

function size(bytes) {
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: 1,
  }).format(bytes / 2 ** 20);
}

function duration(seconds) {
  if (seconds < 90) return fill(words.seconds, { n: Math.max(1, Math.round(seconds)) });
  return fill(words.minutes, { n: Math.round(seconds / 60) });
}

class UploadRow {
  constructor(file) {
    this.file = file;
    this.percent = 0;
    this.state = "running";
    this.element = blank.content.firstElementChild.cloneNode(true);
    this.part("name").textContent = file.name;
    this.part("bar").setAttribute("aria-label", file.name);
    this.part("pause").addEventListener("click", () => this.pause());
    this.part("resume").addEventListener("click", () => this.start());
    this.part("cancel").addEventListener("click", () => this.cancel());
    list.append(this.element);
    if (file.size > Number(words.maxBytes)) {
      this.refuse(words.tooLarge);
      return;
    }
    this.prepare();
  }

  part(name) {
    return this.element.querySelector(`[data-${name}]`);
  }

  say(sentence) {
    this.part("state").textContent = sentence;
  }

  buttons({ pause = false, resume = false, cancel = false }) {
    this.part("pause").hidden = !pause;
    this.part("resume").hidden = !resume;
    this.part("cancel").hidden = !cancel;
  }

  async prepare() {
    this.tus = new window.tus.Upload(this.file, {
      endpoint: words.endpoint,
      chunkSize: CHUNK,
      retryDelays: RETRY_DELAYS,
      removeFingerprintOnSuccess: true,
      metadata: { filename: this.file.name, filetype: this.file.type },
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", cookie("csrftoken")),
      onAfterResponse: (_, response) => {
        this.video = response.getHeader("Auditorium-Video") || this.video;
      },
      onProgress: (sent, all) => this.progress(sent, all),
      onSuccess: () => this.finish(),
      onError: (error) => this.fail(error),
    });
    const previous = await this.tus.findPreviousUploads();
    if (previous.length) {
      this.tus.resumeFromPreviousUpload(previous[0]);
      forget(previous[0].uploadUrl);
    }
    this.start();
  }

  start() {
    this.stopWaiting();
    this.state = "running";
    this.startedAt = Date.now();
    this.startedFrom = null;
    this.buttons({ pause: true, cancel: true });
    this.tus.start();
  }

  pause() {
    this.stopWaiting();
    this.state = "paused";
    this.tus.abort();
    this.say(fill(words.paused, { percent: this.percent }));
    this.buttons({ resume: true, cancel: true });
    this.part("resume").focus();
  }

  async cancel() {
    this.stopWaiting();
    this.state = "cancelled";
    try {
      await this.tus.abort(true);
    } catch {
      // What can't be removed now expires by itself.
    }
    this.element.remove();
  }

  progress(sent, all) {
    if (this.state !== "running") return;
    this.startedFrom ??= sent;
    this.percent = Math.floor((100 * sent) / all);
    this.part("bar").value = this.percent;
    const speed = (sent - this.startedFrom) / Math.max(1, Date.now() - this.startedAt);
    const time = speed ? duration((all - sent) / speed / 1000) : "…";
    this.say(fill(words.uploading, { percent: this.percent, size: size(all), time }));
  }

  fail(error) {
    if (this.state !== "running") return;
    const response = error.originalResponse;
    const status = response?.getStatus() ?? 0;
    if (status === 401 || status === 403) {
      this.waitAndRetry(words.signedOut);
    } else if (status === 0 || status === 409 || status === 423 || status >= 500) {
      this.waitAndRetry(fill(words.waiting, { percent: this.percent }));
    } else {
      this.refuse(fill(words.refused, { reason: response.getBody() || `HTTP ${status}` }));
    }
  }

  stopWaiting() {
    window.clearTimeout(this.timer);
    this.timer = 0;
  }

  waitAndRetry(sentence) {
    this.say(sentence);
    this.timer = window.setTimeout(() => this.start(), WAIT);
  }

  refuse(sentence) {
    this.state = "refused";
    this.element.classList.add("upload-refused");
    this.part("bar").hidden = true;
    this.say(sentence);
    this.buttons({});
  }

  finish() {
    this.state = "done";
    this.part("bar").value = 100;
    this.buttons({});
    this.say(words.done);
    if (!this.video) return;
    const open = this.part("open");
    open.href = words.video.replace(NOBODY, this.video);
    open.hidden = false;
    const pipeline = this.part("pipeline");
    pipeline.setAttribute("hx-get", words.progress.replace(NOBODY, this.video));
    pipeline.setAttribute("hx-trigger", "load");
    window.htmx.process(pipeline);
  }
}

function forget(url) {
  if (!url) return;
  const path = new URL(url, window.location.href).pathname;
  document.querySelector(`[data-unfinished="${CSS.escape(path)}"]`)?.remove();
  const section = document.getElementById("unfinished");
  if (section && !section.querySelector("[data-unfinished]")) section.hidden = true;
}

const rows = [];

function take(files) {
  for (const file of files) rows.push(new UploadRow(file));
}

input.multiple = true;
form.querySelector("[data-with-script]").hidden = false;
form.querySelector("[data-without-script]").hidden = true;
input.addEventListener("change", () => {
  take(input.files);
  input.value = "";
});
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
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer.files);
});

window.addEventListener("online", () => {
  for (const row of rows) if (row.state === "running" && row.timer) row.start();
});
window.addEventListener("beforeunload", (event) => {
  if (rows.some((row) => row.state === "running")) event.preventDefault();
});
