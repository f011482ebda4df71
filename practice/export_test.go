package practice

// LoadFS loads a library from other files than the embedded ones.
var LoadFS = load

// Files are the embedded ones.
var Files = files
