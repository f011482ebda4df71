// Package account knows who may sign in to a registry, what each may do and see, and what was done.
//
// Start with [Open] (the file accounts.db beside the log) or [OpenMemory], then [Store.Add] a user and [Store.SignIn]. A request
// that carries a session's token is of the user that [Store.Session] gives; [User.Can] says what they may do and [User.Readers] what
// they see. Whatever the store gives is read from the file at that moment, so that another process that disables a user ends
// their sessions at once.
//
// Words: a role is what a user may do (reader < contributor < editor < administrator); audiences are what they see; a session
// is a browser that signed in; a device is a browser that has signed in before, which nobody can lock out; an event is a line of the audit.
//
// Beside the password there are second factors (an authenticator, passkeys) and recovery codes. [Store.SignIn] of an account that has one gives a step, which
// [Store.Second] ends; a session that lacks the one that the registry requires is of a user who is Held, and sees what the public sees. The ceremonies of passkeys are in package
// account/passkey, those of providers of sign-ins in account/openid. An invitation is a link to a new account, a recovery one back into an account; [Told] is
// what an account is told of all that.
//
// It keeps no password, token or network address, and refuses: a name that another has in other case, short passwords, and to leave
// a registry without an administrator.
package account
