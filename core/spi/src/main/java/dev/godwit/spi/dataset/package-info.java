/** Datasets: their description for any target, their partitions, their engine's own definitions. */
package dev.godwit.spi.dataset;
