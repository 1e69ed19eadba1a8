// The conversation where scripts run: replies appear without a new page, in the order in which the messages were sent.
// The log is the only thing that announces. Focus moves only where the button that was pressed goes away. Any failure gives the words back.
const form = document.getElementById("say");
const log = document.getElementById("log");
const box = document.getElementById("message");
const group = document.getElementById("say-group");
const error = document.getElementById("say-error");
const again = document.getElementById("again");
const controls = document.getElementById("controls");
const WAIT_MS = 20000;
const FAILED = "That did not get through. Your words are still here. Press Send to try again. In an emergency ring 999.";
const FAILED_BUTTON = "That did not get through. In an emergency ring 999.";
const EMPTY = "Type your message first";
let queue = Promise.resolve();

document.getElementById("say-hint").hidden = false;

function told(text) {
  error.textContent = text;
  error.hidden = !text;
  group.classList.toggle("govuk-form-group--error", Boolean(text));
  if (text) box.setAttribute("aria-describedby", "say-error");
  else box.removeAttribute("aria-describedby");
  if (text === EMPTY) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
  again.hidden = true;
}

// What the person said, at once, and a sign that the answer is on its way.
function pending(words) {
  document.getElementById("opening")?.remove();
  document.getElementById("newest")?.removeAttribute("id");
  const turn = document.createElement("section");
  turn.className = "wm-turn";
  turn.id = "newest";
  turn.tabIndex = -1;
  const said = document.createElement("p");
  said.className = "wm-you";
  const who = document.createElement("span");
  who.className = "govuk-visually-hidden";
  who.textContent = "You said: ";
  said.append(who, words);
  const typing = document.createElement("p");
  typing.className = "wm-typing";
  typing.setAttribute("aria-hidden", "true");
  typing.textContent = "Looking this up…";
  turn.append(said, typing);
  log.append(turn);
  turn.scrollIntoView({ block: "start" });
  return turn;
}

async function send(data, turn) {
  const response = await fetch("/chat?fragment=true", { method: "POST", body: data, signal: AbortSignal.timeout(WAIT_MS) });
  if (!response.ok) throw new Error(String(response.status));
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const first = log.firstElementChild === turn;
  if (response.headers.get("Waymark-Shows") === "whole" && !first) {
    log.replaceChildren(...page.querySelectorAll(".wm-turn"));
  } else {
    for (const options of log.querySelectorAll(".wm-options")) if (!options.contains(document.activeElement)) options.remove();
    turn.querySelector(".wm-typing").replaceWith(page.querySelector(".wm-turn:last-of-type .wm-reply"));
  }
  controls.replaceChildren(...page.querySelector(".wm-new-controls").childNodes);
}

function post(data, words, { typed = "", focusReply = false, pressed = null } = {}) {
  told("");
  const turn = pending(words);
  queue = queue.then(() => send(data, turn)).then(
    () => {
      const newest = turn.isConnected ? turn : log.lastElementChild;
      newest?.scrollIntoView({ block: "start" });
      if (focusReply) {
        newest.setAttribute("role", "group");
        newest.setAttribute("aria-label", "Newest reply");
        newest.focus({ preventScroll: true });
        pressed?.closest(".wm-options")?.remove();
      }
    },
    () => {
      turn.remove();
      if (typed) {
        box.value = box.value ? `${typed}\n${box.value}` : typed;
        told(FAILED);
        box.focus();
      } else {
        told(FAILED_BUTTON);
        again.hidden = false;
        again.onclick = () => post(data, words, { focusReply: true, pressed });
        again.focus();
      }
    },
  );
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  const data = new URLSearchParams();
  const framed = form.elements.namedItem("framed");
  if (framed) data.set("framed", framed.value);
  if (button?.name) {
    data.set(button.name, button.value);
    post(data, button.textContent.trim(), { focusReply: true, pressed: button });
    return;
  }
  const typed = box.value.trim();
  if (!typed) {
    told(EMPTY);
    box.focus();
    return;
  }
  data.set("message", box.value);
  box.value = "";
  post(data, typed, { typed });
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit(form.querySelector(".wm-send"));
  }
});
