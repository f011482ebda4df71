package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"
)

// blockSize is the least that is encrypted at a time, in bytes.
const blockSize = aes.BlockSize

// xex encrypts the blocks of a file, each by its number.
type xex struct{ data, mask cipher.Block }

// newXEX takes two keys of 32 bytes behind each other.
func newXEX(keys []byte) (*xex, error) {
	data, err := aes.NewCipher(keys[:32])
	if err != nil {
		return nil, err
	}
	mask, err := aes.NewCipher(keys[32:64])
	return &xex{data, mask}, err
}

// encrypt changes whole blocks in place; offset is the place of the first in the file, in bytes, a multiple of blockSize.
func (x *xex) encrypt(b []byte, offset int64) { x.each(b, offset, x.data.Encrypt) }

// decrypt undoes encrypt.
func (x *xex) decrypt(b []byte, offset int64) { x.each(b, offset, x.data.Decrypt) }

func (x *xex) each(b []byte, offset int64, do func(dst, src []byte)) {
	var number, mask [blockSize]byte
	for ; len(b) >= blockSize; b, offset = b[blockSize:], offset+blockSize {
		binary.LittleEndian.PutUint64(number[:], uint64(offset)/blockSize)
		x.mask.Encrypt(mask[:], number[:])
		block := b[:blockSize]
		subtle.XORBytes(block, block, mask[:])
		do(block, block)
		subtle.XORBytes(block, block, mask[:])
	}
}
