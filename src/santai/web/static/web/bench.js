// The work bench: on wide screens a row opens beside the list; codes are copied; names are looked up while typing.
// Without this script rows open their own page and names are typed in full.

const WIDE = matchMedia("(min-width: 80rem)");
const detail = document.getElementById("detail");
const bench = document.getElementById("bench");

function openBeside(link) {
  bench.classList.add("is-beside");
  detail.hidden = false;
  document.querySelectorAll("[data-row]").forEach((row) => row.classList.toggle("selected", row.contains(link)));
  window.htmx.ajax("GET", link.href, { target: "#detail", swap: "innerHTML" });
}

function closeBeside() {
  bench.classList.remove("is-beside");
  detail.hidden = true;
  detail.replaceChildren();
  document.dispatchEvent(new CustomEvent("live:removed"));
  document.querySelector("[data-row].selected a")?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-beside]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.button === 0;
  if (link && detail && WIDE.matches && window.htmx && isPlain) {
    event.preventDefault();
    openBeside(link);
  } else if (detail && event.target.closest("[data-close-beside]")) {
    closeBeside();
  }
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, textarea, select");
  if (event.key === "Escape" && detail && !detail.hidden && !isTyping) closeBeside();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard?.writeText(button.dataset.copy).catch(() => null);
  const label = button.querySelector("span") ?? button;
  const before = label.textContent;
  label.textContent = button.dataset.copied;
  setTimeout(() => (label.textContent = before), 1600);
});

const LOOKUPS = { organisation: "organisations", handler: "handlers", practitioner: "practitioners" };
let asked = 0;

async function lookUp(input) {
  const place = LOOKUPS[input.dataset.lookup];
  const list = input.list;
  if (!place || !list || input.value.trim().length < 1) return;
  const mine = ++asked;
  const query = new URLSearchParams({ q: input.value });
  const where = input.form?.elements.namedItem("organisation");
  if (input.dataset.lookup === "handler" && where?.value) query.set("organisation", where.value);
  const answer = await fetch(`/desk/lookup/${place}?${query}`).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  const { options } = await answer.json();
  list.replaceChildren(...options.map(({ value, label }) => Object.assign(new Option(label, value), { label })));
}

let waiting;
document.addEventListener("input", (event) => {
  const input = event.target.closest("[data-lookup]");
  if (!input) return;
  const own = input.form?.querySelector('input[name="proposal"][value=""]');
  if (own && input.value) own.checked = true;
  clearTimeout(waiting);
  waiting = setTimeout(() => lookUp(input), 200);
});
