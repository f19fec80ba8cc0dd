// A unit's own page: choose a file, see what is wrong with it, send it.
const zh = document.documentElement.lang.startsWith("zh");
const say = (chinese, english) => (zh ? chinese : english);
const base = document.body.dataset.base;
const state = document.getElementById("own-state");

async function check(file) {
  state.className = "";
  state.textContent = say("正在检查……", "Checking …");
  try {
    const response = await fetch(`${base}/files/${encodeURIComponent(file.name)}`, { method: "PUT", body: file });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.error?.message ?? say("没有传上来，请重试", "It did not arrive; try again"));
    location.href = `${base}/draft?id=${answer.id}`;
  } catch (error) { state.className = "bad"; state.textContent = error.message; }
}
document.getElementById("own-file")?.addEventListener("change", event => { if (event.target.files[0]) check(event.target.files[0]); });
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", event => { event.preventDefault(); if (state && event.dataTransfer.files[0]) check(event.dataTransfer.files[0]); });

document.getElementById("send")?.addEventListener("submit", async event => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const response = await fetch(`${base}/send`, {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id: form.dataset.id, words: form.elements.words?.value ?? "" }),
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.error?.message ?? say("没有报上去，请重试", "It was not sent; try again"));
    document.getElementById("receipt-time").textContent = answer.time.replace("T", " ").slice(0, 19);
    document.getElementById("receipt-name").textContent = answer.name;
    document.getElementById("receipt-hash").textContent = answer.sha256;
    document.getElementById("receipt").hidden = false;
    form.remove();
    document.getElementById("receipt").scrollIntoView();
  } catch (error) { document.getElementById("send-error").textContent = error.message; button.disabled = false; }
});
