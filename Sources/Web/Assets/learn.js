// A new campaign from a notice and blank forms; other working folders.
import { say, send, tell, intake } from "./page.js";

const part = id => document.getElementById(id);
const complain = error => { part("learn-error").textContent = error.message; };

// Other folders.
async function open(value, button) {
  part("learn-error").textContent = "";
  if (button) button.disabled = true;
  try {
    const answer = await send("folders", value);
    tell(say("正在打开……", "Opening …"));
    location.href = answer.address;
  } catch (error) { complain(error); if (button) button.disabled = false; }
}
document.addEventListener("click", event => {
  const button = event.target.closest?.("button[data-open]");
  if (button) open({ open: button.dataset.open }, button);
});
part("another-year")?.addEventListener("submit", event => {
  event.preventDefault();
  const { year, name } = event.target.elements;
  open({ year: year.value, name: name.value }, event.target.querySelector("button"));
});
part("another-year")?.elements.year.addEventListener("change", event => {
  const name = part("another-year").elements.name;
  name.value = name.value.replace(/\d{4}/, event.target.value);
});
part("open-other")?.addEventListener("submit", event => {
  event.preventDefault();
  open({ open: event.target.elements.path.value.trim() }, event.target.querySelector("button"));
});

// A new campaign.
const facts = part("learn-facts");
const sheet = new CSSStyleSheet();
if (facts) document.adoptedStyleSheets = [sheet];
// What somebody said; the rest is as it was understood.
const said = { deadlines: new Map(), texts: new Map(), replies: new Map() };
let pictures = [];

