/** The index from block to volume: sorted files searched on disk, rebuildable from the volumes. */
package dev.godwit.vault.index;
