// The captions of one language as a list beside the video. The form's text stays what is sent and
// saved: the list is written into it as WebVTT after each change.

import { attachAutosave } from "../autosave.js";
import { asVtt, round, writeTime } from "./cues.js";
import { Row } from "./row.js";
import { Screen } from "./screen.js";

const NEW_SECONDS = 3;
const SHORTEST = 0.2;
const KEYS = {
  KeyJ: "back",
  KeyK: "play",
  KeyL: "forward",
  KeyI: "begin",
  KeyO: "end",
  KeyN: "add",
  ArrowUp: "before",
  ArrowDown: "after",
};

class Editor {
  constructor(box) {
    this.box = box;
    this.form = box.querySelector("form.captioner-text");
    this.list = box.querySelector("[data-cues]");
    this.said = box.querySelector("[data-said]");
    this.undoButton = box.querySelector('[data-do="undo"]');
    this.template = document.getElementById("cue-template");
    this.limit = Number(box.dataset.seconds) || 0;
    this.fixed = this.form.querySelector("fieldset").disabled;
    this.current = null;
    this.removed = null;
    this.sent = [];
    const video = box.querySelector(".player video");
    this.screen = video ? new Screen(video, box.dataset.language) : null;
    for (const cue of read("cues-data")) this.list.append(this.rowFor(cue).element);
    this.uncover();
    this.sent = this.rows;
    this.advise(read("advice-data"));
    this.listen(video);
    this.settle();
    if (this.fixed) return;
    this.form.addEventListener("submit", (event) => this.refuseWrong(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.wrong) event.preventDefault();
    });
    this.saver = attachAutosave(this.form, { onSaved: (answer) => this.told(answer) });
  }

  get rows() {
    return [...this.list.children].map((element) => element.row);
  }

  // The first caption that can't be saved as it is.
  get wrong() {
    return this.rows.find((row) => !row.isEmpty && row.problem);
  }

  rowFor(cue) {
    return new Row(this.template, cue, this.limit);
  }

  uncover() {
    for (const plain of this.form.querySelectorAll("[data-plain]")) plain.hidden = true;
    for (const part of this.box.querySelectorAll("[data-controls], [data-more]")) part.hidden = false;
    this.list.hidden = false;
  }

  listen(video) {
    this.box.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
    this.list.addEventListener("focusin", (event) => {
      this.choose(rowOf(event.target));
      if (!event.target.matches(".cue-time")) this.sort();
    });
    this.list.addEventListener("input", (event) => {
      rowOf(event.target).refresh();
      this.settle();
    });
    // Only once somebody is done with a time: rows that move while one types can't be followed.
    this.list.addEventListener("change", () => this.sort());
    video?.addEventListener("timeupdate", () => this.follow());
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const row = rowOf(button);
    if (button.dataset.cue === "play") this.playRow(row);
    else if (button.dataset.cue === "remove") this.remove(row);
    else if (button.dataset.do) this.act(button.dataset.do);
  }

  pressed(event) {
    const name = KEYS[event.code];
    const other = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!name || !event.altKey || other || event.getModifierState("AltGraph")) return;
    event.preventDefault();
    this.act(name);
  }

  act(name) {
    const neighbours = { before: -1, after: 1 };
    if (name in neighbours) this.go(neighbours[name]);
    else if (name === "undo") this.restore();
    else if (this.fixed && ["begin", "end", "add", "append"].includes(name)) return;
    else if (name === "append") this.append();
    else if (!this.screen) return;
    else if (name === "play") this.screen.toggle();
    else if (name === "back") this.screen.jump(-1);
    else if (name === "forward") this.screen.jump(1);
    else if (name === "add") this.add(this.screen.time);
    else this.setTime(name);
  }

  choose(row) {
    if (!row || row === this.current) return;
    this.current?.element.classList.remove("cue-current");
    this.current = row;
    row.element.classList.add("cue-current");
  }

  // "Begins here", "Ends here": of the caption that one is at.
  setTime(name) {
    const row = this.current;
    if (!row?.element.isConnected) {
      this.say("none");
      return;
    }
    const now = round(this.screen.time);
    row.set(name === "begin" ? "start" : "end", now);
    // A caption that would be over before it begins goes along.
    const { start, end } = row.cue;
    if (name === "begin" && end !== null && end <= now) row.set("end", now + NEW_SECONDS);
    if (name === "end" && start !== null && start >= now) row.set("start", Math.max(0, now - SHORTEST));
    this.say(name === "begin" ? "begins" : "ends", now);
    this.sort();
    this.settle();
  }

  add(time) {
    const at = round(Math.min(time, Math.max(0, (this.limit || Infinity) - SHORTEST)));
    const { before, after } = this.around(at);
    if (before && before.cue.end > at && at - before.cue.start >= SHORTEST) before.set("end", at);
    const room = after ? after.cue.start - at : Infinity;
    const end = Math.min(at + (room >= SHORTEST ? Math.min(NEW_SECONDS, room) : NEW_SECONDS), this.limit || Infinity);
    const row = this.rowFor({ start: at, end: round(end), text: "" });
    this.list.insertBefore(row.element, after?.element ?? null);
    this.say("added", at);
    this.settle();
    row.text.focus();
  }

  append() {
    const ends = this.rows.map((row) => row.cue.end ?? 0);
    this.add(Math.max(0, ...ends));
  }

  // The last caption that begins no later than this, and the one after it.
  around(time) {
    const { rows } = this;
    const after = rows.find((row) => (row.cue.start ?? 0) > time);
    const before = rows[(after ? rows.indexOf(after) : rows.length) - 1];
    return { before, after };
  }

  remove(row) {
    this.removed = { row, next: row.element.nextElementSibling };
    const neighbour = row.element.nextElementSibling ?? row.element.previousElementSibling;
    row.element.remove();
    this.undoButton.hidden = false;
    this.say("removed");
    this.settle();
    (neighbour?.row.text ?? this.undoButton).focus();
  }

  restore() {
    if (!this.removed) return;
    const { row, next } = this.removed;
    this.list.insertBefore(row.element, next?.isConnected ? next : null);
    this.removed = null;
    this.undoButton.hidden = true;
    this.sort();
    this.say("restored");
    this.settle();
    row.text.focus();
  }

  go(step) {
    const { rows } = this;
    const row = rows[rows.indexOf(this.current) + step];
    if (!row) return;
    row.text.focus();
    row.element.scrollIntoView({ block: "nearest" });
    if (row.cue.start !== null) this.screen?.seek(row.cue.start);
  }

  playRow(row) {
    const { start, end } = row.cue;
    this.choose(row);
    if (start !== null && end !== null) this.screen?.play(start, end);
  }

  // Marks what is being said; who types elsewhere isn't disturbed.
  follow() {
    const now = this.screen.time;
    for (const row of this.rows) {
      const { start, end } = row.cue;
      const on = start !== null && start <= now && now < (end ?? start);
      if (on === row.element.classList.contains("cue-on")) continue;
      row.element.classList.toggle("cue-on", on);
      if (on && !this.list.contains(document.activeElement)) {
        row.element.scrollIntoView({ block: "nearest" });
      }
    }
  }

  sort() {
    const { rows } = this;
    const sorted = [...rows].sort((one, other) => (one.cue.start ?? 0) - (other.cue.start ?? 0));
    if (sorted.every((row, index) => row === rows[index])) return;
    const focused = document.activeElement;
    this.list.append(...sorted.map((row) => row.element));
    if (this.list.contains(focused)) focused.focus();
    this.settle();
  }

  // After every change: what is sent is what is seen.
  settle() {
    const { rows } = this;
    rows.forEach((row, index) => row.number(index));
    this.form.querySelector("[data-empty]").hidden = rows.length > 0;
    const whole = rows.filter((row) => !row.isEmpty);
    this.screen?.show(whole.filter((row) => !row.problem).map((row) => row.cue));
    if (this.fixed) return;
    if (this.wrong) {
      const state = document.getElementById("save-state");
      state.dataset.state = "marked";
      state.textContent = state.dataset.marked;
      return;
    }
    const inOrder = [...whole].sort((one, other) => one.cue.start - other.cue.start || one.cue.end - other.cue.end);
    const text = asVtt(inOrder.map((row) => row.cue));
    const { text: field } = this.form.elements;
    if (field.value === text || (!whole.length && !field.value)) return;
    field.value = text;
    this.sent = inOrder;
    this.saver?.changed();
  }

  refuseWrong(event) {
    const { wrong } = this;
    if (!wrong) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong.start.focus();
  }

  told({ problems, advice }) {
    if (problems.text) this.said.textContent = problems.text.join(" ");
    else this.advise(advice);
  }

  advise(advice) {
    const sentences = new Map();
    for (const { number, text } of advice) {
      const row = this.sent[number];
      sentences.set(row, [...(sentences.get(row) ?? []), text]);
    }
    for (const row of this.rows) row.advise(sentences.get(row) ?? []);
  }

  say(key, seconds) {
    const time = seconds === undefined ? "" : writeTime(seconds);
    this.said.textContent = this.said.dataset[key].replace("{time}", time);
    if (key !== "removed") this.undoButton.hidden = true;
  }
}

function rowOf(element) {
  return element.closest(".cue")?.row ?? null;
}

function read(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

for (const box of document.querySelectorAll("[data-captioner]")) new Editor(box);
