// What stands on the screen, for somebody who fills in a form: the questions that are asked, what
// each can be answered with, and whether it is answered already.
const isShown = (element) => element.getClientRects().length > 0;
const within = (block, selector) => [...block.querySelectorAll(selector)].filter(isShown);
const main = document.querySelector("main");
// Something is still loading: there is nothing to be seen yet.
if (!main || main.closest("[aria-busy=true]") || document.querySelector("main [aria-busy=true]")) return null;

const controls = [
  ["rows", "[data-action=add-row], [data-action=edit-row]"],
  ["signature", "canvas, [data-action=sign]"],
  ["place", "[data-action=take-place]"],
  ["sound", "[data-action=record], input[type=file][accept^=audio]"],
  // A code can be read from a photo, and typed.
  ["text", "[data-action=scan]"],
  ["files", "input[type=file]"],
  ["list", "[data-action=open-list]"],
  ["choices", "[data-choice]"],
  ["moment", "input[type=date], input[type=time], input[type=datetime-local]"],
  ["text", "input, textarea"],
];

function isAnswered(block, control) {
  switch (control) {
    case "list":
      return !/^(请选|choose)$/i.test(within(block, "[data-action=open-list]")[0].textContent.trim());
    case "choices":
      return within(block, "[data-choice][aria-checked=true]").length > 0;
    case "place":
      return within(block, "[data-action=remove-place]").length > 0;
    case "text":
    case "moment":
      return within(block, "input, textarea").some((field) => field.value !== "");
    default:
      return within(block, "[data-file]").length > 0;
  }
}

const questions = [...document.querySelectorAll("[data-question]")].filter(isShown).map((block) => {
  const [control] = controls.find(([, selector]) => within(block, selector).length > 0) || ["none"];
  const label = block.querySelector("label")?.textContent || "";
  return {
    name: block.dataset.question,
    control,
    answered: isAnswered(block, control),
    // A person reads it behind the question.
    optional: /(可不填|optional)\s*$/.test(label),
    numeric: ["numeric", "decimal"].includes(block.querySelector("input")?.inputMode),
    choices: within(block, "[data-choice]").map((choice) => choice.dataset.choice),
    rows: new Set(within(block, "[data-row]").map((card) => card.dataset.row)).size,
    full: within(block, "[data-action=add-row]").length === 0,
  };
});
const problems = [...document.querySelectorAll("[data-problem], [data-trouble]")].filter(isShown);

return {
  screen: main.dataset.screen || "",
  page: location.pathname,
  row: main.dataset.row ? [main.dataset.repeat, Number(main.dataset.row)] : null,
  questions,
  problems: problems.map((one) => {
    const name = one.closest("[data-question]")?.dataset.question;
    return (name ? name + ": " : "") + one.innerText.trim();
  }),
};
