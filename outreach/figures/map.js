// A map answers to pointer and keys: what a place is tied to stands out, the rest steps back. Nobody needs this to see it.
"use strict";
for (const figure of document.querySelectorAll("svg.figure")) {
  const places = [...figure.querySelectorAll(".place")];
  if (!places.length) continue;
  const ties = [...figure.querySelectorAll(".tie")];
  const labels = [...figure.querySelectorAll(".label")];
  const byNumber = new Map(places.map((one) => [one.dataset.at, one]));
  const spots = new Map(places.map((one) => {
    const dot = one.querySelector("circle");
    return [one, [dot.cx.baseVal.value, dot.cy.baseVal.value]];
  }));
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.textContent = "\u00a0";
  figure.after(status);
  let kept = null;

  const lit = (element, on) => (on ? element.removeAttribute("opacity") : element.setAttribute("opacity", "0.15"));

  const show = (place) => {
    status.textContent = place ? place.getAttribute("aria-label") : "\u00a0";
    const near = place && new Set([place.dataset.at, ...place.dataset.near.split(" ").filter(Boolean)]);
    for (const [number, one] of byNumber) lit(one, !place || near.has(number));
    for (const label of labels) lit(label, !place || near.has(label.dataset.of));
    for (const tie of ties) {
      const mine = Boolean(place) && tie.dataset.ends.split(" ").includes(place.dataset.at);
      lit(tie, !place || mine);
      tie.classList.toggle("course", mine);
    }
  };

  const choose = (place) => {
    if (kept) kept.setAttribute("aria-pressed", "false");
    kept = place === kept ? null : place;
    if (kept) kept.setAttribute("aria-pressed", "true");
    show(kept);
  };

  const directions = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const nearest = (place, [dx, dy]) => {
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
    place.setAttribute("aria-pressed", "false");
    place.addEventListener("pointerenter", () => kept || show(place));
    place.addEventListener("pointerleave", () => kept || show(null));
    place.addEventListener("focus", () => kept || show(place));
    place.addEventListener("blur", () => kept || show(null));
    place.addEventListener("click", () => choose(place));
    place.addEventListener("keydown", (event) => {
      if (event.key in directions) {
        const found = nearest(place, directions[event.key]);
        if (found) {
          if (kept) choose(kept);
          go(found);
        }
      } else if (event.key === "Enter" || event.key === " ") {
        choose(place);
      } else if (event.key === "Escape") {
        if (kept) choose(kept);
        show(null);
      } else {
        return;
      }
      event.preventDefault();
    });
  });
}
