// Pictures go up while the reader writes: a form with `data-uploads` sends its files at once, with a bar that shows how far they are,
// and puts their ids into the field that `data-uploads` names. Without JavaScript the same form is sent and comes back.

export function uploads(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-uploads]")) {
    const files = form.querySelector<HTMLInputElement>("input[type=file]");
    if (!files || form.dataset.ready) continue;
    form.dataset.ready = "yes";
    form.querySelector<HTMLButtonElement>("button")?.setAttribute("hidden", "");
    files.addEventListener("change", () => files.files?.length && send(form, files));
  }
}

function send(form: HTMLFormElement, files: HTMLInputElement): void {
  const [bar, state] = [form.querySelector("progress"), form.querySelector<HTMLElement>("[data-state]")];
  const field = document.getElementById(form.dataset.uploads ?? "") as HTMLInputElement | null;
  const request = new XMLHttpRequest();
  const body = new FormData(form);
  if (bar) bar.hidden = false;
  request.upload.onprogress = (event) => {
    if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
  };
  request.onloadend = () => {
    if (bar) bar.hidden = true;
    const sent = request.status === 200 ? (JSON.parse(request.responseText) as { ids: string[]; said: string }) : null;
    if (sent && field) field.value = [field.value, ...sent.ids].filter(Boolean).join(",");
    if (state) state.textContent = sent ? sent.said : (state.dataset.failed ?? "");
    files.value = "";
  };
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
}
