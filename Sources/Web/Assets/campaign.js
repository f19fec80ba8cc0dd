// 活动: every change of a table is written as its line into the text, which is looked at before it is saved.
import { say, send, tell } from "./page.js";

const text = document.getElementById("yaml");
const lines = document.getElementById("yaml-lines");
const save = document.getElementById("yaml-save");
const complaint = document.getElementById("yaml-complaint");
const tables = document.getElementById("campaign-tables");
const unsaved = document.getElementById("unsaved");
const year = document.getElementById("c-year");
// What was in the editor before each step, for undo.
const steps = [];

function number() {
  const count = text.value.split("\n").length;
  lines.textContent = Array.from({ length: count }, (_, index) => index + 1).join("\n");
  text.rows = count + 1;
}
text.addEventListener("input", () => { number(); save.disabled = true; });
text.addEventListener("focus", () => { if (steps.at(-1) !== text.value) steps.push(text.value); });
number();

function show(answer) {
  const list = document.getElementById("yaml-changes");
  const mark = line => line.className + line.textContent;
  const known = new Set([...list.children].map(mark));
  const isOther = change => (change?.kind ?? "same") !== "same";
  const near = answer.changes.map((change, index) => isOther(change) || [-2, -1, 1, 2].some(step => isOther(answer.changes[index + step])));
  list.replaceChildren(...answer.changes.flatMap((change, index) => {
    if (!near[index]) {
      if (!near[index - 1] && index > 0) return [];
      return [Object.assign(document.createElement("li"), { className: "gap" })];
    }
    return [Object.assign(document.createElement("li"), { className: change.kind, textContent: change.text || " " })];
  }));
  const count = answer.changes.filter(isOther).length;
  unsaved.hidden = !count;
  document.getElementById("unsaved-count").textContent = say(`${count}行不同`, `${count} lines differ`);
  save.disabled = !count || Boolean(answer.complaint);
  // What was changed last is seen.
  const latest = [...list.children].find(line => ["added", "removed"].includes(line.className) && !known.has(mark(line)));
  if (latest) list.scrollTop = latest.offsetTop - list.offsetTop - 44;
  return count;
}
// The tables of the new text, without taking away what somebody is typing meanwhile.
let drawing = false;
function draw(html) {
  if (html === null || html === undefined) return;
  const active = document.activeElement;
  const [id, typed] = [active?.id, active?.value];
  // What was refused stays as it was typed, with the reason.
  const refused = [...tables.querySelectorAll("[aria-invalid][id]")].map(field => [field.id, field.value, field.asked, document.getElementById("e-" + field.id)?.textContent]);
  const scrolls = [...tables.querySelectorAll(".scroll")].map(frame => [frame.scrollLeft, frame.scrollTop]);
  // A field that is taken out while somebody types in it has not been left.
  const isOpen = document.getElementById("c-letters")?.open;
  drawing = true;
  tables.innerHTML = html;
  drawing = false;
  if (isOpen) document.getElementById("c-letters").open = true;
  for (const [index, frame] of [...tables.querySelectorAll(".scroll")].entries()) [frame.scrollLeft, frame.scrollTop] = scrolls[index] ?? [0, 0];
  for (const [name, value, asked, words] of refused) {
    const field = document.getElementById(name);
    if (!field || !words || field.value === value) continue;
    [field.value, field.asked] = [value, asked];
    complain(field, words);
  }
  const next = id && tables.contains(document.getElementById(id)) ? document.getElementById(id) : null;
  if (!next || next === active) return;
  if (next.value !== undefined && ["INPUT", "TEXTAREA"].includes(active.tagName) && active.type !== "submit") {
    next.value = typed;
    // A value that is set fires no "change" when the field is left; see leave.
    next.asked = active.asked;
  }
  next.focus({ preventScroll: true });
}
function take(answer) {
  text.value = answer.text;
  number();
  draw(answer.tables);
  show(answer);
}
const ask = (value, saves) => send("campaign", { text: text.value, before: text.dataset.before, save: saves ? "true" : "false", ...value });

