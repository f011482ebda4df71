// Package disclosure says what is kept back in a registry, on what ground, until when, and what is not as it should be about it; and when
// something is to be released.
//
// Start with [Register] (every notice of withholding that readers can see) and [PlanOf] (a record against its disclosure profile). A notice is
// a public claim whose value is withheld ({withheld:GROUND:REVIEW}), with the fields withheld_by, withheld_reason, withheld_answer,
// withheld_consent, withheld_release and withheld_appeal beside it; it is never derived from what is hidden. Grounds with their threshold
// test, and profiles, are data (grounds.yaml, profiles.yaml).
//
// The package is pure, and knows neither clock nor log: the day is given. It refuses to weigh a ground: it says which questions of the test
// were answered and how, by whom, and which were not.
package disclosure
