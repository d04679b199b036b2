/** Frames of blocks: how those of a run are sealed, and how those of a vault are opened. */
package dev.godwit.vault.frame;
