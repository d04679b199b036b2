package dev.godwit.spi.load;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.store.StoreInfo;

/**
 * What is to be loaded.
 *
 * @param id names the plan in the ledger: the same snapshot, filter and renames have the same id
 * @param origin what the records come from; definitions are used where its engine is the loader's
 * @param catalogue datasets and definitions, by their names in the source
 * @param renames what is to have another name in the target
 * @param create whether a missing database is to be made
 * @param resume whether an earlier run of this plan is to be gone on with
 * @param repeatable whether a later run can carry out the same plan: a snapshot can be read again,
 *     the instant of a store cannot
 * @param part whether datasets were chosen by name, which may come beside what the target holds
 */
public record LoadPlan(
    String id,
    StoreInfo origin,
    Catalogue catalogue,
    Renames renames,
    boolean create,
    boolean resume,
    boolean repeatable,
    boolean part) {

  /** A plan of all that the source holds, which a later run can carry out as well. */
  public LoadPlan(
      String id,
      StoreInfo origin,
      Catalogue catalogue,
      Renames renames,
      boolean create,
      boolean resume) {
    this(id, origin, catalogue, renames, create, resume, true, false);
  }
}
