// Package ledger is the public, append-only record of what a registry published, and when: anyone can hold a receipt, and check it offline,
// years later, without asking the registry.
//
// Start with [Events] (what an entry of the log makes public), [Receipt] and [Verify]. The package is pure: package ledger/book keeps the
// leaves, package ledger/tiles grows the tree from them, package ledger/witness is a witness.
//
// A leaf is canonical JSON (RFC 8785), at most 65,535 bytes, of one of three kinds:
//
//	{"assay":"ledger/1","events":[{"at":"2026-11-30T10:00:00Z","id":"<entry id>"},…],"first":17,"kind":"entries"}
//	{"assay":"ledger/1","at":"2026-11-30T10:00:00Z","kind":"file","sha256":"<of the file>"}
//	{"assay":"ledger/1","interval":"2026-11-30","kind":"deposits","root":"<32 bytes in hex>"}
//
// An event has the id of an entry, which is the SHA-256 of its nonce and payload, and the time by which it was public; "act" where it was not
// published but withdrawn or erased; "file" where the entry says which file a document is. Payloads are not in the ledger, so that an
// erasure can take them and everything still verifies. first numbers the events from 0.
//
// A deposit is the proof that somebody held a file on a day, without telling what it is nor that there is one: each day's deposits are the
// leaves of a tree of fixed depth whose empty places look like taken ones, and its root is published on the next day, also where nobody
// deposited anything.
//
// The specifications are C2SP's tlog-tiles, tlog-checkpoint, tlog-cosignature, tlog-witness, tlog-policy and tlog-proof. What a leaf means
// stays outside them and is written down in docs/ledger.md, well enough to check a receipt with other programs.
//
// The package refuses to judge: a receipt says that bytes were published or lodged by a time, not that what they say is true.
package ledger
