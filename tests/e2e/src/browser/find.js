const plain = (text) => (text || "").replace(/\s+/g, " ").trim();
const isVisible = (element) => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
};
const isUsable = (element) =>
  !element.disabled && element.getAttribute("aria-disabled") !== "true" && !element.closest("[inert]");

let found = [...document.querySelectorAll(args.selector)].filter(
  (element) => isUsable(element) && (args.hidden || isVisible(element)),
);
if (args.words) {
  const says = (element) => plain(element.getAttribute("aria-label") || element.value || element.textContent);
  const exact = found.filter((element) => says(element) === args.words || plain(element.textContent) === args.words);
  const near = found.filter((element) => plain(element.textContent).includes(args.words));
  near.sort((one, other) => one.textContent.length - other.textContent.length);
  found = exact.length ? exact : near;
}
const [element] = found;
if (!element) return null;
element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
// Nobody touches what is still moving, or what came a moment ago: a browser that has just closed a
// dialogue loses what is touched before it has drawn the page again, and an old one for longer.
const before = element.getBoundingClientRect();
const frames = CSS.supports("selector(:has(a))") ? 2 : 8;
for (let frame = 0; frame < frames; frame += 1) {
  await new Promise((drawn) => {
    requestAnimationFrame(drawn);
    setTimeout(drawn, 50);
  });
}
const box = element.getBoundingClientRect();
if (!element.isConnected || Math.abs(box.x - before.x) > 1 || Math.abs(box.y - before.y) > 1) return null;
const x = box.x + box.width / 2;
const y = box.y + box.height / 2;
const top = document.elementFromPoint(x, y);
if (!args.hidden && !(top && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element))) {
  return null;
}
window.marks = (window.marks || 0) + 1;
element.dataset.found = window.marks;
return { mark: window.marks, x, y, width: box.width };
