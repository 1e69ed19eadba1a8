// Improves the chat form where scripts run: answers appear without a new page. Any failure falls back to the ordinary form.
"use strict";
const form = document.getElementById("say");
const log = document.getElementById("log");
const box = document.getElementById("message");
const status = document.getElementById("status");
let queue = Promise.resolve();

async function send(data) {
  status.textContent = "Looking this up…";
  const answer = await fetch("/chat?fragment=true", { method: "POST", body: data });
  if (!answer.ok) throw new Error(String(answer.status));
  log.innerHTML = await answer.text();
  status.textContent = "";
  document.getElementById("clear").hidden = false;
  document.getElementById("newest")?.scrollIntoView({ block: "start" });
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  const data = new URLSearchParams();
  if (button?.name) data.set(button.name, button.value);
  else data.set("message", box.value);
  if (!button?.name && !box.value.trim()) { event.preventDefault(); box.focus(); return; }
  event.preventDefault();
  const typed = box.value;
  if (!button?.name) box.value = "";
  queue = queue.then(() => send(data)).catch(() => {
    status.textContent = "That did not get through. Your words are still here: press Send again.";
    if (!button?.name) box.value = typed;
  });
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(form.querySelector(".wm-send")); }
});
