// Package eval measures the reading against coded answers: policy areas of trade agreements, the force of contract clauses,
// the boundaries of articles, and one language against another.
//
// Start with [DTA], which `assay eval dta` prints, and [Train], which fits the weights in assay/weights_areas.txt. Everything here is
// deterministic: the same texts and labels give the same figures and the same weights. Treaties that copy each other form families
// ([Families]), and no family is split between what is learnt from and what is measured on.
package eval
