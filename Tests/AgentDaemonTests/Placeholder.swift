// Fills the target until its first file.
