package dev.godwit.restore;

import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.vault.SnapshotChoice;

/**
 * What is to be restored.
 *
 * @param snapshot which one
 * @param filter which of its datasets; conditions and columns are refused
 * @param mapping what becomes of them; no columns
 * @param create whether a missing database is to be made
 * @param resume whether a killed restore of the same is to be gone on with
 * @param goingOn what is done where it does not come to its end
 */
public record RestoreRequest(
    SnapshotChoice snapshot,
    DatasetFilter filter,
    MappingRequest mapping,
    boolean create,
    boolean resume,
    GoingOn goingOn) {}
