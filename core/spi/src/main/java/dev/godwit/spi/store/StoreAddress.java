package dev.godwit.spi.store;

/**
 * Everything that opens a store.
 *
 * @param uri where it is
 * @param options its checked options
 * @param password where its password comes from
 */
public record StoreAddress(StoreUri uri, Options options, PasswordSource password) {}