function values() {
  const answers = [
    ...[...said.deadlines].map(([name, value]) => ({ kind: "deadline", name, value })),
    ...[...said.texts].map(([name, value]) => ({ kind: "text", name, value })),
    ...[...said.replies].map(([name, { value }]) => ({ kind: "reply", name, value })),
  ];
  return { title: said.title, office: said.office, year: said.year, units: said.units, ...(answers.length ? { answers } : {}) };
}
let queue = Promise.resolve();
function look() {
  queue = queue.then(async () => {
    const problem = part("learn-problem");
    try {
      const answer = await send("learn", values());
      list(answer.files);
      problem.textContent = answer.complaint ?? "";
      if (answer.campaign) show(answer); else part("learned").hidden = true;
    } catch (error) {
      problem.textContent = error.message;
      // An answer that cannot be is asked again; what was understood stays to be seen.
      if (lastReply) { said.replies.delete(lastReply); lastReply = null; look(); } else part("learned").hidden = true;
      return;
    }
    lastReply = null;
  });
  return queue;
}
function list(names) {
  part("learn-list").replaceChildren(...names.map(name => {
    const line = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet-link", textContent: say("拿掉", "Remove") });
    button.setAttribute("aria-label", say("拿掉", "Remove") + name);
    button.addEventListener("click", async () => { list((await send("learn", { forget: name })).files); look(); });
    line.append(name, button);
    return line;
  }));
}
function fill(field, value) { if (document.activeElement !== field) field.value = value ?? ""; }
function show(answer) {
  part("learned").hidden = false;
  const fields = facts.elements;
  fill(fields.title, answer.campaign.title);
  fill(fields.office, answer.officeName);
  fill(fields.year, answer.campaign.year);
  fill(fields.units, answer.unitNames);
  part("learn-count").textContent = answer.units.length ? say(`${answer.units.length}个`, answer.units.length) : "";
  const due = part("learn-deadlines");
  due.replaceChildren(...answer.forms.map(form => {
    const label = document.createElement("label");
    const field = Object.assign(document.createElement("input"), { type: "date", value: form.deadline ?? "", required: true });
    field.addEventListener("change", () => { if (field.value) { said.deadlines.set(form.label, field.value); look(); } });
    const count = say(`${form.fields.length}项`, `${form.fields.length} fields`);
    label.append(`${form.label}　${form.title}（${count}）${say("截止", " due")}`, field);
    return label;
  }));
  for (const table of answer.targets) {
    const line = Object.assign(document.createElement("p"), { className: "quiet", textContent: say(`${table.label}　${table.title}：${table.form ?? "未定"}的指标，${Object.keys(table.units).length}个单位，合计${table.total}`, `${table.label} ${table.title}: targets of ${table.form ?? "?"}, ${Object.keys(table.units).length} units, ${table.total} in all`) });
    due.append(line);
  }
  const questions = part("learn-questions");
  questions.replaceChildren(...answer.questions.map(question => {
    const line = document.createElement("li");
    line.append(question.question, Object.assign(document.createElement("small"), { className: "quiet", textContent: question.place }), choice(question));
    return line;
  }), ...[...said.replies].map(([id, { words, value }]) => {
    const line = Object.assign(document.createElement("li"), { className: "answered" });
    const again = Object.assign(document.createElement("button"), { type: "button", className: "quiet-link", textContent: say("改答", "Change") });
    again.addEventListener("click", () => { said.replies.delete(id); look(); });
    line.append(words, " ", Object.assign(document.createElement("b"), { textContent: value }), " ", again);
    return line;
  }));
  part("learn-open").textContent = answer.questions.length ? say(`还有${answer.questions.length}处`, `${answer.questions.length} to go`) : "";
  part("learn-clear").hidden = answer.questions.length + said.replies.size > 0;
  pictures = answer.pictures;
  const tabs = part("learn-tabs");
  const current = Math.max(0, [...tabs.children].findIndex(tab => tab.ariaCurrent === "true"));
  tabs.replaceChildren(...pictures.map((picture, index) => {
    const tab = Object.assign(document.createElement("a"), { href: "#learn-paper", textContent: picture.label });
    tab.addEventListener("click", event => { event.preventDefault(); draw(index); });
    return tab;
  }));
  draw(Math.min(current, pictures.length - 1));
  part("learn-texts").replaceChildren(...answer.texts.map(({ name, text }) => {
    const details = document.createElement("details");
    const field = Object.assign(document.createElement("textarea"), { value: text, rows: 16, spellcheck: false, className: "code-text" });
    field.setAttribute("aria-label", name);
    field.addEventListener("change", () => { said.texts.set(name, field.value); look(); });
    details.append(Object.assign(document.createElement("summary"), { textContent: name }), field);
    return details;
  }));
  const folder = part("learn-save").elements.folder;
  if (!folder.value) folder.value = answer.campaign.title.slice(0, 30);
}
// What answers a question: a choice, a date, a word; 是 takes what is said to have been taken.
let lastReply = null;
function choice(question) {
  const reply = value => {
    if (!value) return;
    said.replies.set(question.id, { value, words: question.question });
    lastReply = question.id;
    look();
  };
  const row = Object.assign(document.createElement("p"), { className: "buttons" });
  const button = (words, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button plain", textContent: words });
    made.addEventListener("click", act);
    row.append(made);
  };
  if (question.kind === "confirm") button(say("是，照此处理", "Yes, take it so"), () => reply("是"));
  else if (question.choices?.length) for (const word of question.choices) button(word, () => reply(word));
  else {
    const field = Object.assign(document.createElement("input"), { type: { date: "date", number: "number" }[question.kind] ?? "text", value: question.taken ?? "" });
    field.setAttribute("aria-label", question.question);
    row.append(field);
    button(say("就这样", "Take it"), () => reply(field.value.trim()));
  }
  return row;
}
function draw(index) {
  if (index < 0) { part("learn-paper").replaceChildren(); return; }
  for (const [number, tab] of [...part("learn-tabs").children].entries()) tab.ariaCurrent = number === index ? "true" : null;
  sheet.replaceSync(pictures[index].css);
  part("learn-paper").innerHTML = pictures[index].html;
}
if (facts) {
  intake.take = async files => {
    for (const [name, file] of files) {
      try {
        const response = await fetch("/api/v1/learn/" + encodeURIComponent(name.split("/").at(-1)), { method: "PUT", body: file });
        if (!response.ok) throw new Error((await response.json()).error.message);
      } catch (error) { part("learn-problem").textContent = error.message; }
    }
    look();
  };
  part("learn-files").addEventListener("change", event => {
    intake.take([...event.target.files].map(file => [file.name, file]));
    event.target.value = "";
  });
  facts.addEventListener("submit", event => event.preventDefault());
  facts.addEventListener("change", event => {
    const { name, value } = event.target;
    if (name) { said[name] = value.trim() || undefined; look(); }
  });
  part("learn-save").addEventListener("submit", async event => {
    event.preventDefault();
    const button = event.target.querySelector("button");
    button.disabled = true;
    part("learn-error").textContent = "";
    try {
      await queue;
      const answer = await send("learn", { ...values(), folder: event.target.elements.folder.value.trim() });
      location.href = answer.address;
    } catch (error) { complain(error); button.disabled = false; }
  });
  look();
}
