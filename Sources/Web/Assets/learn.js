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
// What somebody said, by the ids of what it answers; the rest is as it was understood.
const said = { replies: new Map(), texts: new Map() };
let pictures = [];
// What was understood last.
let known = null;
// Why what was said does not count: stays until somebody says something else.
let told = [];
let refusals = 0;
let waiting = 0;

function values() {
  const answers = [
    ...[...said.replies].map(([name, { value }]) => ({ kind: "reply", name, value })),
    ...[...said.texts].map(([name, value]) => ({ kind: "text", name, value })),
  ];
  return answers.length ? { answers } : {};
}
function refuse(words) { refusals += 1; told.push(words); }
function warn(complaint) { part("learn-problem").textContent = [...told, complaint].filter(Boolean).join("\n"); }
let queue = Promise.resolve();
function look() {
  waiting += 1;
  queue = queue.then(async () => {
    waiting -= 1;
    try {
      const sent = new Map(said.replies);
      const answer = await send("learn", values());
      for (const { id, why } of answer.leftOut ?? []) {
        refuse(why);
        // Somebody may have said something else meanwhile.
        if (said.replies.get(id) === sent.get(id)) said.replies.delete(id);
      }
      list(answer.files);
      warn(answer.complaint);
      if (answer.complaint) refusals += 1;
      known = answer.campaign ? answer : null;
      part("learned").hidden = !known;
      // An answer that is behind what was said since is not shown.
      if (known && !waiting) show(known);
    } catch (error) { refuse(error.message); warn(); }
  });
  return queue;
}
function reply(id, value, words) {
  told = [];
  if (value) said.replies.set(id, { value, words }); else said.replies.delete(id);
  return look();
}
function list(names) {
  part("learn-list").replaceChildren(...names.map(name => {
    const line = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet-link", textContent: say("拿掉", "Remove") });
    button.setAttribute("aria-label", say("拿掉", "Remove") + name);
    button.addEventListener("click", async () => {
      told = [];
      try { list((await send("learn", { forget: name })).files); } catch (error) { refuse(error.message); }
      look();
    });
    line.append(name, button);
    return line;
  }));
}
// Puts in what has come; what is the same stays the same element, with what somebody is typing in it.
let moving = false;
function renew(place, items) {
  const old = new Map([...place.children].map(element => [element.key, element]));
  const elements = items.map(({ key, make }) => {
    const element = old.get(key) ?? Object.assign(make(), { key });
    old.delete(key);
    return element;
  });
  if (elements.length === place.children.length && elements.every((element, index) => element === place.children[index])) return;
  const active = document.activeElement;
  moving = true;
  place.replaceChildren(...elements);
  moving = false;
  if (active !== document.activeElement && place.contains(active)) active.focus({ preventScroll: true });
}
// A field says what was typed in it when it is left; then it shows what is understood.
function listen(field, act) {
  const leave = () => {
    if (moving || field.value === (field.shown ?? field.defaultValue)) return;
    field.shown = field.value;
    act(field.value.trim());
  };
  field.addEventListener("change", leave);
  field.addEventListener("focusout", () => { leave(); queue.then(() => { if (known && !waiting) show(known); }); });
}
function fill(field, value) {
  if (document.activeElement === field) return;
  if (field.value !== value) field.value = value;
  field.shown = field.value;
}
const figures = table => Object.keys(table.units).length;
function show(answer) {
  const fields = facts.elements;
  fill(fields.title, answer.campaign.title);
  fill(fields.office, answer.officeName);
  fill(fields.year, String(answer.campaign.year));
  fill(fields.units, answer.unitNames);
  part("learn-count").textContent = answer.units.length ? say(`${answer.units.length}个`, answer.units.length) : "";
  const due = part("learn-deadlines");
  const lines = answer.forms.map(form => {
    const words = `${form.label}　${form.title}（${say(`${form.fields.length}项`, `${form.fields.length} fields`)}）${say("截止", " due")}`;
    return { key: form.label + "\n" + words, make() {
      const label = document.createElement("label");
      const field = Object.assign(document.createElement("input"), { type: "date", required: true });
      listen(field, value => { if (value) reply("deadlines/" + form.label, value); });
      label.append(words, field);
      return label;
    } };
  });
  renew(due, [...lines, ...answer.targets.map(table => {
    const words = say(`${table.label}　${table.title}：${table.form ?? "未定"}的指标，${figures(table)}个单位，合计${table.total}`, `${table.label} ${table.title}: targets of ${table.form ?? "?"}, ${figures(table)} units, ${table.total} in all`);
    return { key: "targets\n" + words, make: () => Object.assign(document.createElement("p"), { className: "quiet", textContent: words }) };
  })]);
  answer.forms.forEach((form, index) => fill(due.children[index].querySelector("input"), form.deadline ?? ""));
  renew(part("learn-questions"), [...answer.questions.map(question => ({ key: JSON.stringify(question), make() {
    const line = document.createElement("li");
    line.append(question.question, Object.assign(document.createElement("small"), { className: "quiet", textContent: question.place }), choice(question));
    return line;
  } })), ...[...said.replies].filter(([, { words }]) => words).map(([id, { words, value }]) => ({ key: "answered\n" + id + "\n" + value, make() {
    const line = Object.assign(document.createElement("li"), { className: "answered" });
    const again = Object.assign(document.createElement("button"), { type: "button", className: "quiet-link", textContent: say("改答", "Change") });
    again.addEventListener("click", () => reply(id, ""));
    line.append(words, " ", Object.assign(document.createElement("b"), { textContent: yesOrNo(value) }), " ", again);
    return line;
  } }))]);
  part("learn-open").textContent = answer.questions.length ? say(`还有${answer.questions.length}处`, `${answer.questions.length} to go`) : "";
  part("learn-clear").hidden = part("learn-questions").children.length > 0;
  pictures = answer.pictures;
  const tabs = part("learn-tabs");
  const current = Math.max(0, [...tabs.children].findIndex(tab => tab.ariaCurrent === "true"));
  renew(tabs, pictures.map((picture, index) => ({ key: index + picture.label, make() {
    const tab = Object.assign(document.createElement("a"), { href: "#learn-paper", textContent: picture.label });
    tab.addEventListener("click", event => { event.preventDefault(); draw(index); });
    return tab;
  } })));
  draw(Math.min(current, pictures.length - 1));
  const texts = part("learn-texts");
  renew(texts, answer.texts.map(({ name }) => ({ key: name, make() {
    const details = document.createElement("details");
    const field = Object.assign(document.createElement("textarea"), { rows: 16, spellcheck: false, className: "code-text" });
    field.setAttribute("aria-label", name);
    listen(field, () => { told = []; said.texts.set(name, field.value); look(); });
    details.append(Object.assign(document.createElement("summary"), { textContent: name }), field);
    return details;
  } })));
  answer.texts.forEach(({ text }, index) => fill(texts.children[index].querySelector("textarea"), text));
  const folder = part("learn-save").elements.folder;
  if (!folder.value) folder.value = answer.campaign.title.slice(0, 30);
}
const yesOrNo = word => ({ 是: say("是", "yes"), 否: say("否", "no") })[word] ?? word;
// What answers a question: a choice, a date, a word; 是 takes what is said to have been taken.
function choice(question) {
  const answer = value => { if (value) reply(question.id, value, question.question); };
  const row = Object.assign(document.createElement("p"), { className: "buttons" });
  const button = (words, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button plain", textContent: words });
    made.addEventListener("click", act);
    row.append(made);
  };
  if (question.kind === "confirm") button(say("是，照此处理", "Yes, take it so"), () => answer("是"));
  else if (question.choices?.length) for (const word of question.choices) button(yesOrNo(word), () => answer(word));
  else {
    const field = Object.assign(document.createElement("input"), { type: question.kind === "date" ? "date" : "text", value: question.taken ?? "" });
    field.setAttribute("aria-label", question.question);
    row.append(field);
    button(say("就这样", "Take it"), () => answer(field.value.trim()));
  }
  return row;
}
function draw(index) {
  if (index < 0) { draw.shown = null; part("learn-paper").replaceChildren(); return; }
  for (const [number, tab] of [...part("learn-tabs").children].entries()) tab.ariaCurrent = number === index ? "true" : null;
  if (draw.shown === pictures[index].html + pictures[index].css) return;
  draw.shown = pictures[index].html + pictures[index].css;
  sheet.replaceSync(pictures[index].css);
  part("learn-paper").innerHTML = pictures[index].html;
}
if (facts) {
  intake.take = async files => {
    told = [];
    for (const [name, file] of files) {
      try {
        const response = await fetch("/api/v1/learn/" + encodeURIComponent(name.split("/").at(-1)), { method: "PUT", body: file });
        if (!response.ok) throw new Error((await response.json()).error.message);
      } catch (error) { refuse(name + say("：", ": ") + error.message); }
    }
    look();
  };
  part("learn-files").addEventListener("change", event => {
    intake.take([...event.target.files].map(file => [file.name, file]));
    event.target.value = "";
  });
  facts.addEventListener("submit", event => event.preventDefault());
  for (const name of ["title", "office", "year", "units"]) listen(facts.elements[name], value => reply(name, value));
  part("learn-save").addEventListener("submit", async event => {
    event.preventDefault();
    const button = event.target.querySelector("button");
    button.disabled = true;
    part("learn-error").textContent = "";
    const before = refusals;
    try {
      await queue;
      // What was said last and does not count is seen before anything is made.
      if (refusals !== before) { part("learn-problem").scrollIntoView({ block: "center" }); button.disabled = false; return; }
      const answer = await send("learn", { ...values(), folder: event.target.elements.folder.value.trim() });
      location.href = answer.address;
    } catch (error) { complain(error); button.disabled = false; look(); }
  });
  look();
}
