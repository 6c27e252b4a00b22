for (const field of document.querySelectorAll("input[type=number]")) {
  field.addEventListener("focus", () => field.select());
}
