// What every room does: takes files in, follows the folder, asks for 经办人 and 原因, keeps what was typed.
const zh = document.documentElement.lang.startsWith("zh");
export const say = (chinese, english) => (zh ? chinese : english);
const day = new URLSearchParams(location.search).get("as-of");
export const address = path => (day ? path + (path.includes("?") ? "&" : "?") + "as-of=" + day : path);

export function tell(words, isBad = false) {
  const place = document.getElementById("say");
  const line = document.createElement("p");
  line.textContent = words;
  if (isBad) line.className = "bad";
  place.replaceChildren(line);
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => place.replaceChildren(), isBad ? 9000 : 4000);
}

// Sends JSON; an answer that says no becomes an error with the server's own words.
export async function send(path, value) {
  let response;
  try {
    response = await fetch(address("/api/v1/" + path), {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value ?? {}),
    });
  } catch {
    throw new Error(say("页面与程序的连接断了，请确认程序还在运行", "The program does not answer; is it still running?"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const words = answer.error?.message ?? say("没有完成，请重试", "This was not done; try again");
    throw Object.assign(new Error(words), { code: answer.error?.code });
  }
  return answer;
}

// What this window decided, for Z: on another form too, and after a reload. Each with its way back.
const decided = {
  get list() { try { return JSON.parse(sessionStorage.getItem("decided")) ?? []; } catch { return []; } },
  set list(list) { sessionStorage.setItem("decided", JSON.stringify(list.slice(-200))); },
};
const places = ["file", "sheet", "cell", "rule", "line"];
const isSame = (path, value) => item => item.path === path && places.every(name => String(item.value[name] ?? "") === String(value[name] ?? ""));
export function remembersDecision(path, value, what) { decided.list = [...decided.list, { path, value, what }]; }
let undoing = Promise.resolve();
export function undo(item) {
  // One after the other: the key pressed twice takes two decisions back.
  undoing = undoing.then(async () => {
    const last = item ?? decided.list.at(-1);
    if (!last) return tell(say("没有可撤销的决定", "There is nothing to undo"));
    const forget = () => { const same = isSame(last.path, last.value); decided.list = decided.list.filter(other => !same(other)); };
    try {
      await send(last.path, last.value);
      forget();
      tell(say("已撤销", "Undone") + (last.what ? say("：", ": ") + last.what : ""));
      refresh();
    } catch (error) {
      // It was taken back elsewhere; whatever else went wrong can be tried again.
      if (["no-decision", "no-mark"].includes(error.code)) forget();
      tell(error.message, true);
    }
  });
  return undoing;
}

// Fetches this page again and puts in what has changed, leaving alone what somebody is typing.
let refreshing = false;
let wanted = false;
export async function refresh() {
  wanted = true;
  if (refreshing) return;
  refreshing = true;
  try {
    while (wanted) {
      wanted = false;
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!response.ok) break;
      // Rules of the page's own come in by another way: parsed, they would count as inline styles, which are forbidden.
      let rules = "";
      const text = (await response.text()).replace(/<style[^>]*id="own-style"[^>]*>([^]*?)<\/style>/, (_, own) => ((rules = own), ""));
      const page = new DOMParser().parseFromString(text, "text/html");
      if (page.body.dataset.busy !== undefined) { watchLook(); continue; }
      if (page.body.dataset.view === document.body.dataset.view) continue;
      // Nothing is taken from under the hands of somebody who types.
      const typed = document.getElementById("live")?.querySelector("input:focus, textarea:focus");
      if (typed?.value && typed.type !== "search") { later(); continue; }
      swap(page, rules);
    }
  } catch { /* The next change, or the next reload, tries again. */ } finally { refreshing = false; }
}
const later = () => { clearTimeout(later.timer); later.timer = setTimeout(refresh, 3000); };

