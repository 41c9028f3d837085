// What is touched and read is large enough. In 长辈版: 60 px for what one mainly does, 44 px for the
// rest, letters of 18 px. Otherwise 44 px for all (WCAG 2.2, 2.5.5, more than AA asks).
const isElder = document.documentElement.dataset.mode === "elder";
const isShown = (element) => element.getClientRects().length > 0 && !element.closest("[inert]") &&
  getComputedStyle(element).visibility !== "hidden" && !element.closest(".spoken");
const sheet = document.querySelector("dialog[open]");
const scope = sheet || document.body;
const found = [];

const main = ".button, .choice, .picker, .field, .tile, .card, [data-action=record], [data-action=next], [data-action=finish]";
const targets = scope.querySelectorAll("a[href], button, input, textarea, [role=radio], [role=checkbox], [role=switch]");
for (const target of [...targets].filter(isShown)) {
  // A field within its frame: the frame is touched.
  const touched = target.closest("label.search, .take") || target;
  const box = touched.getBoundingClientRect();
  const least = isElder && touched.matches(main) ? 60 : 44;
  if (box.width < least - 0.5 || box.height < least - 0.5) {
    found.push(`a target of ${Math.round(box.width)} x ${Math.round(box.height)} px, less than ${least}: ${touched.tagName} ${touched.className} ${touched.dataset.action || ""}`);
  }
}
if (isElder) {
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || !isShown(element) || element.closest("option, script, style, .sprite")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < 18) found.push(`letters of ${size} px: ${element.tagName} ${element.className} in ${element.parentElement.className}`);
  }
}
return [...new Set(found)];
