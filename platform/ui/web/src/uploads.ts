// Pictures go up while the reader writes: a form with `data-uploads` sends its files at once, with a bar that shows how far they are,
// and puts their ids into the field that `data-uploads` names. Without JavaScript the same form is sent and comes back.

export function uploads(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-uploads]")) {
    const files = form.querySelector<HTMLInputElement>("input[type=file]");
    const field = document.getElementById(form.dataset.uploads ?? "") as HTMLInputElement | null;
    if (!files || !field || form.dataset.ready) continue;
    form.dataset.ready = "yes";
    form.querySelector<HTMLButtonElement>("button")?.setAttribute("hidden", "");
    const waiting = hold(field.form);
    files.addEventListener("change", () => files.files?.length && send(form, files, field, waiting));
  }
}

/** A form that belongs to pictures on their way. */
interface Waiting {
  /** How many requests run. */
  running: number;
  /** It was sent meanwhile, by this button: it goes when they are there. */
  pressed: HTMLElement | null;
  form: HTMLFormElement | null;
}

/** Keeps a form back while its pictures are on their way: without them it would say something else. */
function hold(form: HTMLFormElement | null): Waiting {
  const waiting: Waiting = { running: 0, pressed: null, form };
  form?.addEventListener("submit", (event) => {
    if (waiting.running === 0) return;
    event.preventDefault();
    waiting.pressed = event.submitter ?? form;
  });
  return waiting;
}

function send(form: HTMLFormElement, files: HTMLInputElement, field: HTMLInputElement, waiting: Waiting): void {
  const [bar, state] = [form.querySelector("progress"), form.querySelector<HTMLElement>("[data-state]")];
  const request = new XMLHttpRequest();
  const body = new FormData(form);
  waiting.running += 1;
  if (bar) bar.hidden = false;
  request.upload.onprogress = (event) => {
    if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
  };
  request.onloadend = () => {
    waiting.running -= 1;
    if (bar) bar.hidden = true;
    const sent = answer(request);
    // The same picture again is the same one.
    if (sent) field.value = [...new Set([...field.value.split(","), ...sent.ids])].filter(Boolean).join(",");
    if (state) state.textContent = sent ? sent.said : (state.dataset.failed ?? "");
    files.value = "";
    // What failed is told first: the reader decides whether it goes without.
    if (waiting.running === 0 && waiting.pressed && sent) waiting.form?.requestSubmit();
    waiting.pressed = null;
  };
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
}

function answer(request: XMLHttpRequest): { ids: string[]; said: string } | null {
  try {
    return request.status === 200 ? JSON.parse(request.responseText) : null;
  } catch {
    return null;
  }
}
