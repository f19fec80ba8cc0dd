// How far the look at the folder is; the room opens when it is over.
async function look() {
  let progress = {};
  try { progress = await (await fetch("/api/v1/progress")).json(); } catch { /* Asked again soon. */ }
  if (progress.total) {
    document.getElementById("done").textContent = progress.done;
    document.getElementById("total").textContent = progress.total;
    Object.assign(document.getElementById("busy"), { max: progress.total, value: progress.done });
    setTimeout(look, 400);
  } else location.reload();
}
setTimeout(look, 400);
