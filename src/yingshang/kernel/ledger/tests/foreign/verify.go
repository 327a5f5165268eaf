// Verify checks a downloaded ledger and a list of proofs with the code that
// guards the Go module ecosystem (golang.org/x/mod/sumdb), none of it ours.
//
//	verify FOLDER KEY < cases.json
//
// FOLDER holds checkpoint, tile/… and tile/entries/… as they are published.
// It prints one line for each thing that is not as claimed, and then a count.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type inclusion struct {
	Index, Size int64
	Leaf, Root  string
	Proof       []string
	Holds       bool
}

type consistency struct {
	Old, New         int64
	OldRoot, NewRoot string
	Proof            []string
	Holds            bool
}

type cases struct {
	Inclusion   []inclusion
	Consistency []consistency
}

// folder reads tiles as C2SP tlog-tiles names them: without the height.
type folder string

func (f folder) Height() int { return height }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func hash(text string) tlog.Hash {
	var h tlog.Hash
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(data) != tlog.HashSize {
		log.Fatalf("not a hash: %q", text)
	}
	copy(h[:], data)
	return h
}

func hashes(texts []string) []tlog.Hash {
	var all []tlog.Hash
	for _, text := range texts {
		all = append(all, hash(text))
	}
	return all
}

func openCheckpoint(f folder, key string) tlog.Tree {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		log.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(string(f), "checkpoint"))
	if err != nil {
		log.Fatal(err)
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		log.Fatal(err)
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

// entries reads the bundles one after the other.
func entries(f folder, size int64) [][]byte {
	var all [][]byte
	for n := int64(0); n<<height < size; n++ {
		width := size - n<<height
		if width > 1<<height {
			width = 1 << height
		}
		tile := tlog.Tile{H: height, L: 0, N: n, W: int(width)}
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/0/", height), "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			log.Fatal(err)
		}
		for len(data) > 0 {
			length := int(binary.BigEndian.Uint16(data))
			all = append(all, data[2:2+length])
			data = data[2+length:]
		}
	}
	return all
}

func main() {
	log.SetFlags(0)
	f := folder(os.Args[1])
	tree := openCheckpoint(f, os.Args[2])
	reader := tlog.TileHashReader(tree, f)
	checked, wrong := 0, 0
	claim := func(holds bool, err error, what string) {
		checked++
		if (err == nil) != holds {
			wrong++
			fmt.Printf("%s: claimed %v, found %v\n", what, holds, err)
		}
	}

	for index, entry := range entries(f, tree.N) {
		leaf := tlog.RecordHash(entry)
		proof, err := tlog.ProveRecord(tree.N, int64(index), reader)
		if err == nil {
			err = tlog.CheckRecord(proof, tree.N, tree.Hash, int64(index), leaf)
		}
		claim(true, err, fmt.Sprintf("entry %d", index))
	}

	var told cases
	if err := json.NewDecoder(os.Stdin).Decode(&told); err != nil {
		log.Fatal(err)
	}
	for i, c := range told.Inclusion {
		err := tlog.CheckRecord(hashes(c.Proof), c.Size, hash(c.Root), c.Index, hash(c.Leaf))
		claim(c.Holds, err, fmt.Sprintf("inclusion %d", i))
	}
	for i, c := range told.Consistency {
		err := tlog.CheckTree(hashes(c.Proof), c.New, hash(c.NewRoot), c.Old, hash(c.OldRoot))
		claim(c.Holds, err, fmt.Sprintf("consistency %d", i))
	}
	fmt.Printf("size %d, checked %d, wrong %d\n", tree.N, checked, wrong)
}