// A long look at what has come in: how far it is, and a way to stop it. The room shows what it showed before, and says so.
async function watchLook() {
  clearTimeout(watchLook.timer);
  let progress = {};
  try { progress = await (await fetch("/api/v1/progress")).json(); } catch { watchLook.timer = setTimeout(watchLook, 3000); return; }
  const bar = document.getElementById("look-bar") ?? lookBar();
  if (progress.total === null && !progress.stopped) {
    bar.remove();
    return refresh();
  }
  const count = `${progress.done ?? 0}/${progress.total || "…"}` + (progress.inside ? say(`（邮件、压缩包里${progress.inside}件）`, ` (${progress.inside} inside mails and archives)`) : "");
  bar.querySelector("span").textContent = progress.stopped
    ? say(`审核已停下，新收到的文件看了${count}；这里还是原来的情况`, `The check was stopped at ${count} new files; this is how things stood before`)
    : say(`正在审核新收到的文件：${count}；这里还是原来的情况`, `Checking what came in: ${count}; this is how things stood before`);
  Object.assign(bar.querySelector("progress"), { max: progress.total || 1, value: progress.done ?? 0 });
  const button = bar.querySelector("button");
  button.textContent = progress.stopped ? say("继续审核", "Go on") : say("停下", "Stop");
  button.dataset.look = progress.stopped ? "check-go-on" : "check-stop";
  watchLook.timer = setTimeout(watchLook, progress.stopped ? 3000 : 500);
}
function lookBar() {
  const bar = Object.assign(document.createElement("div"), { id: "look-bar" });
  const meter = document.createElement("progress");
  meter.setAttribute("aria-label", say("审核的进度", "How far the check is"));
  bar.append(document.createElement("span"), meter, Object.assign(document.createElement("button"), { type: "button", className: "button plain" }));
  document.body.append(bar);
  return bar;
}

const ownStyle = new CSSStyleSheet();
function swap(page, rules) {
  document.body.dataset.view = page.body.dataset.view;
  const keep = look();
  for (const selector of ["#live", ".counts", ".steps ~ .card", ".steps", ".sheet-head", ".filters .chips"]) {
    const [now, next] = [document.querySelector(selector), page.querySelector(selector)];
    if (now && next) now.replaceWith(next);
    else if (now && !next && selector.startsWith(".steps")) now.remove();
  }
  if (rules) {
    document.getElementById("own-style")?.remove();
    ownStyle.replaceSync(rules);
    document.adoptedStyleSheets = [ownStyle];
  }
  keep();
  document.dispatchEvent(new CustomEvent("refreshed"));
}
// How the live part is looked at: what is typed and looked for, what is unfolded, how far it is scrolled, where the keyboard is.
function look() {
  const named = item => `${item.closest("[id]:not(#live)")?.id ?? ""}|${item.querySelector("summary")?.textContent ?? item.className}`;
  const all = selector => [...document.querySelectorAll("#live " + selector)];
  const key = field => field.id || field.dataset.find || field.closest("[data-own]")?.dataset.own;
  const typed = new Map(all("input").filter(field => field.value !== field.defaultValue && key(field)).map(field => [key(field), field.value]));
  const open = document.querySelector("#cell-form:not([hidden])");
  const folds = new Map(all("details").map(item => [named(item), item.open]));
  const scrolls = all(".scroll, #paper, .findings").map(item => [item.scrollLeft, item.scrollTop]);
  const active = document.activeElement;
  const focus = active?.closest("#live") ? key(active) : null;
  const caret = active?.selectionStart;
  return () => {
    // The field of a cell is the browser's own.
    if (open) document.getElementById("cell-form")?.replaceWith(open);
    for (const field of all("input")) if (typed.has(key(field))) field.value = typed.get(key(field));
    for (const item of all("details")) item.open = folds.get(named(item)) ?? item.open;
    for (const [index, item] of all(".scroll, #paper, .findings").entries()) [item.scrollLeft, item.scrollTop] = scrolls[index] ?? [0, 0];
    if (!focus) return;
    const next = open?.contains(active) ? active : all("input, button, a, summary, [tabindex]").find(item => key(item) === focus);
    next?.focus({ preventScroll: true });
    if (next?.tagName === "INPUT" && caret !== null) next.setSelectionRange(caret, caret);
  };
}

function follow() {
  const source = new EventSource("/api/v1/events");
  source.addEventListener("change", () => { clearTimeout(follow.timer); follow.timer = setTimeout(refresh, 150); });
  source.onerror = () => { if (source.readyState === EventSource.CLOSED) setTimeout(follow, 4000); };
  addEventListener("pagehide", () => source.close());
}

// Files: chosen, or dropped anywhere on the window, whole folders too.
async function filesOf(items) {
  const found = [];
  async function walk(entry, path) {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      found.push([path + file.name, file]);
    } else if (entry.isDirectory) {
      const reader = entry.createReader();
      for (;;) {
        const part = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!part.length) break;
        for (const child of part) await walk(child, path + entry.name + "/");
      }
    }
  }
  for (const entry of items) await walk(entry, "");
  return found;
}

