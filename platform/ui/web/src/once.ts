// A form is sent once, however often its button is pressed. The server has the last word: the form carries a key.

const PATIENCE = 10_000;

export function once(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // A disabled button would send no value of its own: first the form goes, then it is disabled.
    setTimeout(() => buttons(form).forEach((button) => (button.disabled = true)));
    // Who stops a slow page gets the button back.
    setTimeout(() => release(form), PATIENCE);
  });
  // The page may come back as it was left, from the browser's memory.
  window.addEventListener("pageshow", () => {
    root.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach(release);
  });
}

function release(form: HTMLFormElement): void {
  delete form.dataset.sent;
  buttons(form).forEach((button) => (button.disabled = false));
}

function buttons(form: HTMLFormElement): HTMLButtonElement[] {
  return [...form.querySelectorAll<HTMLButtonElement>("button")];
}
