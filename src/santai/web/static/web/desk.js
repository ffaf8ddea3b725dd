// The desk by keyboard: j/k and Enter on rows, g and a letter to a room, / to search, ? for help, Esc closes.

const rows = () => [...document.querySelectorAll("[data-row]")];
const isTyping = (element) => element.matches("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");
let waitsForLetter = false;

function walk(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("selected"));
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  all.forEach((row) => row.classList.toggle("selected", row === next));
  next.querySelector("a")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function go(letter) {
  waitsForLetter = false;
  document.querySelector(`[data-go="${CSS.escape(letter)}"]`)?.click();
}

const keys = {
  j: () => walk(1),
  k: () => walk(-1),
  g: () => {
    waitsForLetter = true;
    setTimeout(() => (waitsForLetter = false), 1500);
  },
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return closeOpen(event.target);
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (waitsForLetter) {
    event.preventDefault();
    return go(event.key);
  }
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

function closeOpen(target) {
  const open = target.closest("details[open]");
  open?.removeAttribute("open");
  open?.querySelector("summary")?.focus();
  if (target.matches("[data-search]")) target.blur();
}

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.who[open]").forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
});
