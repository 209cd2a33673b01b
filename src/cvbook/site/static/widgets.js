// Mounts the widgets of a static page. myst-nb puts the state of every model into the page (with
// the widget's module as the string `_esm`), and a script tag where each view belongs. A classic
// script: modules do not load in a page opened from the disk. The block scopes its names.
{
  const STATE = "application/vnd.jupyter.widget-state+json";
  const VIEW = "application/vnd.jupyter.widget-view+json";

  /**
   * @typedef {Record<string, unknown> & { _esm?: string, _css?: string }} State
   * @typedef {(...values: unknown[]) => void} Listener
   */

  /** The part of anywidget's model API that the widgets use, without a kernel. */
  class Model {
    /** @type {Map<string, Listener[]>} */
    #listeners = new Map();

    /** @param {State} state */
    constructor(state) {
      this.state = state;
    }

    /** @param {string} name */
    get(name) {
      return this.state[name];
    }

    /**
     * @param {string | State} name
     * @param {unknown} [value]
     */
    set(name, value) {
      const values = typeof name === "string" ? { [name]: value } : name;
      const changed = Object.keys(values).filter((key) => !Object.is(this.state[key], values[key]));
      for (const key of changed) {
        this.state[key] = values[key];
        this.#emit(`change:${key}`, values[key]);
      }
      if (changed.length) this.#emit("change");
    }

    save_changes() {} // there is no kernel

    send() {}

    /**
     * @param {string} names separated by spaces
     * @param {Listener} listener
     */
    on(names, listener) {
      for (const name of names.split(/\s+/)) {
        this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
      }
    }

    /**
     * @param {string | null} [names] all by default
     * @param {Listener | null} [listener] all by default
     */
    off(names, listener) {
      for (const name of names ? names.split(/\s+/) : [...this.#listeners.keys()]) {
        const listeners = this.#listeners.get(name) ?? [];
        const kept = listeners.filter((one) => listener && one !== listener);
        this.#listeners.set(name, kept);
      }
    }

    /**
     * @param {string} name
     * @param {...unknown} values
     */
    #emit(name, ...values) {
      for (const listener of this.#listeners.get(name) ?? []) listener(this, ...values);
    }
  }

  /** @param {string} source of a module, which loads from a file as well as from a server */
  const importSource = async (source) => {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const module = await import(url);
    URL.revokeObjectURL(url);
    return module.default ?? module;
  };

  /**
   * @param {HTMLScriptElement} place
   * @param {State & { _esm: string }} state
   */
  const mount = async (place, state) => {
    const view = document.createElement("div");
    view.className = "cell_output widget-view";
    if (state._css) {
      const style = document.createElement("style");
      style.textContent = state._css;
      view.append(style);
    }
    const el = document.createElement("div");
    view.append(el);
    const exported = await importSource(state._esm);
    const widget = typeof exported === "function" ? await exported() : exported;
    const model = new Model({ ...state });
    await widget.initialize?.({ model });
    await widget.render({ model, el });
    place.replaceWith(view);
  };

  /** @param {string} type */
  const scripts = (type) => {
    const found = document.querySelectorAll(`script[type="${type}"]`);
    return /** @type {HTMLScriptElement[]} */ ([...found]);
  };

  /** @type {Record<string, { state: State }>} */
  const models = Object.assign(
    {},
    ...scripts(STATE).map(({ textContent }) => JSON.parse(textContent).state),
  );
  for (const place of scripts(VIEW)) {
    const state = models[JSON.parse(place.textContent).model_id]?.state;
    if (state?._esm) mount(place, { ...state, _esm: state._esm });
  }
}
