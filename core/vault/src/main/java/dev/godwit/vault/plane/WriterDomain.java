package dev.godwit.vault.plane;

import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.WriterKeys;

/**
 * One writer's blocks of one source, and the keys to write in its stead.
 *
 * @param writer whose they are
 * @param domain proves that they are
 */
public record WriterDomain(WriterKeys writer, Domain domain) {}
