// Elements of the page. A text is always put in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined).map((child) => (typeof child === "string" ? unbroken(child) : child)));
  return made;
}

// Numbers and their units stay on one line, as in the report.
function unbroken(text) {
  return text.replace(/(?<=\d) (?=%|kr\.|af 10|of 10)/g, "\u00a0");
}

export function table({ heads, rows, caption, texts = [0] }) {
  const aligned = (at) => (texts.includes(at) ? "text" : null);
  const head = element("tr", {}, ...heads.map((text, at) => element("th", { scope: "col", class: aligned(at) }, text)));
  const body = rows.map((row) => element("tr", {}, ...row.map((cell, at) => (at ? element("td", { class: cell.mark || aligned(at) }, cell.text) : element("th", { scope: "row" }, cell.text)))));
  const whole = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
  const box = element("div", { class: "wide", role: "region", tabindex: "0", "aria-label": caption || heads[0] }, whole);
  return caption ? element("div", {}, element("p", { class: "caption" }, caption), box) : box;
}
