// A map answers to pointer and keys: what a place is tied to stands out, the rest steps back. Nobody needs this to see it.
"use strict";
for (const figure of document.querySelectorAll("svg.figure")) {
  const places = [...figure.querySelectorAll(".place")];
  if (!places.length) continue;
  const ties = [...figure.querySelectorAll(".tie")];
  const labels = new Map([...figure.querySelectorAll(".label")].map((one) => [one.dataset.of, one]));
  const byNumber = new Map(places.map((one) => [one.dataset.place, one]));
  const spots = new Map(places.map((one) => {
    const dot = one.querySelector("circle");
    return [one, [dot.cx.baseVal.value, dot.cy.baseVal.value]];
  }));
  const status = document.createElement("p");
  status.className = "map-status";
  status.setAttribute("role", "status");
  figure.after(status);
  figure.setAttribute("role", "group");
  let kept = null;

  const show = (place) => {
    for (const one of figure.querySelectorAll(".lit")) one.classList.remove("lit");
    figure.classList.toggle("choosing", place !== null);
    status.textContent = place ? place.querySelector("title").textContent : "";
    if (!place) return;
    const near = new Set([place.dataset.place, ...place.dataset.near.split(" ").filter(Boolean)]);
    for (const number of near) {
      byNumber.get(number).classList.add("lit");
      const label = labels.get(number);
      if (label) label.classList.add("lit");
    }
    for (const tie of ties) {
      if (tie.dataset.ends.split(" ").includes(place.dataset.place)) tie.classList.add("lit");
    }
  };

  const towards = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const next = (place, [dx, dy]) => {
    const [x, y] = spots.get(place);
    let best = null;
    let least = Infinity;
    for (const [one, [u, v]] of spots) {
      const along = (u - x) * dx + (v - y) * dy;
      const aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      if (one !== place && along > 0 && along + 2 * aside < least) {
        best = one;
        least = along + 2 * aside;
      }
    }
    return best;
  };

  const go = (place) => {
    for (const one of places) one.setAttribute("tabindex", one === place ? "0" : "-1");
    place.focus();
  };

  places.forEach((place, number) => {
    place.setAttribute("tabindex", number ? "-1" : "0");
    place.setAttribute("role", "button");
    place.setAttribute("aria-pressed", "false");
    place.setAttribute("aria-label", place.querySelector("title").textContent);
    place.addEventListener("pointerenter", () => kept || show(place));
    place.addEventListener("pointerleave", () => kept || show(null));
    place.addEventListener("focus", () => show(place));
    place.addEventListener("blur", () => show(kept));
    place.addEventListener("click", () => choose(place));
    place.addEventListener("keydown", (event) => {
      if (event.key in towards) {
        const found = next(place, towards[event.key]);
        if (found) go(found);
      } else if (event.key === "Enter" || event.key === " ") {
        choose(place);
      } else if (event.key === "Escape") {
        choose(kept);
        show(null);
      } else {
        return;
      }
      event.preventDefault();
    });
  });

  const choose = (place) => {
    if (kept) kept.setAttribute("aria-pressed", "false");
    kept = place === kept ? null : place;
    if (kept) kept.setAttribute("aria-pressed", "true");
    show(kept);
  };
}
