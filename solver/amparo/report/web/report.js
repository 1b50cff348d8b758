"use strict";
// Picks out findings and provisions. Without it everything is shown.
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const findings = [...document.querySelectorAll(".finding")];
  const provisions = [...document.querySelectorAll(".provision")];
  const statutes = [...document.querySelectorAll(".statute")];
  const words = new Map([...findings, ...provisions].map((each) => [each, each.textContent.toLowerCase()]));
  const count = document.getElementById("count");

  const chosen = (name) => {
    const boxes = [...form.querySelectorAll(`[name=${name}]`)];
    return boxes.length ? new Set(boxes.filter((box) => box.checked).map((box) => box.value)) : null;
  };
  const among = (values, value) => !values || values.has(value);

  const pick = () => {
    const sought = form.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = (each) => sought.every((word) => words.get(each).includes(word));
    const verdicts = chosen("verdict");
    const statuses = chosen("status");
    for (const each of findings) {
      const { verdict, status } = each.dataset;
      each.hidden = !(among(verdicts, verdict) && among(statuses, status) && found(each));
    }
    for (const each of provisions) each.hidden = !found(each);
    for (const statute of statutes) {
      const some = [...statute.querySelectorAll(".provision")].some((each) => !each.hidden);
      statute.hidden = !some;
      if (sought.length && some) statute.open = true;
    }
    const shown = (several) => `${several.filter((each) => !each.hidden).length} of ${several.length}`;
    count.textContent = `Shown: ${shown(findings)} findings, ${shown(provisions)} provisions.`;
  };

  form.hidden = false;
  form.addEventListener("input", pick);
  form.addEventListener("submit", (event) => event.preventDefault());
  pick();
})();
