/**
 * Stores that lie in memory and keep to the contracts of extractors and loaders, in three shapes.
 * They stand where a test needs a store and no engine.
 */
package dev.godwit.testkit.memory;
