"""The real browser that page tests run in, and what they look for there."""

from __future__ import annotations

import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(
    not CHROMIUM, reason="no Chromium here: install one (apt-get install chromium) to run these"
)

#: Every text that is seen, with its contrast to what lies behind it (WCAG 2.2, 1.4.3), and whether it is large.
CONTRASTS = """() => {
  const parse = (text) => {
    const n = text.match(/[\\d.]+/g).map(Number);
    return { rgb: n.slice(0, 3), a: n[3] ?? 1 };
  };
  const light = ({ rgb }) => {
    const [r, g, b] = rgb.map((c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.a === 1) return colour;
    }
    return parse("rgb(255, 255, 255)");
  };
  const found = [];
  for (const element of document.querySelectorAll("body *:not(script):not(style):not(.vh)")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || element.closest(".vh, script, style, dialog:not([open])") || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const svg = element.closest("svg") && element.tagName !== "A";
    const one = light(parse(svg ? style.fill : style.color)), other = light(behind(element));
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    found.push([element.textContent.trim().slice(0, 40), ratio, large]);
  }
  return found;
}"""
