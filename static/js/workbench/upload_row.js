// One file on its way in: how far it is, pause and resume, waiting for a lost connection.

import * as kept from "./kept_files.js";

const CHUNK = 8 * 2 ** 20; // bytes: what a broken request has to send again at most
const RETRY_DELAYS = [0, 1000, 3000, 5000]; // milliseconds
const WAIT = 5000; // milliseconds between attempts while there is no connection
const NOBODY = "00000000-0000-0000-0000-000000000000";

const words = document.getElementById("upload-form").dataset;

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/** Headers that the server wants of a request that changes something. */
export function proof() {
  return { "X-CSRFToken": cookie("csrftoken") };
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

/**
 * States: queued (waits for its turn), running (or waiting for the network), paused, refused,
 * cancelled, done. `onChange` is called whenever the state changes, `onResumed` with the address
 * of an earlier upload that this one goes on with.
 */
export class UploadRow {
  constructor(file, { handle, onChange, onResumed }) {
    this.file = file;
    this.handle = handle;
    this.onChange = onChange;
    this.onResumed = onResumed;
    this.percent = 0;
    const blank = document.getElementById("upload-row");
    this.element = blank.content.firstElementChild.cloneNode(true);
    this.part("name").textContent = file.name;
    this.part("bar").setAttribute("aria-label", file.name);
    this.part("pause").addEventListener("click", () => this.pause());
    this.part("resume").addEventListener("click", () => this.enqueue());
    this.part("cancel").addEventListener("click", () => this.cancel());
  }

  /** Asks for a turn; a file that is too large is told so at once. */
  enqueue() {
    if (this.file.size > Number(words.maxBytes)) {
      this.refuse(words.tooLarge, { again: false });
      return;
    }
    this.buttons({ cancel: true });
    this.say(words.queued);
    this.become("queued");
  }

  /** Its turn has come. */
  async start() {
    this.stopWaiting();
    this.startedAt = Date.now();
    this.startedFrom = null;
    this.element.classList.remove("upload-refused");
    this.part("bar").hidden = false;
    this.buttons({ pause: true, cancel: true });
    this.become("running");
    this.tus ??= await this.prepare();
    if (this.state === "running") this.tus.start();
  }

  async prepare() {
    const upload = new window.tus.Upload(this.file, {
      endpoint: words.endpoint,
      chunkSize: CHUNK,
      retryDelays: RETRY_DELAYS,
      removeFingerprintOnSuccess: true,
      metadata: { filename: this.file.name, filetype: this.file.type },
      onBeforeRequest: (request) => {
        for (const [name, value] of Object.entries(proof())) request.setHeader(name, value);
      },
      onAfterResponse: (_, response) => {
        this.video = response.getHeader("Auditorium-Video") || this.video;
      },
      onUploadUrlAvailable: () => this.handle && kept.keep(this.path, this.handle),
      onProgress: (sent, all) => this.progress(sent, all),
      onSuccess: () => this.finish(),
      onError: (error) => this.fail(error),
    });
    const previous = await upload.findPreviousUploads();
    if (previous.length) {
      upload.resumeFromPreviousUpload(previous[0]);
      this.onResumed(previous[0].uploadUrl);
    }
    return upload;
  }

  pause() {
    this.stopWaiting();
    this.tus?.abort();
    this.say(fill(words.paused, { percent: this.percent }));
    this.buttons({ resume: true, cancel: true });
    this.part("resume").focus();
    this.become("paused");
  }

  async cancel() {
    this.stopWaiting();
    this.become("cancelled");
    this.forgetHandle();
    try {
      await this.tus?.abort(true);
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
      const reason = response.getBody() || `HTTP ${status}`;
      this.refuse(fill(words.refused, { reason }), { again: true });
    }
  }

  /** Tries again at once, if it waits for the network. */
  wake() {
    if (this.state === "running" && this.timer) this.start();
  }

  refuse(sentence, { again }) {
    this.element.classList.add("upload-refused");
    this.part("bar").hidden = true;
    this.say(sentence);
    // There may be room by then: another upload has ended, a video was deleted.
    this.buttons({ resume: again, cancel: again });
    this.become("refused");
  }

  finish() {
    this.part("bar").value = 100;
    this.buttons({});
    this.say(words.done);
    this.forgetHandle();
    this.become("done");
    if (!this.video) return;
    const open = this.part("open");
    open.href = words.video.replace(NOBODY, this.video);
    open.hidden = false;
    const pipeline = this.part("pipeline");
    pipeline.setAttribute("hx-get", words.progress.replace(NOBODY, this.video));
    pipeline.setAttribute("hx-trigger", "load");
    window.htmx.process(pipeline);
  }

  get path() {
    return new URL(this.tus?.url ?? "", window.location.href).pathname;
  }

  forgetHandle() {
    if (this.handle && this.tus?.url) kept.drop(this.path);
  }

  become(state) {
    this.state = state;
    this.onChange();
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

  stopWaiting() {
    window.clearTimeout(this.timer);
    this.timer = 0;
  }

  waitAndRetry(sentence) {
    this.say(sentence);
    this.timer = window.setTimeout(() => this.start(), WAIT);
  }
}
