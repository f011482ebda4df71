package projection

import (
	"context"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

// OpenSettled is OpenReadOnly for the process that writes the log: others can read the same files, until the first Update that has something
// to write opens them for writing. From then on others make a projection of their own in memory. Where another process reads the files at
// that moment, Update does not wait for it: rows and index are made in memory, and the files are caught up by a later Update.
func OpenSettled(ctx context.Context, log claimlog.Log, blobs Blobs, readers registry.Audiences, folder string) (*Projection, error) {
	p, err := OpenReadOnly(ctx, log, blobs, readers, folder)
	if err != nil {
		return nil, err
	}
	p.readOnly, p.settled, p.folder = false, true, folder
	return p, nil
}

// shortPatience is how long Update waits for processes that read: searches wait with it.
const shortPatience = "1s"

// writable makes rows and index ready to be written. What it returns is called when they were. The lock of updates is held.
func (p *Projection) writable() (done func(), err error) {
	done = func() {}
	switch {
	case p.settled:
		p.files.Lock()
		p.index.Close() // an error of closing what was only read says nothing
		p.db.Close()
		if err = p.openFiles(p.folder, shortPatience); err == nil {
			p.settled = false
			err = p.mend(p.folder)
			break
		}
		if registry.CodeOf(err) != registry.Conflict {
			break
		}
		if err = p.openFiles("", shortPatience); err != nil {
			break
		}
		p.settled, p.aside = false, true
		return p.files.Unlock, nil // until all is in it, nobody may search it
	case p.aside:
		there := &Projection{folder: p.folder}
		if there.openFiles(p.folder, "10ms") != nil || there.mend(p.folder) != nil {
			return done, nil // still read by others
		}
		p.files.Lock()
		p.index.Close()
		p.db.Close()
		p.db, p.index, p.aside = there.db, there.index, false
		return p.files.Unlock, nil // it is behind
	default:
		return done, nil
	}
	p.files.Unlock()
	return done, err
}
