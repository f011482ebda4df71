package extract

// Confine is confine, for the test that tries to get out.
var Confine = confine
