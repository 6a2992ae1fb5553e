// Making elements. Text is only ever set as text, so that no name that comes from a person or a
// model is read as HTML.

export const byId = (id) => document.getElementById(id);

/**
 * An element: make('button', { type: 'button', onclick: f }, 'Save').
 * @param {string} tag
 * @param {object} properties of the element; keys with a dash are attributes
 * @param {...(Node|string)} children
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes('-')) element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}
