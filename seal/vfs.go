package seal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite asks a "VFS" for files (sqlite.org/vfs.html). Ours is a shim: it has the system's own open the file and passes everything on,
// but what is written goes out encrypted and what is read comes in decrypted. A file object of ours is a head of two words and, behind it, the
// system's. The memory of both is SQLite's, outside of Go's; functions are handed over as SQLite's translation to Go wants them.

// headSize is the length of our part of a file object: the pointer to the methods, and room to keep the rest aligned.
const headSize = 16

// sealedFile is what we know of an open file.
type sealedFile struct {
	cipher *xex
	memory uintptr // of a buffer, outside of Go's memory, for SQLite writes to it
	length int
}

// The tables by which a call from SQLite, which brings an address, finds its way back.
var (
	vfsKeys   sync.Map // address of the VFS → *Keys
	openFiles sync.Map // address of the file object → *sealedFile
	vfsCount  atomic.Int64
	inner     uintptr // the system's own VFS
	methods   uintptr
	setUp     = sync.OnceValue(prepare)
)

// VFS is the name of the VFS that these keys open, for the parameter vfs of a database's address. It is registered once and stays. Without keys (nil) it is "", the system's own.
func (k *Keys) VFS() (string, error) {
	if k == nil {
		return "", nil
	}
	k.once.Do(func() { k.vfs, k.vfsErr = k.register() })
	return k.vfs, k.vfsErr
}

// at is the thing at an address of memory that is not Go's.
func at[T any](address uintptr) *T { return (*T)(*(*unsafe.Pointer)(unsafe.Pointer(&address))) }

// code is the address of a function as SQLite's translation keeps it.
func code[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&struct{ f F }{f})) }

// function is the function at such an address.
func function[F any](address uintptr) F {
	return *(*F)(unsafe.Pointer(&struct{ uintptr }{address}))
}

type (
	fnOpen   = func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32
	fnFile   = func(*libc.TLS, uintptr) int32
	fnIO     = func(*libc.TLS, uintptr, uintptr, int32, int64) int32
	fnSize   = func(*libc.TLS, uintptr, int64) int32
	fnInt    = func(*libc.TLS, uintptr, int32) int32
	fnOut    = func(*libc.TLS, uintptr, uintptr) int32
	fnCtl    = func(*libc.TLS, uintptr, int32, uintptr) int32
	fnShmMap = func(*libc.TLS, uintptr, int32, int32, int32, uintptr) int32
	fnShmLck = func(*libc.TLS, uintptr, int32, int32, int32) int32
	fnVoid   = func(*libc.TLS, uintptr)
)

func prepare() error {
	tls := libc.NewTLS()
	defer tls.Close()
	if rc := sqlite3.Xsqlite3_initialize(tls); rc != sqlite3.SQLITE_OK {
		return fmt.Errorf("SQLite does not start: %d", rc)
	}
	if inner = sqlite3.Xsqlite3_vfs_find(tls, 0); inner == 0 {
		return errors.New("SQLite knows no files here")
	}
	if methods = libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{}))); methods == 0 {
		return errors.New("no memory")
	}
	*at[sqlite3.Tsqlite3_io_methods](methods) = sqlite3.Tsqlite3_io_methods{
		FiVersion: 2, // with shared memory for the write-ahead log, without mapping the file itself: that would bypass us
		FxClose:   code(fileClose), FxRead: code(fileRead), FxWrite: code(fileWrite), FxTruncate: code(fileTruncate),
		FxSync: code(fileSync), FxFileSize: code(fileSize), FxLock: code(fileLock), FxUnlock: code(fileUnlock),
		FxCheckReservedLock: code(fileReserved), FxFileControl: code(fileControl), FxSectorSize: code(fileSector),
		FxDeviceCharacteristics: code(fileDevice), FxShmMap: code(shmMap), FxShmLock: code(shmLock), FxShmBarrier: code(shmBarrier), FxShmUnmap: code(shmUnmap),
	}
	return nil
}

func (k *Keys) register() (string, error) {
	if err := setUp(); err != nil {
		return "", err
	}
	tls := libc.NewTLS()
	defer tls.Close()
	name := fmt.Sprintf("assay-sealed-%d", vfsCount.Add(1))
	zName, err := libc.CString(name)
	if err != nil {
		return "", err
	}
	v := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
	if v == 0 {
		return "", errors.New("no memory")
	}
	ours := at[sqlite3.Tsqlite3_vfs](v)
	*ours = *at[sqlite3.Tsqlite3_vfs](inner) // names, times and randomness are the system's
	ours.FpNext, ours.FzName, ours.FszOsFile, ours.FxOpen = 0, zName, ours.FszOsFile+headSize, code(fileOpen)
	vfsKeys.Store(v, k)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, v, 0); rc != sqlite3.SQLITE_OK {
		return "", fmt.Errorf("SQLite takes no VFS: %d", rc)
	}
	return name, nil
}

