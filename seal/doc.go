// Package seal encrypts what a registry keeps, so that whoever finds its disk learns nothing from it.
//
// Start with [Create] and [Open], which turn a passphrase into [Keys]; then [Keys.VFS] for SQLite databases, and [Keys.Seal], [Keys.Unseal] and
// [Keys.Name] for files. A passphrase makes (argon2id) a key that opens the file KEYS, in which the real key lies; so a new passphrase
// writes one small file anew, and nothing else.
//
// Databases are encrypted below SQLite, block for block of 16 bytes: AES-256 between two masks, each AES-256 of the block's number under another key (the
// construction XEX, of which XTS is the form for disks). Journals, write-ahead logs and temporary files pass the same way. It keeps lengths and
// keeps no digest: it hides, and finds no changes; the log's own digests do that. Other files are sealed with XChaCha20-Poly1305, which finds
// changes too, at a length that is rounded up.
//
// What it refuses to do: protect a machine that runs. While the program runs, the keys and what is read are in memory, and in swap where there is some.
package seal
