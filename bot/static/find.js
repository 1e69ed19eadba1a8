// Find as you type: in a [data-find] list, hides the [data-find-item]s that lack what is typed, and groups of which nothing is left.
// Nothing is sent and nothing is kept. A list may bring its own search form (data-find-form="its id"), which then searches here.
const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, "");

function ownField(list) {
  const group = document.createElement("div");
  group.className = "govuk-form-group wm-no-print";
  group.innerHTML =
    '<label class="govuk-label govuk-label--s" for="find"></label><div class="govuk-hint" id="find-hint"></div>' +
    '<input class="govuk-input" id="find" type="search" autocomplete="off" spellcheck="false" aria-describedby="find-hint">';
  group.querySelector("label").textContent = list.dataset.find;
  group.querySelector(".govuk-hint").textContent = list.dataset.findHint;
  list.before(group);
  return group.querySelector("input");
}

for (const list of document.querySelectorAll("[data-find]")) {
  const form = document.getElementById(list.dataset.findForm ?? "");
  const field = form?.querySelector("input") ?? ownField(list);
  const items = [...list.querySelectorAll("[data-find-item]")].map((item) => [item, plain(item.textContent)]);
  const groups = [...list.querySelectorAll("[data-find-group]")];
  const status = document.createElement("p");
  status.className = "wm-small wm-found";
  status.setAttribute("role", "status");
  (form ?? field.parentElement).after(status);
  let waiting;

  const find = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word));
      left += !item.hidden;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("[data-find-item]:not([hidden])");
      if (group.tagName === "DETAILS") group.open = words.length > 0 && !group.hidden;
    }
    clearTimeout(waiting); // one announcement when the typing stops
    waiting = setTimeout(() => (status.textContent = words.length ? `${left} of ${items.length} fit` : ""), 400);
  };
  field.addEventListener("input", find);
  form?.addEventListener("submit", (event) => (event.preventDefault(), find()));
  if (field.value) find();
}
