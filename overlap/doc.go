// Package overlap finds whose text repeats whose: pairs of provisions whose wording is the same or nearly so, with the passages they share, an
// instrument's nearest relatives, and the family tree of a wording over time.
//
// Start with [Read] (a reading to its units) and [Join] (all pairs at a threshold). To ask what is like one new document, make an [Index]. [Shared]
// gives the passages of two units, [Relatives] the documents nearest to one, [Families] who has a wording from whom.
//
// A unit is a provision taken as the set of its distinct lower-case five-word runs, here called its grams; of Chinese and Japanese, five characters. How
// like two units are is the Jaccard measure of their sets: the number of grams in both over the number in either. The join is exact: it gives
// every pair at or above the threshold and no other, as comparing each with each would (Chaudhuri et al. 2006, prefix filter; Xiao et al. 2008,
// positional filter; Mann, Augsten and Bouros 2016). Two grams count as one where 58 bits of their hashes are equal; among ten million different
// grams the odds that any two are mistaken for each other are about 1 to 6,000.
//
// It is pure: it reads no file, knows no registry and keeps nothing. It says that words are the same, never who was first where the dates do not
// say so, and never why.
package overlap
