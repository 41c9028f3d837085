// What the page saw of the last touches, for whoever reads why a test failed.
if (!window.trail) {
  window.trail = [];
  const of = (node) => {
    if (!node || !node.tagName) return String(node && node.nodeName);
    const names = [node.dataset.action, node.dataset.choice, node.dataset.question, node.id, node.textContent.trim().slice(0, 8)];
    return `${node.tagName.toLowerCase()} ${names.find(Boolean) || ""}`;
  };
  const kinds = "pointerdown pointerup pointercancel mousedown mouseup click change close focusin popstate".split(" ");
  for (const kind of kinds) {
    addEventListener(
      kind,
      (event) => {
        window.trail.push(`${Math.round(event.timeStamp)} ${Math.round(performance.now())} ${kind} ${of(event.target)}`);
        window.trail = window.trail.slice(-40);
      },
      { capture: true, passive: true },
    );
  }
}
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
// What follows from an answer is drawn with the frame after the answer's own: no finger is faster.
for (let frame = 0; frame < 2; frame += 1) {
  await new Promise((drawn) => {
    requestAnimationFrame(drawn);
    setTimeout(drawn, 50);
  });
}
if (!element.isConnected) return null;
const box = element.getBoundingClientRect();
const x = box.x + box.width / 2;
const y = box.y + box.height / 2;
const top = document.elementFromPoint(x, y);
if (!args.hidden && !(top && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element))) {
  return null;
}
window.marks = (window.marks || 0) + 1;
window.trail.push(`${Math.round(performance.now())} found ${args.selector} ${args.words || ""} ${Math.round(x)},${Math.round(y)}`);
element.dataset.found = window.marks;
return { mark: window.marks, x, y, width: box.width };