// One change after the other, in the order in which they were made.
let queue = Promise.resolve();
function change(value, field) {
  queue = queue.then(async () => {
    const before = text.value;
    let said;
    try {
      const answer = await ask(value, false);
      said = answer.complaint;
      if (!said) { steps.push(before); if (field) settle(field); take(answer); if (answer.note) tell(answer.note); }
    } catch (error) { said = error.message; }
    complain(field, said ?? "");
  });
  return queue;
}
// A complaint stands below the field that it is about; what was typed stays.
function complain(field, words) {
  const place = field && document.getElementById(field.id);
  if (!place) { complaint.textContent = words; return; }
  // The tables may have been drawn anew since.
  if (words && place !== field && field.dataset.change && document.activeElement !== place) [place.value, place.asked] = [field.value, field.asked];
  settle(place);
  complaint.textContent = "";
  if (!words) return;
  place.setAttribute("aria-invalid", "true");
  const note = Object.assign(document.createElement("small"), { className: "error", id: "e-" + place.id, textContent: words });
  place.setAttribute("aria-describedby", note.id);
  place.after(note);
}
function settle(field) {
  field.removeAttribute("aria-invalid");
  document.getElementById("e-" + field.id)?.remove();
}
// What was typed is asked for once, whether or not the browser holds it for a change.
function leave({ target: field }) {
  const { change: kind, unit, table, given } = field.dataset ?? {};
  if (drawing || !kind || !["INPUT", "TEXTAREA"].includes(field.tagName)) return;
  if (field.validity.badInput) return complain(field, say("没有填完整，请重填", "This is not complete; fill it in again"));
  if (field.value === (field.asked ?? field.defaultValue)) return;
  // What was refused and is put back as it was needs no change.
  if (field.value === field.defaultValue && field.getAttribute("aria-invalid")) {
    field.asked = undefined;
    return complain(field, "");
  }
  field.asked = field.value;
  change({ change: kind, unit, table, value: [given, field.value].filter(Boolean).join("、") }, field);
}
document.addEventListener("change", leave);
document.addEventListener("focusout", leave);
document.addEventListener("submit", event => {
  if (event.target.id === "year") { event.preventDefault(); return; }
  if (event.target.id !== "add-unit") return;
  event.preventDefault();
  const { value, group } = event.target.elements;
  if (!value.value.trim()) return value.focus();
  const name = value.value.trim();
  value.value = "";
  change({ change: "add", value: name, group: group?.value }, value).then(() => {
    const again = document.getElementById("c-add");
    if (again.getAttribute("aria-invalid")) again.value = name;
    again.focus();
  });
});

async function look() {
  const answer = await ask({}, false);
  complaint.textContent = answer.complaint ?? "";
  draw(answer.tables);
  if (!show(answer) && !answer.complaint) complaint.textContent = say("没有改动", "Nothing has changed");
  if (answer.line) {
    document.querySelector("details.editor").open = true;
    const start = text.value.split("\n").slice(0, answer.line - 1).join("\n").length + (answer.line > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (text.value.split("\n")[answer.line - 1] ?? "").length);
  }
}
async function back() {
  let before = steps.pop();
  while (before === text.value) before = steps.pop();
  if (before === undefined) return tell(say("没有可撤销的改动", "There is nothing to undo"));
  text.value = before;
  number();
  const answer = await ask({}, false);
  complaint.textContent = answer.complaint ?? "";
  draw(answer.tables);
  show(answer);
  if (year) year.value = year.asked = answer.text.match(/^year: *(\d+)/m)?.[1] ?? year.defaultValue;
}
const attempt = work => () => { queue = queue.then(work).catch(error => { complaint.textContent = error.message; }); };
document.getElementById("yaml-check").addEventListener("click", attempt(look));
document.getElementById("yaml-undo").addEventListener("click", attempt(back));
document.getElementById("yaml-reset").addEventListener("click", attempt(async () => {
  steps.push(text.value);
  text.value = text.dataset.before || text.defaultValue;
  number();
  const answer = await ask({}, false);
  draw(answer.tables);
  unsaved.hidden = true;
  complaint.textContent = answer.complaint ?? "";
  if (year) year.value = year.asked = year.defaultValue;
}));
document.addEventListener("keydown", event => {
  if (event.key.toLowerCase() !== "z" || event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, textarea, select, dialog")) return;
  event.preventDefault();
  attempt(back)();
});
async function store(words) {
  const before = text.dataset.before;
  const answer = await ask({}, true);
  if (!answer.saved) { complaint.textContent = answer.complaint ?? ""; return; }
  if (before) sessionStorage.setItem("campaign-before", JSON.stringify([before, answer.text]));
  steps.length = 0;
  unsaved.hidden = true;
  tell(words);
  setTimeout(() => location.reload(), 600);
}
save.addEventListener("click", attempt(() => store(say("已保存", "Saved"))));
// What was saved last can be taken back as long as nothing else was.
const undo = document.getElementById("yaml-back");
const last = JSON.parse(sessionStorage.getItem("campaign-before") ?? "null");
if (last && last[1] === text.dataset.before) {
  undo.hidden = false;
  undo.addEventListener("click", attempt(async () => {
    text.value = last[0];
    await store(say("已恢复保存前的样子", "As it was before"));
  }));
}
addEventListener("beforeunload", event => { if (!unsaved.hidden) event.preventDefault(); });

// Links for units: shown once, where they were asked for.
document.addEventListener("click", async event => {
  const button = event.target.closest?.("button");
  if (!button) return;
  const { link, revoke, change: kind, unit } = button.dataset;
  if (button.id === "links-all") {
    button.disabled = true;
    for (const other of document.querySelectorAll("[data-link]:not(:has(+ [data-revoke]))")) await give(other.dataset.link, null);
    tell(button.dataset.letters === undefined ? say("已生成", "Made") : say("已生成，退回催报里的催报函带着各自的链接", "Made; the letters in Return & chase carry them"));
    return;
  }
  if (kind) return change({ change: kind, unit }, null);
  if (!link && !revoke) return;
  give(link, revoke);
});
async function give(link, revoke) {
  const code = link ?? revoke;
  const place = document.getElementById("link-" + code);
  try {
    const response = await fetch(`/api/v1/portal/units/${encodeURIComponent(code)}/link`, { method: link ? "POST" : "DELETE" });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error.message);
    place.textContent = link ? location.origin + answer.path : say("已收回", "revoked");
  } catch (error) { tell(error.message, true); }
}
