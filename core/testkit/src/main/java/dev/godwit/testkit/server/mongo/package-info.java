/** A server that speaks MongoDB's protocol, and what of the tests ran against it. */
package dev.godwit.testkit.server.mongo;
