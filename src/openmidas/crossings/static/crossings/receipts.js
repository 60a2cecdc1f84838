// A receipt is printed by one key, and a workstation keeps the paper that it has.
const form = document.getElementById("receipt-form");
const paper = document.getElementById("paper");
const kept = localStorage.getItem("midas-paper");
if (kept && !location.search.includes("paper=") && kept !== paper.value) {
  paper.value = kept;
  form.requestSubmit();
}
for (const choice of form.querySelectorAll("select")) {
  choice.addEventListener("change", () => {
    localStorage.setItem("midas-paper", paper.value);
    form.requestSubmit();
  });
}
document.getElementById("print").addEventListener("click", () => print());
