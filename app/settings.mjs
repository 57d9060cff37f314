// Keeps small choices in the browser. Storage may refuse at any time (private windows, no room), and
// MicroPython cannot catch what JavaScript throws at once, so that is caught here.

/**
 * @param {string} name @param {string} value
 * @returns {boolean} whether it is kept; if not, the choice lasts as long as the page
 */
export function keep(name, value) {
  try {
    localStorage.setItem(`mekiki:${name}`, value);
    return true;
  } catch {
    return false;
  }
}
