/** Snapshots: their manifests, the load that writes one, the run that reads one. */
package dev.godwit.vault.snapshot;
