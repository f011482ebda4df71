// Package tiles grows the public tree of a ledger from its leaves, as files by C2SP tlog-tiles that any web server can serve, and gives
// proofs from them. Start with [Grow] and [Open].
//
// It stands on Tessera's POSIX driver, which needs a Unix; elsewhere [Grow] is registry.Unsupported, and reading works. The folder can be
// thrown away: the tree is made again from the same leaves and signed with the same key; only the witnesses are asked anew.
//
// [Hold] makes the same tree in memory, for a directory whose disk is not to tell what is in it.
package tiles
