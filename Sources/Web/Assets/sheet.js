// 审核: findings and cells lead to each other; decisions by mouse and by key.
import { say, send, decide, tell, refresh, address, remembersDecision, undo } from "./page.js";

const findings = () => [...document.querySelectorAll(".finding")];
const cell = name => name && document.querySelector(`#paper [data-cell="${CSS.escape(name)}"]`);
let chosen = -1;
// The cell whose value can be typed.
let picked = null;
const file = new URLSearchParams(location.search).get("file");
const fileName = file?.split("/").at(-1) ?? "";

function choose(number, focuses = true) {
  const list = findings();
  if (!list.length) return;
  chosen = Math.max(0, Math.min(number, list.length - 1));
  for (const item of document.querySelectorAll(".chosen, .involved")) item.classList.remove("chosen", "involved");
  for (const [index, item] of list.entries()) {
    const isChosen = index === chosen;
    item.classList.toggle("chosen", isChosen);
    item.querySelector(".finding-line").setAttribute("aria-expanded", isChosen);
    item.querySelector(".detail").hidden = !isChosen;
  }
  const item = list[chosen];
  sessionStorage.setItem("finding:" + location.search, chosen);
  // What is looked at has an address, for a reload and for a link that is sent on.
  history.replaceState(null, "", "#f-" + item.dataset.number);
  if (item.dataset.elsewhere) {
    if (focuses === "go") location.href = item.dataset.elsewhere;
  } else {
    for (const term of item.querySelectorAll(".term[data-cell]")) cell(term.dataset.cell)?.classList.add("involved");
    const place = cell(item.dataset.cell);
    place?.classList.add("chosen");
    show(place);
  }
  if (focuses) {
    item.querySelector(".finding-line").focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }
}
function show(place) {
  const frame = document.getElementById("paper");
  if (!place || !frame) return;
  const [inner, outer] = [place.getBoundingClientRect(), frame.getBoundingClientRect()];
  frame.scrollBy({ left: inner.left - outer.left - (outer.width - inner.width) / 2, top: inner.top - outer.top - (outer.height - inner.height) / 2 });
}

const told = lines => lines.map(line => `${line.cell}　${line.shown || say("空", "blank")} → ${line.new}`).join(say("；", "; "));
function correct(lines) {
  decide(say("更正", "Correct"), told(lines), say("原因", "Reason"), true, async (by, reason) => {
    await send("corrections", { decisions: lines, by, reason });
    // What was typed is done, and keeps nothing from being shown anew.
    const forms = [...document.querySelectorAll(".own[data-own]")].filter(form => JSON.parse(form.dataset.own).some(own => lines.some(line => line.cell === own.cell)));
    for (const form of forms) form.elements.new.value = "";
    if (lines.some(line => line.cell === picked?.cell)) closeForm();
    remembersDecision("corrections-withdraw", { file: lines[0].file, sheet: lines[0].sheet, cell: lines[0].cell, by }, `${fileName} ${lines.map(line => line.cell).join(say("、", ", "))}`);
    tell(say("已更正，按 Z 撤销", "Corrected; Z undoes it"));
  });
}
function explain(value) {
  decide(say("核实说明", "Explain"), "", say("说明", "Explanation"), false, async (by, text) => {
    const made = await send("notes", { ...value, text, by });
    remembersDecision("notes-withdraw", { line: made.note.line, by }, `${fileName} ${say("的说明", "(explanation)")}`);
    tell(say("已说明，按 Z 撤销", "Explained; Z undoes it"));
  });
}
async function attempt(work, words) {
  try { await work(); if (words) tell(words); refresh(); } catch (error) { tell(error.message, true); }
}

// Left to the unit; what is next comes up by itself.
function mark(value) {
  attempt(async () => {
    await send("marks", value);
    remembersDecision("marks-withdraw", { file: value.file, rule: value.rule, cell: value.cell }, `${fileName} ${value.cell} ${say("待退回", "(to be returned)")}`);
    const next = findings().findIndex((item, index) => index > chosen && item.querySelector(".mark-return, .take, .explain"));
    if (next > 0) choose(next);
  }, say("已记为待退回，按 Z 撤销；退回件在“退回催报”", "Marked for return; Z undoes it. The copies are in Return & chase"));
}

