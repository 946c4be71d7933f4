// One caption in the list: two times and a text.

import { parseTime, round, speedOf, tidy, writeTime, wrongWith } from "./cues.js";

const STEP = 0.1; // seconds that an arrow key moves a time
const LONG_STEP = 1;

export class Row {
  constructor(template, { start, end, text }, limit) {
    this.limit = limit;
    this.element = template.content.firstElementChild.cloneNode(true);
    this.element.row = this;
    for (const name of ["play", "start", "end", "speed", "remove", "text", "wrong", "advice"]) {
      this[name] = this.element.querySelector(`[data-cue="${name}"]`);
    }
    this.start.value = writeTime(start);
    this.end.value = writeTime(end);
    this.exact = { start, end };
    this.text.value = text;
    this.start.addEventListener("keydown", (event) => this.nudge(event, "start"));
    this.end.addEventListener("keydown", (event) => this.nudge(event, "end"));
    this.refresh();
  }

  // A time that was only shown keeps its thousandths.
  time(name) {
    const written = this[name].value;
    return written === writeTime(this.exact[name]) ? this.exact[name] : parseTime(written);
  }

  set(name, seconds) {
    this.exact[name] = round(seconds);
    this[name].value = writeTime(seconds);
    this.refresh();
  }

  get cue() {
    return { start: this.time("start"), end: this.time("end"), text: this.text.value };
  }

  get isEmpty() {
    return !tidy(this.text.value);
  }

  get problem() {
    return wrongWith(this.cue, this.limit);
  }

  nudge(event, name) {
    if (!["ArrowUp", "ArrowDown"].includes(event.key) || event.altKey || event.ctrlKey) return;
    const seconds = this.time(name);
    if (seconds === null) return;
    event.preventDefault();
    const step = (event.shiftKey ? LONG_STEP : STEP) * (event.key === "ArrowUp" ? 1 : -1);
    this.set(name, Math.max(0, seconds + step));
    this[name].dispatchEvent(new Event("input", { bubbles: true }));
  }

  refresh() {
    const { problem, cue } = this;
    this.wrong.hidden = !problem;
    this.wrong.textContent = problem ? this.wrong.dataset[problem] : "";
    this.element.classList.toggle("cue-wrong", Boolean(problem));
    for (const input of [this.start, this.end]) input.setAttribute("aria-invalid", Boolean(problem));
    const speed = problem || this.isEmpty ? "" : String(speedOf(cue));
    this.speed.textContent = speed && this.speed.dataset.words.replace("{count}", speed);
  }

  number(number) {
    const id = `cue-${number}`;
    this.wrong.id = `${id}-wrong`;
    this.advice.id = `${id}-advice`;
    this.text.setAttribute("aria-describedby", `${this.wrong.id} ${this.advice.id}`);
  }

  advise(sentences) {
    this.advice.replaceChildren(
      ...sentences.map((sentence) => {
        const item = document.createElement("li");
        item.textContent = sentence;
        return item;
      }),
    );
    this.advice.hidden = !sentences.length;
  }
}