// What is smaller is stored before anybody can stop it: sent again it would be there twice.
const stoppable = 4 << 20;
// Sends one file; gives "stored", "failed" or "stopped". What is stopped on its way leaves nothing in the inbox.
function put(name, file, line, sending) {
  return new Promise(done => {
    const request = new XMLHttpRequest();
    const bar = line.querySelector("progress");
    const over = state => { sending.delete(request); done(state); };
    request.upload.onprogress = event => { if (event.lengthComputable) bar.value = event.loaded / event.total; };
    request.onload = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* said below */ }
      if (request.status === 201) finish(line, answer.file, false);
      else finish(line, answer.error?.message ?? say("没有存入，请重试", "not stored; try again"), true);
      over(request.status === 201 ? "stored" : "failed");
    };
    request.onerror = () => { finish(line, say("连接断了，没有存入", "the connection broke; not stored"), true); over("failed"); };
    request.onabort = () => { line.remove(); over("stopped"); };
    request.open("PUT", "/api/v1/files/" + name.split("/").map(encodeURIComponent).join("/"));
    // All of it is there and only the answer is on its way: then it is stored, and stopping comes too late.
    request.upload.onload = () => sending.delete(request);
    if (file.size > stoppable) sending.add(request);
    request.send(file);
  });
}
// Of so many files those that are stored need not be listed one by one.
const few = 20;
function finish(line, words, isBad) {
  line.querySelector("progress")?.remove();
  const note = document.createElement("span");
  note.className = isBad ? "bad" : "quiet";
  note.textContent = isBad ? words : say("已存入 ", "stored as ") + words;
  line.append(note);
  if (!isBad) setTimeout(() => line.remove(), 6000);
}

// Where files go that are dropped on the window; a room may have another place for them.
export const intake = { take: takeIn };
async function takeIn(files) {
  if (!files.length) return;
  let list = document.getElementById("uploads");
  if (!list) document.body.append(list = Object.assign(document.createElement("ol"), { id: "uploads", className: "loose" }));
  const [waiting, sending] = [[...files], new Set()];
  const [all, whole, count, button] = [document.createElement("li"), document.createElement("progress"), document.createElement("span"), document.createElement("button")];
  Object.assign(whole, { max: files.length, value: 0 });
  whole.setAttribute("aria-label", say("已传的文件", "Files sent"));
  Object.assign(button, { type: "button", className: "button plain" });
  all.append(count, whole, button);
  list.append(all);
  let [stored, failed, isStopped] = [0, 0, false];
  const show = () => {
    count.textContent = (isStopped ? say("已停下，已传", "Stopped at ") : say("已传", "Sent ")) + `${stored + failed}/${files.length}`;
    button.textContent = isStopped ? say("继续传", "Go on") : say("停下", "Stop");
    whole.value = stored + failed;
  };
  const next = async () => {
    while (!isStopped && waiting.length) {
      const job = waiting.shift();
      const line = document.createElement("li");
      const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
      bar.setAttribute("aria-label", job[0]);
      line.append(job[0], bar);
      list.append(line);
      const state = await put(...job, line, sending);
      if (state === "stored" && files.length > few) line.remove();
      // A file that was stopped halfway is not there, and is sent again as a whole.
      if (state === "stopped") waiting.unshift(job); else if (state === "stored") stored += 1; else failed += 1;
      show();
    }
  };
  const run = async () => {
    isStopped = false;
    show();
    await Promise.all([next(), next(), next(), next()]);
    if (stored) refresh();
    if (waiting.length) return;
    removeEventListener("beforeunload", hold);
    all.remove();
    tell(say(`已收入${stored}个文件，正在审核`, `${stored} files taken in and being checked`), failed > 0);
  };
  // Whoever goes to another room now would leave the rest behind.
  const hold = event => event.preventDefault();
  addEventListener("beforeunload", hold);
  let current = run();
  button.onclick = async () => {
    if (!isStopped) {
      isStopped = true;
      for (const request of [...sending]) request.abort();
      return show();
    }
    await current;
    if (isStopped && waiting.length) current = run();
  };
  await current;
}

document.addEventListener("change", event => {
  if (event.target.id === "files") {
    takeIn([...event.target.files].map(file => [file.webkitRelativePath || file.name, file]));
    event.target.value = "";
  }
  if (event.target.id === "as-of" && event.target.value) event.target.form.submit();
  if (event.target.name === "action") event.target.form.submit();
});
const layer = document.getElementById("drop-layer");
const hasFiles = event => [...(event.dataTransfer?.types ?? [])].includes("Files");
addEventListener("dragover", event => { if (hasFiles(event)) { event.preventDefault(); layer.hidden = false; } });
addEventListener("dragleave", event => { if (!event.relatedTarget) layer.hidden = true; });
addEventListener("drop", async event => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  layer.hidden = true;
  const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = entries.length ? await filesOf(entries) : [...event.dataTransfer.files].map(file => [file.name, file]);
  intake.take(files);
});

