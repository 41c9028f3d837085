// All rules of WCAG 2.0 to 2.2, A and AA, and the best practices; then the contrast in every other
// light, which is all that the light changes.
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const html = document.documentElement;
const found = [];

// The same fault in another place is told once.
const alike = (html) =>
  html.replace(/<!--.*?-->|(?:href|src|data-\w+|id|for|aria-\w*by|aria-valuenow)="[^"]*"/g, "").slice(0, 300);

// What stays in view lies before what moves below it, which is no fault of either.
for (const one of document.querySelectorAll(".header, .actions, .tabs")) one.style.position = "static";

async function run(options, light) {
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...options });
  for (const { id, help, nodes } of violations) {
    for (const { html, any, all, none } of nodes) {
      const why = [...any, ...all, ...none].map((check) => check.message).join(" ");
      found.push(`axe ${id}${light}: ${help}. ${why} ${alike(html)}`);
    }
  }
}

await run({ runOnly: tags }, "");
const before = html.dataset.light;
for (const light of ["dark", "sun"]) {
  html.dataset.light = light;
  await run({ runOnly: { type: "rule", values: ["color-contrast"] } }, ` (${light})`);
}
if (before) html.dataset.light = before;
else delete html.dataset.light;
for (const one of document.querySelectorAll(".header, .actions, .tabs")) one.style.position = "";
return found;
