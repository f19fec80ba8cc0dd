// How far the look at the folder is, and whether it was stopped; the room opens when it is over.
const zh = document.documentElement.lang.startsWith("zh");
const part = name => document.getElementById(name);
let wasStopped = false;

function show({ done, total, inside, stopped }) {
  for (const item of document.querySelectorAll(".when-busy")) item.hidden = stopped;
  for (const item of document.querySelectorAll(".when-stopped")) item.hidden = !stopped;
  document.title = document.querySelector("h1:not([hidden])").textContent;
  if (stopped !== wasStopped) document.querySelector("button:not([hidden])").focus();
  wasStopped = stopped;
  if (total) {
    part("done").textContent = done;
    part("total").textContent = total;
    Object.assign(part("busy"), { max: total, value: done });
  }
  part("inside").hidden = !inside;
  part("inside").querySelector("b").textContent = inside ?? "";
}
async function look() {
  clearTimeout(look.timer);
  try {
    const progress = await (await fetch("/api/v1/progress")).json();
    if (progress.total === null && !progress.stopped) return location.reload();
    show(progress);
  } catch { /* Asked again soon. */ }
  look.timer = setTimeout(look, 400);
}
async function ask(path, button) {
  button.disabled = true;
  part("busy-problem").textContent = "";
  try {
    const answer = await fetch("/api/v1/" + path + location.search, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
    if (!answer.ok) throw new Error();
    await look();
  } catch {
    part("busy-problem").textContent = zh ? "没有完成，请确认程序还在运行" : "This was not done; is the program still running?";
  } finally { button.disabled = false; }
}
for (const name of ["check-stop", "check-go-on"]) part(name).addEventListener("click", event => ask(name, event.currentTarget));
look.timer = setTimeout(look, 400);
