// Two short lists (city, then county) instead of one long one. The long one stays in the form and is what is sent.

for (const whole of document.querySelectorAll("select[data-places]")) {
  const groups = [...whole.querySelectorAll("optgroup")];
  const city = document.createElement("select");
  city.className = whole.className;
  city.setAttribute("aria-label", "市（地）");
  city.append(new Option("先选市（地）", ""), ...groups.map((group, number) => new Option(group.label, String(number))));
  const chosen = groups.findIndex((group) => group.querySelector("option[selected], option:checked"));

  const show = (number) => {
    const kept = whole.value;
    const options = number === "" ? [] : [...groups[Number(number)].querySelectorAll("option")].map((each) => each.cloneNode(true));
    whole.replaceChildren(new Option(number === "" ? "再选县（市、区）" : "请选择县（市、区）", ""), ...options);
    whole.disabled = false;
    whole.value = options.some((each) => each.value === kept) ? kept : "";
  };

  city.value = whole.value && chosen >= 0 ? String(chosen) : "";
  whole.before(city);
  whole.classList.add("second");
  show(city.value);
  city.addEventListener("change", () => show(city.value));
}
