// Counts down: `<time data-countdown="899">14:59</time>`, the seconds that were left when the server wrote it. The phone's own clock
// may be wrong by hours; how long something takes it knows.

const SECOND = 1000;

export function countdowns(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-countdown]")) {
    const seconds = Number(time.dataset.countdown);
    if (time.dataset.runs || !(seconds > 0)) continue;
    time.dataset.runs = "yes";
    const end = performance.now() + seconds * SECOND;
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((end - performance.now()) / SECOND));
      time.textContent = clock(left);
      if (left > 0 && time.isConnected) return;
      clearInterval(timer);
      // What runs out changes the page: it is looked at again. It may have come from a form, which isn't sent again.
      if (time.isConnected) location.assign(location.pathname + location.search);
    }, SECOND);
  }
}

function clock(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
