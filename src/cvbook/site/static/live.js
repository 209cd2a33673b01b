// Starts the live code of a page. A classic script, so that a page opened from the disk, where
// modules do not load, stays as it is.
{
  const data = document.querySelector("script[data-live]");
  if (data instanceof HTMLElement && location.protocol.startsWith("http")) {
    import(new URL(data.dataset.live ?? "", document.baseURI).href);
  }
}
