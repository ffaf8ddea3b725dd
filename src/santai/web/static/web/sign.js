// Writing one's name with a finger. Without it the typed name counts.

for (const form of document.querySelectorAll("[data-sign]")) {
  const pad = form.querySelector("[data-pad]");
  const kept = form.elements.drawing;
  const pen = pad.getContext("2d");
  let isInked = false;

  const place = (event) => {
    const box = pad.getBoundingClientRect();
    return [((event.clientX - box.left) * pad.width) / box.width, ((event.clientY - box.top) * pad.height) / box.height];
  };

  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    pen.lineWidth = 8;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(pad).color;
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  pad.addEventListener("pointermove", (event) => {
    if (!pad.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...place(event));
    pen.stroke();
    isInked = true;
  });
  form.querySelector("[data-pad-clear]").addEventListener("click", () => {
    pen.clearRect(0, 0, pad.width, pad.height);
    isInked = false;
    kept.value = "";
  });
  form.addEventListener("submit", () => {
    kept.value = isInked ? pad.toDataURL("image/png") : "";
  });
}
