// 活动: look at the difference, then save.
import { say, send, tell } from "./page.js";

const text = document.getElementById("yaml");
const lines = document.getElementById("yaml-lines");
const save = document.getElementById("yaml-save");
const complaint = document.getElementById("yaml-complaint");

function number() {
  const count = text.value.split("\n").length;
  lines.textContent = Array.from({ length: count }, (_, index) => index + 1).join("\n");
  text.rows = count + 1;
}
text.addEventListener("input", () => { number(); save.disabled = true; });
number();

async function check(saves) {
  const answer = await send("campaign", { text: text.value, before: text.dataset.before, save: saves ? "true" : "false" });
  if (answer.saved) return true;
  complaint.textContent = answer.complaint ?? "";
  save.disabled = Boolean(answer.complaint) || !answer.changes.some(change => change.kind !== "same");
  const list = document.getElementById("yaml-changes");
  const near = answer.changes.map((change, index) => change.kind !== "same" || [-2, -1, 1, 2].some(step => (answer.changes[index + step]?.kind ?? "same") !== "same"));
  list.replaceChildren(...answer.changes.flatMap((change, index) => {
    if (!near[index]) {
      if (!near[index - 1] && index > 0) return [];
      return [Object.assign(document.createElement("li"), { className: "gap" })];
    }
    return [Object.assign(document.createElement("li"), { className: change.kind, textContent: change.text || " " })];
  }));
  if (answer.line) {
    const start = text.value.split("\n").slice(0, answer.line - 1).join("\n").length + (answer.line > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (text.value.split("\n")[answer.line - 1] ?? "").length);
  } else if (!answer.changes.some(change => change.kind !== "same")) complaint.textContent = say("没有改动", "Nothing has changed");
  return false;
}
document.getElementById("yaml-check").addEventListener("click", () => check(false).catch(error => { complaint.textContent = error.message; }));
save.addEventListener("click", async () => {
  try {
    if (await check(true)) { tell(say("已保存", "saved")); setTimeout(() => location.reload(), 700); }
  } catch (error) { complaint.textContent = error.message; }
});

// Links for units: shown once, where they were asked for.
document.addEventListener("click", async event => {
  const { link, revoke } = event.target.dataset ?? {};
  if (!link && !revoke) return;
  const code = link ?? revoke;
  const place = document.getElementById("link-" + code);
  try {
    const response = await fetch(`/api/v1/portal/units/${encodeURIComponent(code)}/link`, { method: link ? "POST" : "DELETE" });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error.message);
    place.textContent = link ? location.origin + answer.path : say("已收回", "revoked");
  } catch (error) { tell(error.message, true); }
});
