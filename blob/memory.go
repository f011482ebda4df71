package blob

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"sync"
)

// Memory is a Store in the process, for the demonstration, for drafts of which nothing may remain, and for tests.
type Memory struct {
	mu    sync.RWMutex
	blobs map[string][]byte
}

var _ Store = (*Memory)(nil)

// NewMemory makes an empty store.
func NewMemory() *Memory { return &Memory{blobs: map[string][]byte{}} }

// Put implements Store.
func (m *Memory) Put(data []byte) (string, error) {
	hash := Hash(data)
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.blobs[hash]; !ok {
		m.blobs[hash] = bytes.Clone(data)
	}
	return hash, nil
}

// PutReader implements Store.
func (m *Memory) PutReader(r io.Reader, limit int64) (string, int64, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit))
	if err == nil && int64(len(data)) == limit && moreIn(r) {
		err = tooLarge(limit)
	}
	if err != nil {
		return "", 0, err
	}
	hash, err := m.Put(data)
	return hash, int64(len(data)), err
}

// Get implements Store. The caller may change the bytes.
func (m *Memory) Get(hash string) ([]byte, error) {
	if err := CheckHash(hash); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	data, ok := m.blobs[hash]
	if !ok {
		return nil, notFound(hash)
	}
	return append([]byte{}, data...), nil
}

// Has implements Store.
func (m *Memory) Has(hash string) (bool, error) {
	if err := CheckHash(hash); err != nil {
		return false, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	_, ok := m.blobs[hash]
	return ok, nil
}

// Walk implements Store.
func (m *Memory) Walk(do func(hash string, size int64) error) error {
	m.mu.RLock()
	blobs := maps.Clone(m.blobs) // do may call the store
	m.mu.RUnlock()
	for _, hash := range slices.Sorted(maps.Keys(blobs)) {
		if err := do(hash, int64(len(blobs[hash]))); err != nil {
			return err
		}
	}
	return nil
}

// Remove implements Store.
func (m *Memory) Remove(hash string) error {
	if err := CheckHash(hash); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.blobs, hash)
	return nil
}
