// What every page can do. Each page works without it.

const root = document.documentElement;
root.classList.add("has-script");

// Read aloud: the selection if there is one, else the page's main part, sentence by sentence.
const readButton = document.querySelector("[data-read-aloud]");
const sentences = (text) => text.replace(/\s+/g, " ").match(/[^。！？；!?;]+[。！？；!?;]?/g) ?? [];

function spokenText() {
  const chosen = String(getSelection() ?? "").trim();
  return chosen || (document.querySelector("main")?.innerText ?? "");
}

function stopReading() {
  speechSynthesis.cancel();
  readButton.setAttribute("aria-pressed", "false");
  setReadLabel(false);
}

function setReadLabel(isReading) {
  const label = readButton.querySelector("[data-read-label]");
  label.dataset.start ??= label.textContent;
  label.textContent = isReading ? label.dataset.stop : label.dataset.start;
}

function startReading() {
  const voice = speechSynthesis.getVoices().find((each) => each.lang.replace("_", "-").startsWith("zh"));
  const parts = sentences(spokenText());
  parts.forEach((part, number) => {
    const saying = new SpeechSynthesisUtterance(part);
    saying.lang = "zh-CN";
    saying.rate = 0.95;
    if (voice) saying.voice = voice;
    if (number === parts.length - 1) saying.onend = stopReading;
    speechSynthesis.speak(saying);
  });
  readButton.setAttribute("aria-pressed", "true");
  setReadLabel(true);
}

if (readButton && !("speechSynthesis" in window)) readButton.hidden = true;
readButton?.addEventListener("click", () =>
  readButton.getAttribute("aria-pressed") === "true" ? stopReading() : startReading(),
);
addEventListener("pagehide", () => window.speechSynthesis?.cancel());

// A half-filled form survives a closed page, until the page that says "sent" clears it.
const draftKey = (name) => `draft:${name}`;
const isKept = (input) =>
  input.name && !["hidden", "file", "password", "submit"].includes(input.type) && !("private" in input.dataset);

function saveDraft(form) {
  const values = [...form.elements]
    .filter(isKept)
    .map((input) => [input.name, input.value, "checked" in input && /checkbox|radio/.test(input.type) ? input.checked : null]);
  sessionStorage.setItem(draftKey(form.dataset.autosave), JSON.stringify(values));
}

function restoreDraft(form) {
  const kept = JSON.parse(sessionStorage.getItem(draftKey(form.dataset.autosave)) ?? "[]");
  for (const [name, value, checked] of kept) {
    const same = [...form.elements].filter((input) => input.name === name && isKept(input));
    if (checked === null) same.forEach((input) => input.value || (input.value = value));
    else same.filter((input) => input.value === value).forEach((input) => (input.checked = checked));
  }
}

function keepDrafts(part) {
  for (const sent of part.querySelectorAll("[data-autosave-clear]")) {
    sessionStorage.removeItem(draftKey(sent.dataset.autosaveClear));
  }
  for (const form of part.querySelectorAll("form[data-autosave]")) {
    if (!form.querySelector("[aria-invalid]")) restoreDraft(form);
    form.addEventListener("input", () => saveDraft(form));
  }
}

// The browser's own file button speaks the browser's language; this one speaks the page's.
function dressUp(input) {
  const picker = document.createElement("span");
  picker.className = "picker";
  const button = document.createElement("label");
  button.className = "btn";
  button.htmlFor = input.id;
  button.textContent = input.multiple ? "选择文件或拍照" : "选择文件";
  const names = document.createElement("span");
  names.className = "muted small";
  input.before(picker);
  picker.append(input, button, names);
  input.addEventListener("change", () => {
    names.textContent = [...input.files].map((file) => file.name).join("、");
    const form = input.form;
    if (input.files.length && "sendWhenChosen" in (form?.dataset ?? {})) {
      names.textContent = `正在上传 ${input.files.length} 个文件…`;
      form.requestSubmit();
    }
  });
}

function setUp(part) {
  keepDrafts(part);
  part.querySelectorAll("input[type=file][id]").forEach(dressUp);
}

setUp(document);
document.addEventListener("live:replaced", (event) => setUp(document.getElementById(event.detail.id)));
document.addEventListener("htmx:load", (event) => event.target !== document.body && setUp(event.target));

// One press, one request. The page may come back from the history: then it can be sent again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("once" in form.dataset)) return;
  if (form.dataset.once === "sent") return event.preventDefault();
  form.dataset.once = "sent";
  event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-once='sent']").forEach((form) => (form.dataset.once = ""));
  document.querySelectorAll("[aria-busy='true']").forEach((button) => button.removeAttribute("aria-busy"));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dialog-open], [data-print]");
  if (button?.dataset.dialogOpen) document.getElementById(button.dataset.dialogOpen)?.showModal();
  else if (button) print();
});

// After a form came back with faults, the list of faults is what is read first.
document.querySelector("[data-focus]")?.focus();
