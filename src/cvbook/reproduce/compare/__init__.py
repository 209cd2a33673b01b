"""Compare stored outputs with new ones: text, images, whole cells and widgets."""