// cipherFor is the cipher of a file. A database, its journal and its write-ahead log have one each, by name, so that they open again; a
// temporary file has one of its own that ends with it.
func (k *Keys) cipherFor(name string, flags int32) (*xex, error) {
	const kept = sqlite3.SQLITE_OPEN_MAIN_DB | sqlite3.SQLITE_OPEN_MAIN_JOURNAL | sqlite3.SQLITE_OPEN_WAL
	if name == "" || flags&kept == 0 {
		b := make([]byte, 64)
		if _, err := io.ReadFull(rand.Reader, b); err != nil {
			return nil, err
		}
		return newXEX(b)
	}
	base := strings.Replace(filepath.Base(filepath.FromSlash(name)), ".new", "", 1) // the log is made under another name and renamed
	b, err := k.derive("database "+base, 64)
	if err != nil {
		return nil, err
	}
	return newXEX(b)
}

func fileOpen(tls *libc.TLS, v, zName, file uintptr, flags int32, outFlags uintptr) int32 {
	at[sqlite3.Tsqlite3_file](file).FpMethods = 0
	k, ok := vfsKeys.Load(v)
	if !ok {
		return sqlite3.SQLITE_CANTOPEN
	}
	name := ""
	if zName != 0 {
		name = libc.GoString(zName)
	}
	c, err := k.(*Keys).cipherFor(name, flags)
	if err != nil {
		return sqlite3.SQLITE_CANTOPEN
	}
	theirs := file + headSize
	at[sqlite3.Tsqlite3_file](theirs).FpMethods = 0
	rc := function[fnOpen](at[sqlite3.Tsqlite3_vfs](inner).FxOpen)(tls, inner, zName, theirs, flags, outFlags)
	if rc != sqlite3.SQLITE_OK {
		if m := at[sqlite3.Tsqlite3_file](theirs).FpMethods; m != 0 {
			function[fnFile](at[sqlite3.Tsqlite3_io_methods](m).FxClose)(tls, theirs)
		}
		return rc
	}
	openFiles.Store(file, &sealedFile{cipher: c})
	at[sqlite3.Tsqlite3_file](file).FpMethods = methods
	return rc
}

// system are the system's methods of a file and its file object.
func system(file uintptr) (*sqlite3.Tsqlite3_io_methods, uintptr) {
	theirs := file + headSize
	return at[sqlite3.Tsqlite3_io_methods](at[sqlite3.Tsqlite3_file](theirs).FpMethods), theirs
}

func fileClose(tls *libc.TLS, file uintptr) int32 {
	m, theirs := system(file)
	if x, ok := openFiles.LoadAndDelete(file); ok {
		libc.Xfree(tls, x.(*sealedFile).memory)
	}
	return function[fnFile](m.FxClose)(tls, theirs)
}

// bytesAt is memory of SQLite's as bytes.
func bytesAt(address uintptr, n int) []byte { return unsafe.Slice(at[byte](address), n) }

// room is a buffer of n bytes; nil where there is no memory.
func (f *sealedFile) room(tls *libc.TLS, n int) []byte {
	if f.length < n {
		libc.Xfree(tls, f.memory) // nothing, the first time
		f.length = max(n, 8<<10)
		if f.memory = libc.Xmalloc(tls, libc.Tsize_t(f.length)); f.memory == 0 {
			f.length = 0
			return nil
		}
	}
	return bytesAt(f.memory, n)
}

// readBlocks reads whole blocks at offset into b and decrypts those that are there; the others are nought. It gives how many bytes were there.
func (f *sealedFile) readBlocks(tls *libc.TLS, file uintptr, b []byte, offset int64) (there int, rc int32) {
	m, theirs := system(file)
	rc = function[fnIO](m.FxRead)(tls, theirs, uintptr(unsafe.Pointer(&b[0])), int32(len(b)), offset)
	there = len(b)
	if rc == sqlite3.SQLITE_IOERR_SHORT_READ {
		out := tls.Alloc(8)
		defer tls.Free(8)
		if rc := function[fnOut](m.FxFileSize)(tls, theirs, out); rc != sqlite3.SQLITE_OK {
			return 0, rc
		}
		there = int(max(0, min(*at[int64](out)-offset, int64(len(b))))) &^ (blockSize - 1)
		clear(b[there:])
		rc = sqlite3.SQLITE_OK
	}
	if rc != sqlite3.SQLITE_OK {
		return 0, rc
	}
	f.cipher.decrypt(b[:there], offset)
	return there, rc
}

