// The words of the page, in its language, and numbers as that language writes them.

const catalogue = JSON.parse(document.getElementById("words").textContent);
export const lang = document.documentElement.lang;

export function say(key, values = {}) {
  return catalogue[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

export function number(value, decimals = 0) {
  if (value === null || value === undefined) return "–";
  return new Intl.NumberFormat(lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}