// Whatever is made to be saved takes its time: said after a second, with a way to stop it; what goes wrong is said here, not saved.
async function save(link) {
  const stopping = new AbortController();
  const words = link.textContent.trim();
  const bar = Object.assign(document.createElement("p"), { className: "making" });
  const [said, button] = [document.createElement("span"), document.createElement("button")];
  Object.assign(button, { type: "button", className: "button plain", textContent: say("停下", "Stop") });
  bar.append(said, button);
  button.onclick = () => stopping.abort();
  const started = Date.now();
  const clock = setInterval(() => {
    said.textContent = say(`正在生成“${words}”，已用${Math.round((Date.now() - started) / 1000)}秒`, `Making “${words}”, ${Math.round((Date.now() - started) / 1000)} s so far`);
    if (!bar.isConnected) document.body.append(bar);
  }, 1000);
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { signal: stopping.signal });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error?.message ?? say("没有完成，请重试", "This was not done; try again"));
    const name = answer.headers.get("Content-Disposition")?.match(/filename\*=UTF-8''([^;]+)/)?.[1];
    const own = document.createElement("a");
    own.download = link.getAttribute("download") || (name ? decodeURIComponent(name) : "");
    own.href = URL.createObjectURL(await answer.blob());
    own.click();
    setTimeout(() => URL.revokeObjectURL(own.href), 60000);
  } catch (error) {
    if (error.name === "AbortError") tell(say(`已停下，“${words}”没有保存`, `Stopped; “${words}” was not saved`));
    else tell(error instanceof TypeError ? say("页面与程序的连接断了，请确认程序还在运行", "The program does not answer; is it still running?") : error.message, true);
  } finally {
    clearInterval(clock);
    bar.remove();
    link.removeAttribute("aria-busy");
  }
}
document.addEventListener("click", event => {
  const link = event.target.closest("a[download]");
  if (!link || link.protocol === "blob:" || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!link.hasAttribute("aria-busy")) save(link);
});

