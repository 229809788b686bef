// The pictures that go along with what is being written: each can be taken out or put first in place. Without JavaScript the same links
// lead to the page with other pictures.

/** How large one is shown, in pixels of a dense screen. */
const THUMB = 160;

export interface Chosen {
  add(id: string, file: File): void;
}

/** The list that stands beside the field with their ids. */
export function chosen(field: HTMLInputElement): Chosen {
  const list = document.getElementById("chosen") as HTMLOListElement;
  const blank = document.getElementById("chosen-one") as HTMLTemplateElement;
  const items = () => [...list.children] as HTMLLIElement[];
  let shown = Promise.resolve();
  const keep = () => (field.value = items().map((item) => item.dataset.id).join(","));

  list.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-does]");
    const item = link?.closest("li");
    if (!link || !item) return;
    event.preventDefault();
    // Whoever goes by keyboard stays where they were.
    const next = item.nextElementSibling ?? item.previousElementSibling;
    if (link.dataset.does === "first") list.prepend(item);
    else item.remove();
    if (item.isConnected) item.focus();
    else (next?.querySelector("a") ?? document.getElementById("files"))?.focus();
    keep();
  });

  return {
    add(id, file) {
      // The same picture again is the same one.
      if (items().some((item) => item.dataset.id === id)) return;
      const item = (blank.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLLIElement;
      item.dataset.id = id;
      item.querySelector("input")?.setAttribute("name", `alt-${id}`);
      list.append(item);
      keep();
      // One after the other: a picture is large until it is small.
      shown = shown.then(() => show(file, item.querySelector(".thumb")));
    },
  };
}

/** Paints it from the file at hand: nothing is fetched. What this browser can't read stays a blank. */
async function show(file: File, place: Element | null): Promise<void> {
  const picture = await createImageBitmap(file, { resizeWidth: THUMB }).catch(() => null);
  if (!picture) return;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  picture.close();
  place?.replaceChildren(canvas);
}