func fileRead(tls *libc.TLS, file, buf uintptr, n int32, offset int64) int32 {
	x, _ := openFiles.Load(file)
	f := x.(*sealedFile)
	first := offset &^ (blockSize - 1)
	end := (offset + int64(n) + blockSize - 1) &^ (blockSize - 1)
	b := f.room(tls, int(end-first))
	if b == nil {
		return sqlite3.SQLITE_NOMEM
	}
	there, rc := f.readBlocks(tls, file, b, first)
	if rc != sqlite3.SQLITE_OK {
		return rc
	}
	copy(bytesAt(buf, int(n)), b[offset-first:])
	if int64(there) < offset-first+int64(n) {
		return sqlite3.SQLITE_IOERR_SHORT_READ
	}
	return sqlite3.SQLITE_OK
}

func fileWrite(tls *libc.TLS, file, buf uintptr, n int32, offset int64) int32 {
	x, _ := openFiles.Load(file)
	f := x.(*sealedFile)
	first := offset &^ (blockSize - 1)
	last := offset + int64(n)
	end := (last + blockSize - 1) &^ (blockSize - 1)
	b := f.room(tls, int(end-first))
	if b == nil {
		return sqlite3.SQLITE_NOMEM
	}
	if first != offset { // what stands in the same block before it
		if _, rc := f.readBlocks(tls, file, b[:blockSize], first); rc != sqlite3.SQLITE_OK {
			return rc
		}
	}
	if end != last && (first == offset || end-first > blockSize) { // and behind it
		if _, rc := f.readBlocks(tls, file, b[len(b)-blockSize:], end-blockSize); rc != sqlite3.SQLITE_OK {
			return rc
		}
	}
	copy(b[offset-first:], bytesAt(buf, int(n)))
	f.cipher.encrypt(b, first)
	m, theirs := system(file)
	return function[fnIO](m.FxWrite)(tls, theirs, uintptr(unsafe.Pointer(&b[0])), int32(len(b)), first)
}

func fileTruncate(tls *libc.TLS, file uintptr, size int64) int32 {
	m, theirs := system(file)
	return function[fnSize](m.FxTruncate)(tls, theirs, (size+blockSize-1)&^(blockSize-1))
}

func fileSync(tls *libc.TLS, file uintptr, flags int32) int32 {
	m, theirs := system(file)
	return function[fnInt](m.FxSync)(tls, theirs, flags)
}

func fileSize(tls *libc.TLS, file, out uintptr) int32 {
	m, theirs := system(file)
	return function[fnOut](m.FxFileSize)(tls, theirs, out)
}

func fileLock(tls *libc.TLS, file uintptr, level int32) int32 {
	m, theirs := system(file)
	return function[fnInt](m.FxLock)(tls, theirs, level)
}

func fileUnlock(tls *libc.TLS, file uintptr, level int32) int32 {
	m, theirs := system(file)
	return function[fnInt](m.FxUnlock)(tls, theirs, level)
}

func fileReserved(tls *libc.TLS, file, out uintptr) int32 {
	m, theirs := system(file)
	return function[fnOut](m.FxCheckReservedLock)(tls, theirs, out)
}

func fileControl(tls *libc.TLS, file uintptr, op int32, arg uintptr) int32 {
	m, theirs := system(file)
	return function[fnCtl](m.FxFileControl)(tls, theirs, op, arg)
}

func fileSector(tls *libc.TLS, file uintptr) int32 {
	m, theirs := system(file)
	return function[fnFile](m.FxSectorSize)(tls, theirs)
}

func fileDevice(tls *libc.TLS, file uintptr) int32 {
	m, theirs := system(file)
	return function[fnFile](m.FxDeviceCharacteristics)(tls, theirs)
}

func shmMap(tls *libc.TLS, file uintptr, page, size, extend int32, out uintptr) int32 {
	m, theirs := system(file)
	return function[fnShmMap](m.FxShmMap)(tls, theirs, page, size, extend, out)
}

func shmLock(tls *libc.TLS, file uintptr, offset, n, flags int32) int32 {
	m, theirs := system(file)
	return function[fnShmLck](m.FxShmLock)(tls, theirs, offset, n, flags)
}

func shmBarrier(tls *libc.TLS, file uintptr) {
	m, theirs := system(file)
	function[fnVoid](m.FxShmBarrier)(tls, theirs)
}

func shmUnmap(tls *libc.TLS, file uintptr, remove int32) int32 {
	m, theirs := system(file)
	return function[fnInt](m.FxShmUnmap)(tls, theirs, remove)
}
