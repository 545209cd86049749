"""What the shipped model is trained from: readers of the data sets, the loop, and the export; see `datasets.load`."""
