// Package schedule keeps what is to be released, to whom and when, and releases it when it falls due. Start with [Open], [Store.Propose] and
// [Store.Run].
//
// A release is a disclosure that somebody decided on and that waits for a day or an event. The clock never enters what pages show: the job
// asks which releases are due and appends disclosures to the log, like a person would. In doubt nothing is released: where the clock jumped,
// where a second person has not agreed, where a side has not confirmed, where a trigger cannot be read, where the switch is on that keeps
// everything from becoming public; each says why, for the editors.
//
// Who proposed a release of something restricted cannot approve it. A grace period can be used once, with a reason.
package schedule
