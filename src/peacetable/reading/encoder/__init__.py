"""The trained model: words in, word classes, trees, names, attributions and evidence out; see `reader`."""
