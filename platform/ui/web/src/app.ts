// What pages gain where there is JavaScript. Without it everything works by links and forms.
import htmx from "htmx.org";
import { countdowns } from "./countdown";
import { once } from "./once";
import { uploads } from "./uploads";

// The strict policy of our pages forbids both anyway.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
// Pages hold what is their reader's alone: nothing of them is kept in the browser's storage.
htmx.config.historyCacheSize = 0;

/** What stood before a "more" that is being replaced: whoever pressed it goes on with what comes after. */
let before: Element | null = null;

function prepare(root: ParentNode): void {
  countdowns(root);
  uploads(root);
}

once(document);
prepare(document);
document.addEventListener("htmx:load", (event) => prepare((event.target as Element).parentElement ?? document));
document.addEventListener("htmx:beforeSwap", (event) => {
  const target = (event as CustomEvent).detail.target as Element;
  before = target.matches(".more") ? target.previousElementSibling : null;
});
document.addEventListener("htmx:afterSettle", () => {
  before?.nextElementSibling?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  before = null;
});
document.addEventListener("htmx:responseError", say);
document.addEventListener("htmx:sendError", say);

/** Says that what the reader wanted couldn't be fetched, in the words the page brought along; what nobody asked for fails in silence. */
function say(event: Event): void {
  const cause = (event as CustomEvent).detail?.requestConfig?.triggeringEvent?.type;
  if (cause !== "click" && cause !== "submit") return;
  const words = document.body.dataset.failed;
  if (!words || document.querySelector(".toast")) return;
  const toast = document.createElement("p");
  toast.className = "alert toast";
  toast.setAttribute("role", "alert");
  toast.textContent = words;
  document.body.append(toast);
  setTimeout(() => toast.remove(), 6000);
}
