// What reaches beyond a narrow window with large letters.
const html = document.documentElement;
html.style.fontSize = args.letters;
await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
const found = [];
if (html.scrollWidth > args.width) {
  const reach = (element) => element.getBoundingClientRect().right;
  const inner = [...document.body.querySelectorAll("*")]
    .filter((one) => reach(one) > args.width + 0.5 && !one.querySelector("*"))
    .map((one) => `${one.tagName} ${one.className.baseVal ?? one.className} 「${one.textContent.slice(0, 20)}」`);
  found.push(`wider than ${args.width} px with letters of ${args.letters}: ${html.scrollWidth} px: ${inner.slice(0, 3).join(", ")}`);
}
for (const sheet of document.querySelectorAll("dialog[open]")) {
  if (sheet.scrollWidth > sheet.clientWidth) found.push(`a sheet is wider than the window: ${sheet.scrollWidth} px`);
}
html.style.fontSize = "";
await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
return found;
