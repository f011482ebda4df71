// Package identity says which records, or which record and a text or headline that has none yet, may be one thing. It is pure: what is
// known of the things comes in, pairs with reasons and a probability come out; whether two are merged is for people (registry's field
// redirect), or for an importer where the probability leaves no doubt.
//
// Start with [New] (an index over the records of a view), then [Index.Candidates] for one subject or [Index.Pairs] for all records.
//
// A pair goes through three steps. Blocking: things that share two parties, a party and a year, a rare word of a name, an abbreviation or
// an address are held against each other and nothing else is, so that the work grows with the registry and not with its square. Features:
// what the two agree and differ in, each a number from 0 to 1 with a reason in words. Model: a logistic regression over the
// features, whose weights stand in weights.yaml. "go run ./identity/train" makes the weights and the figures in docs/accuracy.md
// anew; a feature that speaks for identity has no weight below zero, and one that speaks against it none above.
//
// It refuses to pair records of two kinds: talks and the agreement that came of them are two things.
package identity
