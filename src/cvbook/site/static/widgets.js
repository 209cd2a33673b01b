// Brings a page's widgets to life without a kernel. myst-nb leaves in the page the state of every
// model (with the widget's own module as the string `_esm`) and a script where each view stands.
(() => {
  // The part of anywidget's model that a widget uses where there is no kernel.
  class Model {
    constructor(state) {
      this.state = state;
      this.listeners = new Map();
      this.changed = new Set();
    }
    get(name) {
      return this.state[name];
    }
    set(name, value) {
      const values = typeof name === "string" ? { [name]: value } : name;
      for (const [key, given] of Object.entries(values)) {
        if (Object.is(this.state[key], given)) continue;
        this.state[key] = given;
        this.changed.add(key);
        this.emit(`change:${key}`, given);
      }
      if (this.changed.size) this.emit("change");
      this.changed.clear();
    }
    save_changes() {} // nobody to tell
    send() {}
    on(names, listener) {
      for (const name of names.split(/\s+/)) {
        this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
      }
    }
    off(names, listener) {
      for (const name of names ? names.split(/\s+/) : [...this.listeners.keys()]) {
        const kept = (this.listeners.get(name) ?? []).filter((one) => listener && one !== listener);
        this.listeners.set(name, kept);
      }
    }
    emit(name, ...values) {
      for (const listener of this.listeners.get(name) ?? []) listener(this, ...values);
    }
  }

  async function mount(place, state) {
    const view = document.createElement("div");
    view.className = "cell_output widget-view";
    if (state._css) {
      const style = document.createElement("style");
      style.textContent = state._css;
      view.append(style);
    }
    const element = document.createElement("div");
    view.append(element);
    const address = URL.createObjectURL(new Blob([state._esm], { type: "text/javascript" }));
    const module = await import(address);
    URL.revokeObjectURL(address);
    const found = module.default ?? module;
    const widget = typeof found === "function" ? await found() : found;
    const model = new Model({ ...state });
    await widget.initialize?.({ model });
    await widget.render({ model, el: element });
    place.replaceWith(view);
  }

  const states = document.querySelectorAll('script[type="application/vnd.jupyter.widget-state+json"]');
  const models = Object.assign({}, ...[...states].map((one) => JSON.parse(one.textContent).state));
  for (const place of document.querySelectorAll('script[type="application/vnd.jupyter.widget-view+json"]')) {
    const model = models[JSON.parse(place.textContent).model_id];
    if (model?.state._esm) mount(place, model.state);
  }
})();
