// On every page: GOV.UK's "Exit this page" (Shift three times, blank overlay). Without scripts its link ends the conversation just the same.
import { ExitThisPage } from "./exit-this-page.js";

class Exit extends ExitThisPage {
  exitPage() {
    // The server is told in the background, so that leaving waits for nothing.
    navigator.sendBeacon("/exit?background=true");
    const overlay = document.createElement("div");
    overlay.className = "govuk-exit-this-page-overlay";
    overlay.setAttribute("role", "alert");
    document.body.classList.add("govuk-exit-this-page-hide-content");
    document.body.append(overlay);
    overlay.textContent = this.i18n.t("activated");
    this.$overlay = overlay; // the component takes it away should this page be shown again
    document.title = "";
    leave(new URL(this.$root.dataset.to, location.href).href);
  }
}

// The new page takes this one's place in the history. Out of a frame too, where the browser allows it; else inside the frame.
function leave(to) {
  try {
    window.top.location.replace(to);
  } catch {
    window.location.replace(to);
  }
}

document.body.classList.add("govuk-frontend-supported");
const root = document.querySelector('[data-module="govuk-exit-this-page"]');
if (root) new Exit(root);

// A link that looks like a button is pressed with the space bar too.
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches('a[role="button"]')) {
    event.preventDefault();
    event.target.click();
  }
});

// Copy buttons, where the browser lets a page copy: a number, or the words of a passage.
if (navigator.clipboard) {
  document.body.classList.add("wm-can-copy");
  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".wm-copy");
    if (!button) return;
    const passage = button.closest(".wm-passage");
    const parts = passage ? [...passage.querySelectorAll(".wm-prose, .wm-small")].map((part) => part.innerText) : [];
    await navigator.clipboard.writeText(button.dataset.copy ?? parts.join("\n\n"));
    const label = button.firstChild;
    const before = label.textContent;
    label.textContent = "Copied";
    setTimeout(() => { label.textContent = before; }, 3000);
  });
}
