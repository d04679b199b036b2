/** Which snapshots are kept: rules over plain facts, with no storage at all. */
package dev.godwit.vault.retention;