// 经办人 and 原因.
const remembered = () => decodeURIComponent(document.cookie.match(/(?:^|; )huizong-by=([^;]*)/)?.[1] ?? "");
export function remember(name) {
  document.cookie = `huizong-by=${encodeURIComponent(name)}; Path=/; SameSite=Strict; Max-Age=31536000`;
}
// Opens the dialog; `act` gets both, and what it throws is shown in the dialog, which stays open with what was typed.
export function decide(title, what, reasonLabel, showsReasons, act) {
  const dialog = document.getElementById("decide");
  const field = name => document.getElementById("decide-" + name);
  field("title").textContent = title;
  field("what").textContent = what;
  field("reason-label").textContent = reasonLabel;
  field("reasons").hidden = !showsReasons;
  field("by").value = remembered();
  field("reason").value = "";
  field("error").textContent = "";
  const form = dialog.querySelector("form");
  // The usual reasons by key: the one that was used last comes first.
  const usual = [...field("reasons").querySelectorAll("[data-reason]")].map(chip => chip.dataset.reason);
  const last = sessionStorage.getItem("reason");
  if (usual.includes(last)) usual.unshift(...usual.splice(usual.indexOf(last), 1));
  field("reason").onkeydown = event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !showsReasons) return;
    event.preventDefault();
    const now = usual.indexOf(field("reason").value);
    if (field("reason").value && now < 0) return;
    field("reason").value = usual[now < 0 ? (step > 0 ? 0 : usual.length - 1) : (now + step + usual.length) % usual.length];
  };
  form.onsubmit = async event => {
    event.preventDefault();
    field("ok").disabled = true;
    try {
      const by = field("by").value.trim();
      await act(by, field("reason").value.trim());
      remember(by);
      if (showsReasons) sessionStorage.setItem("reason", field("reason").value.trim());
      dialog.close();
      refresh();
    } catch (error) { field("error").textContent = error.message; } finally { field("ok").disabled = false; }
  };
  dialog.showModal();
  (field("by").value ? field("reason") : field("by")).focus();
}
document.addEventListener("click", async event => {
  const target = event.target.closest("button, a");
  if (!target) return;
  if (target.dataset.reason !== undefined) {
    const dialog = target.closest("dialog");
    const input = dialog.querySelector("[name=reason]");
    input.value = target.dataset.reason;
    const by = dialog.querySelector("[name=by]");
    if (!by || by.value.trim()) dialog.querySelector("[type=submit]").focus(); else by.focus();
  }
  if (target.dataset.close !== undefined) target.closest("dialog").close();
  if (target.id === "keys") document.getElementById("help").showModal();
  if (target.id === "stop") {
    try {
      await send("stop");
      document.body.className = "alone";
      document.body.replaceChildren(Object.assign(document.createElement("p"), { className: "lead", textContent: say("已退出，可以关闭这个窗口。", "The program has ended; this window can be closed.") }));
    } catch (error) { tell(error.message, true); }
  }
  if (target.dataset.filter !== undefined) {
    for (const chip of document.querySelectorAll("[data-filter]")) chip.setAttribute("aria-pressed", chip === target);
    filter = target.dataset.filter;
    applyFilter();
    const here = new URL(location.href);
    if (filter) here.searchParams.set("show", filter); else here.searchParams.delete("show");
    history.replaceState(null, "", here);
  }
  if (target.dataset.copy) {
    const text = document.getElementById(target.dataset.copy).textContent;
    try { await navigator.clipboard.writeText(text); tell(say("已复制", "copied")); } catch {
      getSelection().selectAllChildren(document.getElementById(target.dataset.copy));
      tell(say("已选中，按 Ctrl+C 复制", "selected; press Ctrl+C"));
    }
  }
  if (target.dataset.look) {
    try { await send(target.dataset.look); } catch (error) { tell(error.message, true); }
    watchLook();
  }
  if (target.dataset.undoMark) undo({ path: "marks-withdraw", value: JSON.parse(target.dataset.undoMark) });
  if (target.dataset.remove) moveAside(target.dataset.remove);
  if (target.dataset.restore) act(() => send("files/restore", { file: target.dataset.restore, by: remembered() }), say("已放回", "put back"));
  if (target.id === "write-returns") act(async () => {
    const made = await send("returns");
    return say(`已存入 退回 文件夹${made.summary.returned}份`, `${made.summary.returned} copies stored in 退回`);
  });
  if (target.id === "write-report") act(async () => say("已存入 ", "stored as ") + (await send("report")).file);
});
async function act(work, words) {
  try { const said = await work(); tell(words ?? said); refresh(); } catch (error) { tell(error.message, true); }
}
function moveAside(file) {
  const dialog = document.getElementById("aside");
  document.getElementById("aside-what").textContent = file;
  const reason = document.getElementById("aside-reason");
  reason.value = "";
  dialog.querySelector("form").onsubmit = async event => {
    event.preventDefault();
    try {
      await send("files/remove", { file, reason: reason.value.trim(), by: remembered() });
      dialog.close();
      tell(say("已移出", "moved aside"));
      refresh();
    } catch (error) { document.getElementById("aside-error").textContent = error.message; }
  };
  document.getElementById("aside-error").textContent = "";
  dialog.showModal();
  reason.focus();
}

// What is looked for has an address too.
let filter = new URLSearchParams(location.search).get("show") ?? "";
function applyFilter() {
  if (!document.querySelector(`[data-filter="${CSS.escape(filter)}"]`)) filter = "";
  for (const row of document.querySelectorAll("#board tbody tr"))
    row.hidden = Boolean(filter) && !row.dataset.states.split(" ").includes(filter);
  for (const chip of document.querySelectorAll("[data-filter]")) chip.setAttribute("aria-pressed", chip.dataset.filter === filter);
}
// What is looked for stands in the text, or in a field, of what stays to be seen.
function applyFind(field) {
  const words = field.value.trim();
  for (const item of document.querySelectorAll(field.dataset.find)) {
    const text = item.textContent + [...item.querySelectorAll("input")].map(input => input.value).join(" ");
    item.classList.toggle("unfound", Boolean(words) && !text.includes(words));
  }
}
document.addEventListener("input", event => { if (event.target.dataset?.find) applyFind(event.target); });
document.addEventListener("refreshed", () => {
  applyFilter();
  for (const field of document.querySelectorAll("[data-find]")) applyFind(field);
});
if (filter) applyFilter();
addEventListener("keydown", event => {
  if (event.key !== "?" || event.target.closest?.("input, textarea, select")) return;
  document.getElementById("help").showModal();
});
follow();
