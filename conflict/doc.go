// Package conflict says where a provision of one text collides, or may collide, with a provision of another: two agreements, a draft and what
// a state owes already, an agreement and a law.
//
// Start with [Load], which gives the [Rules], [Rules.Read], which makes a [Sheet] of one text, and [Rules.Between], which holds two sheets
// against each other. [Rules.Among] does the same for many. A stance is what a provision does that can collide (it promises all output, it
// bars export duties); a rule names two stances that do not go together, and what sets them apart all the same. What the same subject is,
// with another sign, figure, deadline or standard, is seen by comparing the words of provisions that are nearly alike.
//
// There are four answers ([Answers]). Disjoint names the ground that keeps two provisions apart; undecided names what is missing. A pair
// about which nothing is said was not found to collide, which is no proof that it does not.
//
// Pure: rules are embedded data; no files, no network, no clock. It refuses to say who is right, whether a state is in breach, or that two
// texts are compatible; which of two norms comes first is given as hints with the rule they rest on.
package conflict
