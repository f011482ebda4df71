// Package interference holds the test that matters of disclosure: two registries that hold the same entries for a reader give this reader the
// same bytes on every outlet, whatever else they hold. It has no code of its own; see package internal/twins for what the two differ in.
//
// Anybody can repeat it from outside: make two data directories with assay import --now --seed, serve both, fetch every page of both, compare.
package interference