function closeForm() {
  const form = document.getElementById("cell-form");
  picked = null;
  if (!form) return;
  form.hidden = true;
  form.elements.new.value = "";
}
document.addEventListener("click", event => {
  if (event.target.id === "cell-close") return closeForm();
  const marked = event.target.closest("#paper td.mark");
  if (marked) {
    const numbers = (marked.dataset.findings ?? "").split(" ").filter(Boolean).map(Number);
    const index = findings().findIndex(item => numbers.includes(Number(item.dataset.number)));
    if (index >= 0) choose(index);
    return;
  }
  const plain = event.target.closest("#paper td[data-cell]");
  if (plain) return pick(plain);
  const button = event.target.closest("button");
  if (!button) return;
  if (button.classList.contains("finding-line")) {
    const index = findings().indexOf(button.closest(".finding"));
    choose(index, button.closest(".finding").dataset.elsewhere ? "go" : true);
  }
  const data = button.dataset;
  if (data.take) correct(JSON.parse(data.take));
  if (data.explain) explain(JSON.parse(data.explain));
  if (data.mark) mark(JSON.parse(data.mark));
  if (data.undo) undo({ path: "corrections-withdraw", value: JSON.parse(data.undo) });
  if (data.undoNote) undo({ path: "notes-withdraw", value: { line: data.undoNote } });
});
// Any value can be corrected, also one about which nothing is said.
async function pick(place) {
  const form = document.getElementById("cell-form");
  if (!form) return;
  const where = `/api/v1/cell?file=${encodeURIComponent(file)}&sheet=${encodeURIComponent(document.getElementById("paper").dataset.sheet)}&cell=${place.dataset.cell}`;
  const answer = await fetch(address(where)).then(response => response.json()).catch(() => ({}));
  form.hidden = answer.figures?.length !== 1;
  if (form.hidden) return;
  picked = answer.figures[0];
  for (const other of document.querySelectorAll("#paper .chosen")) other.classList.remove("chosen");
  place.classList.add("chosen");
  document.getElementById("cell-what").textContent = `${picked.cell}　${picked.field.split("/").join(" ")}　${picked.shown || say("空", "blank")} → `;
  const field = form.elements.new;
  const isFigure = ["number", "percent"].includes(picked.type);
  const choices = document.getElementById("cell-choices");
  choices.replaceChildren(...(picked.choices.length <= 24 ? picked.choices : []).filter(name => name !== picked.old).map(name => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button plain", textContent: name });
    button.dataset.take = JSON.stringify([{ ...picked, new: name }]);
    return button;
  }));
  form.classList.toggle("by-choice", choices.childElementCount > 0);
  field.value = "";
  field.inputMode = isFigure ? "decimal" : picked.type === "phone" ? "tel" : "text";
  field.maxLength = isFigure ? 20 : 200;
  field.size = isFigure ? 8 : 18;
  field.placeholder = picked.type === "date" ? form.dataset.day : "";
  (choices.firstElementChild ?? field).focus({ preventScroll: true });
}
document.addEventListener("submit", event => {
  if (event.target.id === "cell-form") {
    event.preventDefault();
    const figure = event.target.elements.new.value.trim();
    if (figure && picked) correct([{ ...picked, new: figure }]);
    return;
  }
  if (!event.target.matches(".own")) return;
  event.preventDefault();
  const figure = event.target.elements.new.value.trim();
  if (!figure) return event.target.elements.new.focus();
  correct(JSON.parse(event.target.dataset.own).map(line => ({ ...line, new: figure })));
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && event.target.closest?.("#cell-form")) return closeForm();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, dialog")) return;
  const current = findings()[chosen];
  const press = selector => current?.querySelector(selector)?.click();
  switch (event.key.toLowerCase()) {
    case "j": choose(chosen + 1); break;
    case "k": choose(chosen - 1); break;
    case "n": document.getElementById("next-form")?.click(); break;
    case "p": document.getElementById("prev-form")?.click(); break;
    case "e": press(".explain"); break;
    case "r": press(".mark-return"); break;
    case "z": undo(); break;
    case "enter":
      if (event.target.closest?.("a, button:not(.finding-line), summary") || !current?.querySelector(".take")) return;
      press(".take");
      break;
    default: return;
  }
  event.preventDefault();
});
document.addEventListener("refreshed", () => { if (findings().length) choose(Math.min(chosen, findings().length - 1), false); });

// The finding in the address, the one that was looked at last, or the first.
const named = location.hash.match(/^#f-(\d+)$/)?.[1];
const wanted = named ?? sessionStorage.getItem("finding:" + location.search) ?? 0;
const asked = new URLSearchParams(location.search).get("cell");
const start = asked && named === undefined ? findings().findIndex(item => item.dataset.cell === asked) : Number(wanted);
if (asked && start < 0) { const place = cell(asked); place?.classList.add("chosen"); show(place); } else choose(Math.max(0, start), false);
