/** Real servers for tests. */
package dev.godwit.testkit.server;
