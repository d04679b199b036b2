package dev.godwit.spi.store;

/**
 * What answered at an address.
 *
 * @param engine the kind of store in lower case, such as {@code postgresql}: definitions go back
 *     only into the same engine
 * @param version as the server says it, such as {@code 15.18}
 * @param identity the server's own id, the same for the same server under any URI; never empty
 */
public record StoreInfo(String engine, String version, String identity) {}
