// Pictures go up while the reader writes: a form with `data-uploads` sends its files at once, with a bar that shows how far they are,
// and puts them into the list beside the field that `data-uploads` names. Without JavaScript the same form is sent and comes back.

import { chosen, type Chosen } from "./chosen";

export function uploads(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-uploads]")) {
    const files = form.querySelector<HTMLInputElement>("input[type=file]");
    const field = document.getElementById(form.dataset.uploads ?? "") as HTMLInputElement | null;
    if (!files || !field || form.dataset.ready) continue;
    form.dataset.ready = "yes";
    form.querySelector<HTMLButtonElement>("button")?.setAttribute("hidden", "");
    const [list, waiting] = [chosen(field), hold(field.form)];
    files.addEventListener("change", () => files.files?.length && send(form, files, list, waiting));
  }
}

/** A form that belongs to pictures on their way. */
interface Waiting {
  /** How many requests run. */
  running: number;
  /** It was sent meanwhile, by this button: it goes when they are all there. */
  pressed: HTMLElement | null;
  /** What is said of those that didn't arrive, or were left out. */
  failed: string;
  form: HTMLFormElement | null;
}

/** Keeps a form back while its pictures are on their way: without them it would say something else. */
function hold(form: HTMLFormElement | null): Waiting {
  const waiting: Waiting = { running: 0, pressed: null, failed: "", form };
  form?.addEventListener("submit", (event) => {
    if (waiting.running === 0) return;
    event.preventDefault();
    waiting.pressed = event.submitter ?? form;
  });
  return waiting;
}

function send(form: HTMLFormElement, files: HTMLInputElement, list: Chosen, waiting: Waiting): void {
  const [bar, state] = [form.querySelector("progress"), form.querySelector<HTMLElement>("[data-state]")];
  const request = new XMLHttpRequest();
  const [body, sent] = [new FormData(form), [...(files.files ?? [])]];
  waiting.running += 1;
  if (bar) bar.hidden = false;
  request.upload.onprogress = (event) => {
    if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
  };
  request.onloadend = () => {
    waiting.running -= 1;
    if (bar) bar.hidden = true;
    const answer = read(request);
    answer?.ids.forEach((id, at) => id && sent[at] && list.add(id, sent[at]));
    const said = answer?.said ?? state?.dataset.failed ?? "";
    if (!answer || answer.ids.includes(null)) waiting.failed = said;
    if (state) state.textContent = waiting.failed || said;
    files.value = "";
    if (waiting.running === 0) settle(waiting);
  };
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
}

/** All are there, or aren't. What failed is told first: the reader decides whether the form goes without. */
function settle(waiting: Waiting): void {
  const goes = waiting.pressed && !waiting.failed;
  [waiting.pressed, waiting.failed] = [null, ""];
  if (goes) waiting.form?.requestSubmit();
}

function read(request: XMLHttpRequest): { ids: (string | null)[]; said: string } | null {
  try {
    return request.status === 200 ? JSON.parse(request.responseText) : null;
  } catch {
    return null;
  }
}
